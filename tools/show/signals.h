/* tools/show/signals.h - which keys tell most about what became of deals: as JSON, as one of
 * several tables for spreadsheets, or as a table with what to make of it. */
#ifndef BC_TOOLS_SHOW_SIGNALS_H
#define BC_TOOLS_SHOW_SIGNALS_H

#include "projections/cohorts/signals.h"
#include "tools/ask/basis.h"

/* Tables for spreadsheets, by name; the first is the usual one. */
enum signals_table { SIGNALS_ALL, SIGNALS_ROWS, SIGNALS_LEFT_OUT, SIGNALS_TABLE_N };
extern const char *const signals_tables[SIGNALS_TABLE_N];
#define SIGNALS_TABLES "signals|rows|leftOut"

struct signals_shown {
    const struct basis *basis; /* has one date */
    const struct bc_cohort_ask *ask;
    const struct bc_signals *signals;
};

/* The cells of the answer but for its basis, its list and its notes: for other answers that have
 * it, too. */
void signals_cells(struct row *row, const struct signals_shown *shown);
/* The table with what to make of it, without the basis. */
void signals_print_table(const struct cmd_env *env, const struct signals_shown *shown);

void signals_json(const struct cmd_env *env, const struct signals_shown *shown);
void signals_csv(const struct cmd_env *env, const struct signals_shown *shown,
                 enum signals_table table);
void signals_print(const struct cmd_env *env, const struct signals_shown *shown);

#endif
