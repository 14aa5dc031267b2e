/* ledger/base/instant.h - instants, civil days and time zones. Never asks the clock.
 *
 * An instant is UTC microseconds since 1970-01-01T00:00:00Z (`_us`), from 1970 to the end of 9999.
 * A civil day is a number of days since 1970-01-01 (`_day`), without a time or a zone. */
#ifndef BC_LEDGER_BASE_INSTANT_H
#define BC_LEDGER_BASE_INSTANT_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

#include <stdint.h>

#define BC_SECOND_US   INT64_C(1000000)
#define BC_DAY_US      INT64_C(86400000000)
#define BC_INSTANT_MAX INT64_C(253402300799999999) /* 9999-12-31T23:59:59.999999Z */
#define BC_DAY_MIN     (-719162)                   /* 0001-01-01 */
#define BC_DAY_MAX     2932896                     /* 9999-12-31 */

/* Downwards, also below zero: the day of an instant before 1970. b is above zero. */
static inline int64_t bc_floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* RFC 3339: `2025-03-31T09:30:00.25Z`, or with an offset. Digits past the microsecond are cut off.
 * BC_E_INPUT: no such form, second 60, or a year outside 1970..9999 as written or in UTC. */
bc_status bc_instant_parse(int64_t *out_us, struct bc_str text, struct bc_err *err);

#define BC_INSTANT_LEN 28
/* `2025-03-31T23:59:59.999999Z`: always six digits. */
void bc_instant_print(char out[BC_INSTANT_LEN], int64_t us);
/* The same with no digits after the second, three or six, as few as it takes (proto3's JSON). */
void bc_instant_print_short(char out[BC_INSTANT_LEN], int64_t us);

/* `YYYY-MM-DD`, a day that exists, years 0001 to 9999; else false. Before 1970 it is below 0: a
 * contract may have begun then, but no instant of the log lies there. */
bool bc_day_parse(int32_t *out_day, struct bc_str text);
#define BC_DAY_LEN 11
void bc_day_print(char out[BC_DAY_LEN], int32_t day);
/* Proleptic Gregorian calendar; year -9999..9999, month 1..12, day 1..31. */
int32_t bc_day_of_civil(int year, int month, int day);
/* Of any day. */
void bc_civil_of_day(int *year, int *month, int *day_of_month, int32_t day);
/* n days later, or earlier where it is negative, whatever n is: -1 stands for all that is before
 * 1970-01-01, BC_DAY_MAX + 1 for all that is after 9999-12-31. */
int32_t bc_day_add(int32_t day, int64_t n);
/* The same by months: the same day of the month, or the month's last. */
int32_t bc_day_add_months(int32_t day, int64_t n);

/* A time zone of the IANA database, from the system's files. UTC needs no files. Any thread may ask
 * it. */
typedef struct bc_zone bc_zone;
/* Where the files are, if not in /usr/share/zoneinfo; before any zone is opened. Keeps the pointer.
 */
void bc_zone_folder(const char *path);
/* BC_E_INPUT: no zone of that name. */
bc_status bc_zone_open(bc_zone **out, struct bc_str name, struct bc_err *err);
void bc_zone_free(bc_zone *zone); /* NULL is fine */
const char *bc_zone_name(const bc_zone *zone);

/* Below, instants and days may lie a million days before 1970 or after 9999 too: windows begin
 * there. */
/* The day that the zone's calendar shows at an instant. */
int32_t bc_zone_day(const bc_zone *zone, int64_t us);
/* Seconds to add to UTC at an instant. */
int32_t bc_zone_offset(const bc_zone *zone, int64_t us);
/* The last microsecond at which the zone's calendar shows `day` or an earlier one. */
int64_t bc_zone_day_end(const bc_zone *zone, int32_t day);
/* The instant at which a zone's clock shows a local time, given as microseconds since 1970 by that
 * clock. One that does not exist is moved forward by the gap; of two, the first. */
int64_t bc_zone_instant(const bc_zone *zone, int64_t local_us);
/* At how many instants the clock shows a local time: 1; none in a gap; or 2, of which *out_last is
 * the last one, and bc_zone_instant the first. Else *out_last is what bc_zone_instant gives. */
int bc_zone_instants(const bc_zone *zone, int64_t *out_last, int64_t local_us);
/* Where a window of `days` civil days that ends at `us` begins (itself not in it): the same local
 * time, that many days earlier; for the end of a civil day, the end of the day that long before; of
 * no days, `us` itself. */
int64_t bc_zone_window_begin(const bc_zone *zone, int64_t us, int32_t days);

#endif
