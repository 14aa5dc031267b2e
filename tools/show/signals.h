/* tools/show/signals.h - which keys tell most about what became of deals: as JSON, as one of
 * several tables for spreadsheets, or as a table with what to make of it. */
#ifndef BC_TOOLS_SHOW_SIGNALS_H
#define BC_TOOLS_SHOW_SIGNALS_H

#include "projections/cohorts/signals.h"
#include "tools/ask/basis.h"

struct signals_shown {
    const struct basis *basis; /* has one date */
    const struct bc_cohort_ask *ask;
    const struct bc_signals *signals;
};

void signals_json(const struct cmd_env *env, const struct signals_shown *shown);
/* `table` is one of those below, or NULL: the first. BC_E_USAGE: there is none of that name. */
bc_status signals_csv(const struct cmd_env *env, const struct signals_shown *shown,
                      const char *table, struct bc_err *err);
#define SIGNALS_TABLES "signals (the default), rows or leftOut"
void signals_print(const struct cmd_env *env, const struct signals_shown *shown);

#endif
