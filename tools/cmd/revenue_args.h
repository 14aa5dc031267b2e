/* tools/cmd/revenue_args.h - months, and the paths of `revenue --list`, as they are typed. */
#ifndef BC_TOOLS_CMD_REVENUE_ARGS_H
#define BC_TOOLS_CMD_REVENUE_ARGS_H

#include "projections/revenue/revenue.h"
#include "tools/ask/when.h"

enum { REVENUE_MONTHS = 12 }; /* that are shown where nothing is said */

/* What `last quarter` is. */
struct revenue_calendar {
    int64_t now_us;
    const bc_zone *zone; /* of the rules */
};

#define REVENUE_FROM_HELP "the first month, or a period: 2026-04, 2026-q2, last quarter, 2026\n"
#define REVENUE_TO_HELP                                                                            \
    "the last month, or the end of a period (default: the end of a\n"                              \
    "quarter or year that --from is, else twelve months in all)"
/* Fills from and to: twelve months from `usual` on, or from `from`; or all of it, where that is a
 * period of several; or up to the end of `to`. BC_E_USAGE: neither months nor periods of them. */
bc_status revenue_args_months(struct bc_revenue_ask *ask, const char *from, const char *to,
                              int32_t usual, const struct revenue_calendar *calendar,
                              struct bc_err *err);
/* `2026-04.cmrr` and the like; its month is one of those asked. */
bc_status revenue_args_list(struct bc_revenue_ask *ask, const char *typed, struct bc_err *err);

#endif
