/* tools/show/learnings.h - what was learned, and which deals closed without it, in each form. */
#ifndef BC_TOOLS_SHOW_LEARNINGS_H
#define BC_TOOLS_SHOW_LEARNINGS_H

#include "projections/closing/learnings.h"
#include "projections/walk/names.h"
#include "tools/ask/basis.h"

/* Tables for spreadsheets, by name. */
enum learnings_table { LEARNINGS_LEARNED, LEARNINGS_MISSING, LEARNINGS_TABLE_N };
extern const char *const learnings_tables[LEARNINGS_TABLE_N];

struct learnings_shown {
    const struct basis *basis; /* has one date */
    const struct bc_learnings_ask *ask;
    const struct bc_learnings *learnings;
    const struct bc_names *names; /* beside the ids; NULL: not asked for */
};

/* The cells of the answer but for its basis and its notes: for other answers that have it, too. */
void learnings_cells(struct row *row, const struct learnings_shown *shown);
/* The tables without the basis; as a section of another answer, their first rows. */
void learnings_print(const struct cmd_env *env, const struct learnings_shown *shown,
                     bool in_section);

void learnings_show_json(const struct cmd_env *env, const struct learnings_shown *shown);
void learnings_show_csv(const struct cmd_env *env, const struct learnings_shown *shown,
                        enum learnings_table table);
/* The tables, with the basis below. */
void learnings_show(const struct cmd_env *env, const struct learnings_shown *shown);

#endif
