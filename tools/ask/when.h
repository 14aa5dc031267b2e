/* tools/ask/when.h - dates as people type them. */
#ifndef BC_TOOLS_ASK_WHEN_H
#define BC_TOOLS_ASK_WHEN_H

#include "ledger/base/instant.h"

/* A civil day, a period of them, or an instant. */
struct when {
    bool is_day;    /* a day or a period */
    bool is_period; /* of the calendar: several days */
    int32_t first;  /* where is_period: its first day */
    int32_t day;    /* where is_day; of a period the last */
    int64_t us;     /* elsewhere */
};

/* What errors say was expected; the page of the program (tools/cmd/backcast.scd) has the whole. */
#define WHEN_HELP                                                                                  \
    "2025-03-31, 2025-03, 2025-q1, 2025-03-31T09:30:00Z, now, today, -90d, last sunday, "          \
    "2 weeks ago, end of last month"

/* Reads `2025-03-31`, a timestamp with a zone, `now`, `today`, `yesterday`, days, weeks, months or
 * years from today: `-90d`, `-2w`, `-3m`, `-1y`, `+7d`, or a day or period in words
 * (tools/ask/when_words.h). Today is the day that the calendar of `zone` shows at `now_us`.
 * BC_E_USAGE: another form, what may mean two days, or a day outside 1970-01-01 to 9999-12-30.
 * BC_E_INPUT: a timestamp that means no instant of the years 1970 to 9999, or has second 60. */
bc_status when_parse(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                     struct bc_err *err);
/* The same where a period is wrong use. */
bc_status when_parse_day(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                         struct bc_err *err);

#define WHEN_LOCAL_HELP                                                                            \
    "2025-03-31, 2025-03-31 09:30, 2025-03-31T09:30:00Z, now, today, yesterday 14:00, -90d, "      \
    "last monday 9:30"

/* The same as when_parse_day, and times of day without a zone, by the clocks of `zone`:
 * `2025-03-31 09:30`, `2025-03-31T09:30:15`, `yesterday 14:00`, `-3d 9:30`. BC_E_USAGE too: a time
 * that the clocks skipped or showed twice. */
bc_status when_parse_local(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                           struct bc_err *err);

/* The instant itself, or the last microsecond of the day in `zone`; of a period, of its last. */
int64_t when_instant(const struct when *when, const bc_zone *zone);
/* The day, of a period the first one, where is_day. */
int32_t when_first_day(const struct when *when);
/* After which a window is that begins then: after the day, as when_instant has it; but a period is
 * in it whole. */
int64_t when_window_begin(const struct when *when, const bc_zone *zone);

/* The day, or the instant in UTC: a form that when_read reads back, whatever the day is then. */
#define WHEN_LEN BC_INSTANT_LEN
void when_print(char out[WHEN_LEN], const struct when *when);
/* BC_E_INPUT: neither a day nor a timestamp. */
bc_status when_read(struct when *out, struct bc_str text, struct bc_err *err);
/* The day that ends at an instant in `zone`; the instant where none does. */
struct when when_of_instant(int64_t us, const bc_zone *zone);

#endif
