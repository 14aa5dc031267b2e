/* tools/show/handoff.h - how far the hand-off of deals that were won is, in each form. */
#ifndef BC_TOOLS_SHOW_HANDOFF_H
#define BC_TOOLS_SHOW_HANDOFF_H

#include "projections/closing/handoff.h"
#include "tools/ask/basis.h"

/* Tables for spreadsheets, by name. */
enum handoff_table { HANDOFF_STEPS, HANDOFF_DEALS, HANDOFF_TABLE_N };
extern const char *const handoff_tables[HANDOFF_TABLE_N];

struct handoff_shown {
    const struct basis *basis; /* has one date */
    const struct bc_handoff_ask *ask;
    const struct bc_handoff *handoff;
};

void handoff_show_json(const struct cmd_env *env, const struct handoff_shown *shown);
void handoff_show_csv(const struct cmd_env *env, const struct handoff_shown *shown,
                      enum handoff_table table);
/* The tables, with the basis below. */
void handoff_show(const struct cmd_env *env, const struct handoff_shown *shown);

#endif
