#include "tools/ask/dates.h"

#include "ledger/base/instant.h"

#include <stdlib.h>

enum { STEP_MOST = 10000 }; /* of a unit */

bc_status step_parse(struct step *out, const char *text, struct bc_err *err)
{
    char *end = NULL;
    long n = text[0] >= '0' && text[0] <= '9' ? strtol(text, &end, 10) : 0;

    *out = (struct step){ 0 };
    if (n < 1 || n > STEP_MOST || end[0] == '\0' || end[1] != '\0')
        goto bad;
    switch (end[0]) {
    case 'd':
        out->days = (int32_t)n;
        return BC_OK;
    case 'w':
        out->days = (int32_t)n * 7;
        return BC_OK;
    case 'm':
        out->months = (int32_t)n;
        return BC_OK;
    case 'y':
        out->months = (int32_t)n * 12;
        return BC_OK;
    default:
        break;
    }
bad:
    return bc_err_set(err, BC_E_USAGE,
                      "--every '%s' is no step, expected such as 1d, 1w, 1m, 3m, 1y, of at most %d",
                      text, STEP_MOST);
}

int32_t step_day(const struct step *step, int32_t from, int64_t i)
{
    int64_t n;

    if (__builtin_mul_overflow((int64_t)(step->days ? step->days : step->months), i, &n))
        return BC_DAY_MAX + 1;
    return step->days ? bc_day_add(from, n) : bc_day_add_months(from, n);
}

size_t step_count(const struct step *step, int32_t from, int32_t to)
{
    size_t n = 1;

    if (step->days)
        return (size_t)((to - from) / step->days) + 1;
    while (step_day(step, from, (int64_t)n) <= to)
        n++;
    return n;
}
