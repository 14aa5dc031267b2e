/* tools/ask/dates.h - the dates of a series. */
#ifndef BC_TOOLS_ASK_DATES_H
#define BC_TOOLS_ASK_DATES_H

#include "ledger/base/err.h"

#include <stddef.h>
#include <stdint.h>

/* From one date to the next: so many days, or so many months. */
struct step {
    int32_t days, months; /* one of them is 0 */
};

/* `1d`, `2w`, `1m`, `3m`, `1y`, up to 10000 of them; else BC_E_USAGE. */
bc_status step_parse(struct step *out, const char *text, struct bc_err *err);
/* The date i >= 0 steps from `from`: months keep its day, or take the month's last. After
 * 9999-12-31: BC_DAY_MAX + 1. */
int32_t step_day(const struct step *step, int32_t from, int64_t i);
/* How many dates there are from `from` to `to`, both included, from <= to <= BC_DAY_MAX. */
size_t step_count(const struct step *step, int32_t from, int32_t to);

#endif
