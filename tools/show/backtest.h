/* tools/show/backtest.h - what was forecast for past months, and what came, in each form. */
#ifndef BC_TOOLS_SHOW_BACKTEST_H
#define BC_TOOLS_SHOW_BACKTEST_H

#include "projections/revenue/backtest.h"
#include "tools/show/revenue.h"

struct backtest_shown {
    struct revenue_shown of; /* with the outcome */
    const struct bc_backtest *backtest;
    int32_t horizon; /* months */
};

/* As JSON or CSV, or as a table with the basis below. */
void backtest_show(const struct cmd_env *env, const struct backtest_shown *shown, bool json,
                   bool csv);

#endif
