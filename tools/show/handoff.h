/* tools/show/handoff.h - how far the hand-off of deals that were won is, in each form. */
#ifndef BC_TOOLS_SHOW_HANDOFF_H
#define BC_TOOLS_SHOW_HANDOFF_H

#include "projections/closing/handoff.h"
#include "projections/walk/names.h"
#include "tools/ask/basis.h"

/* Tables for spreadsheets, by name. */
enum handoff_table { HANDOFF_STEPS, HANDOFF_DEALS, HANDOFF_TABLE_N };
extern const char *const handoff_tables[HANDOFF_TABLE_N];

struct handoff_shown {
    const struct basis *basis; /* has one date */
    const struct bc_handoff_ask *ask;
    const struct bc_handoff *handoff;
    const struct bc_names *names; /* beside the ids; NULL: not asked for */
};

/* --- for other answers that have it, too --- */

/* The word of a step: "dataComplete". */
extern const char *const handoff_steps[BC_STEP_N];
/* The cells of the answer but for its basis and its notes. */
void handoff_cells(struct row *row, const struct handoff_shown *shown);
/* A row a deal. */
struct rows handoff_deals(const struct handoff_shown *shown);

/* --- forms --- */

void handoff_show_json(const struct cmd_env *env, const struct handoff_shown *shown);
void handoff_show_csv(const struct cmd_env *env, const struct handoff_shown *shown,
                      enum handoff_table table);
/* The tables, with the basis below. */
void handoff_show(const struct cmd_env *env, const struct handoff_shown *shown);

#endif
