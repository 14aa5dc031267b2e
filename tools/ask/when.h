/* tools/ask/when.h - dates as people type them. */
#ifndef BC_TOOLS_ASK_WHEN_H
#define BC_TOOLS_ASK_WHEN_H

#include "ledger/base/instant.h"

/* A civil day, or an instant. */
struct when {
    bool is_day;
    int32_t day; /* where is_day */
    int64_t us;  /* elsewhere */
};

#define WHEN_HELP "2025-03-31, 2025-03-31T09:30:00Z, now, today, yesterday, -90d"

/* Reads `2025-03-31`, a timestamp with a zone, `now`, `today`, `yesterday`, or days, weeks, months
 * or years from today: `-90d`, `-2w`, `-3m`, `-1y`, `+7d`. Today is the day that the calendar of
 * `zone` shows at `now_us`. BC_E_USAGE: another form, or a day outside 1970-01-01 to 9999-12-30.
 * BC_E_INPUT: a timestamp that means no instant of the years 1970 to 9999, or has second 60. */
bc_status when_parse(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                     struct bc_err *err);

#define WHEN_LOCAL_HELP                                                                            \
    "2025-03-31, 2025-03-31 09:30, 2025-03-31T09:30:00Z, now, today, yesterday 14:00, -90d"

/* The same, and times of day without a zone, by the clocks of `zone`: `2025-03-31 09:30`,
 * `2025-03-31T09:30:15`, `yesterday 14:00`, `-3d 9:30`. BC_E_USAGE too: a time that the clocks
 * skipped or showed twice. */
bc_status when_parse_local(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                           struct bc_err *err);

/* The instant itself, or the last microsecond of the day in `zone`. */
int64_t when_instant(const struct when *when, const bc_zone *zone);

/* The day, or the instant in UTC: a form that when_read reads back, whatever the day is then. */
#define WHEN_LEN BC_INSTANT_LEN
void when_print(char out[WHEN_LEN], const struct when *when);
/* BC_E_INPUT: neither a day nor a timestamp. */
bc_status when_read(struct when *out, struct bc_str text, struct bc_err *err);
/* The day that ends at an instant in `zone`; the instant where none does. */
struct when when_of_instant(int64_t us, const bc_zone *zone);

#endif
