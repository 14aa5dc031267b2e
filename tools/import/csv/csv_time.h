/* tools/import/csv/csv_time.h - the ways in which tables write times.
 *
 * A format is a name or a pattern. Names: `rfc3339` (also with a blank for the T, without seconds,
 * and with offsets like +0000), `epoch_s`, `epoch_ms`, `epoch_us`, and `excel_1900`, `excel_1904`:
 * the days that a spreadsheet counts, with the time of day after the point. Patterns are like
 * strptime's, with these conversions: %Y %y %m %b %B %d %a %A %H %I %M %S %f %p %z %%. Numbers may
 * lack their leading zero, %S takes a fraction unless %f does, %b and %B an English month, long or
 * short, %a and %A a day of the week, which must be the date's, %z an offset, Z or UTC, %y the
 * years 1970 to 2069. A blank stands for one or more blanks. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_TIME_H
#define BC_TOOLS_IMPORT_CSV_CSV_TIME_H

#include "ledger/base/instant.h"

struct csv_format {
    struct bc_str text; /* as written in the map, followed by a NUL */
    bool has_zone;      /* gives the instant by itself */
    bool has_day;       /* gives a civil date by itself: all but the epochs */
    bool has_time;      /* gives the time of day */
};

/* What was read: an instant, or what a clock showed. */
struct csv_moment {
    bool fixed;    /* us is an instant */
    bool has_time; /* the time of day was written */
    int64_t us;    /* microseconds since 1970, in UTC or by that clock; negative before */
    int32_t day;   /* the civil date as it is written, where the format has_day */
};

/* Borrows `text`. BC_E_INPUT: no such format, or one that gives no day. */
bc_status csv_format_init(struct csv_format *out, struct bc_str text, struct bc_err *err);

/* Whether `text` is a time in this format, of a year from 1 to 9999. */
bool csv_format_parse(struct csv_moment *out, const struct csv_format *format, struct bc_str text);
/* Whether it is written so, though there may be no such day: 30 February. */
bool csv_format_fits(const struct csv_format *format, struct bc_str text);

#endif
