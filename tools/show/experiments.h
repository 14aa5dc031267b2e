/* tools/show/experiments.h - experiments, their arms and how these compare: as JSON, as one of
 * several tables for spreadsheets, or in words. */
#ifndef BC_TOOLS_SHOW_EXPERIMENTS_H
#define BC_TOOLS_SHOW_EXPERIMENTS_H

#include "projections/cohorts/experiments.h"
#include "tools/ask/basis.h"

/* Tables for spreadsheets, by name; the first is the usual one. */
enum experiments_table {
    EXPERIMENTS_ALL,
    EXPERIMENTS_ARMS,
    EXPERIMENTS_COMPARE,
    EXPERIMENTS_TABLE_N
};
extern const char *const experiments_tables[EXPERIMENTS_TABLE_N];
#define EXPERIMENTS_TABLES "experiments|arms|compare"

struct experiments_shown {
    const struct basis *basis; /* has one date */
    const struct bc_cohort_ask *ask;
    const struct bc_experiments *experiments;
};

void experiments_json(const struct cmd_env *env, const struct experiments_shown *shown);
void experiments_csv(const struct cmd_env *env, const struct experiments_shown *shown,
                     enum experiments_table table);
void experiments_print(const struct cmd_env *env, const struct experiments_shown *shown);

/* Of the experiments those with these numbers, in words, without the basis. */
void experiments_print_some(const struct cmd_env *env, const struct experiments_shown *shown,
                            const size_t *at, size_t n);

/* --- rows, for other answers that have them, too --- */

/* The cells of one experiment, in the order of its JSON; of those shown the i-th. */
void experiments_cells(struct row *row, const void *experiments_shown, size_t i);
/* Of an arm, or of all. */
void experiments_result(struct row *row, const struct bc_experiment *experiment,
                        const struct bc_cohort *cohort);
struct experiment_shown {
    const struct experiments_shown *shown;
    const struct bc_experiment *experiment;
};
/* The i-th comparison of an experiment. */
void experiments_compared(struct row *row, const void *experiment_shown, size_t i);

#endif
