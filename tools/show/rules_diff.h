/* tools/show/rules_diff.h - how the texts of rules differ, and the effect of that, over many
 * dates. */
#ifndef BC_TOOLS_SHOW_RULES_DIFF_H
#define BC_TOOLS_SHOW_RULES_DIFF_H

#include "projections/diff/diff.h"
#include "projections/rules/rules_diff.h"
#include "tools/cli/cmd.h"
#include "tools/print/row.h"

/* The cell "changes". */
void rules_diff_cells(struct row *row, const struct bc_rules_diff *diff);
/* A table, a line a change. */
void rules_diff_print(const struct cmd_env *env, const struct bc_rules_diff *diff, const char *from,
                      const char *to);

/* The effect at many dates, collected: for each figure that changes, how often, where most, and
 * through which deals. `{ 0 }` is empty. */
struct moves {
    struct move *at;
    size_t n, cap;
    bc_arena *arena;
    size_t date_n; /* at which something changes */
};
void moves_add(struct moves *moves, const struct bc_diff *diff, int32_t day);
void moves_print(const struct cmd_env *env, const struct moves *moves, size_t of_dates);
void moves_release(struct moves *moves);

#endif
