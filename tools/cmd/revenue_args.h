/* tools/cmd/revenue_args.h - months, and the paths of `revenue --list`, as they are typed. */
#ifndef BC_TOOLS_CMD_REVENUE_ARGS_H
#define BC_TOOLS_CMD_REVENUE_ARGS_H

#include "projections/revenue/revenue.h"

enum { REVENUE_MONTHS = 12 }; /* that are shown where nothing is said */

/* `2026-04` as a month by number. */
bc_status revenue_args_month(int32_t *out, const char *option, const char *text,
                             struct bc_err *err);
/* Fills from and to: twelve months from `usual` on, or from `from`; or up to `to`. */
bc_status revenue_args_months(struct bc_revenue_ask *ask, const char *from, const char *to,
                              int32_t usual, struct bc_err *err);
/* `2026-04.cmrr` and the like; its month is one of those asked. */
bc_status revenue_args_list(struct bc_revenue_ask *ask, const char *typed, struct bc_err *err);

#endif
