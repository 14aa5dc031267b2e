/* tools/show/losses.h - why deals were lost, and which are to be asked again, in each form. */
#ifndef BC_TOOLS_SHOW_LOSSES_H
#define BC_TOOLS_SHOW_LOSSES_H

#include "projections/closing/losses.h"
#include "projections/walk/names.h"
#include "tools/ask/basis.h"

/* Tables for spreadsheets, by name. */
enum losses_table {
    LOSSES_BY_STAGE = BC_LOSS_BY_STAGE,
    LOSSES_BY_REASON = BC_LOSS_BY_REASON,
    LOSSES_BY_ICP = BC_LOSS_BY_ICP,
    LOSSES_REENGAGE,
    LOSSES_TABLE_N,
};
extern const char *const losses_tables[LOSSES_TABLE_N];

struct losses_shown {
    const struct basis *basis; /* has one date */
    const struct bc_losses_ask *ask;
    const struct bc_losses *losses;
    const struct bc_names *names; /* beside the ids; NULL: not asked for */
};

/* The cells of the answer but for its basis, its list and its notes: for other answers that have
 * it, too. */
void losses_cells(struct row *row, const struct losses_shown *shown);
/* How many, by stage, reason and ICP. */
void losses_print_counts(const struct cmd_env *env, const struct losses_shown *shown);

void losses_show_json(const struct cmd_env *env, const struct losses_shown *shown);
void losses_show_csv(const struct cmd_env *env, const struct losses_shown *shown,
                     enum losses_table table);
/* The tables, with the basis below. */
void losses_show(const struct cmd_env *env, const struct losses_shown *shown);

#endif
