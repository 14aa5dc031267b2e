/* tools/show/learning_cells.h - what all answers of the learning half have in common. */
#ifndef BC_TOOLS_SHOW_LEARNING_CELLS_H
#define BC_TOOLS_SHOW_LEARNING_CELLS_H

#include "tools/cli/cmd.h"
#include "tools/print/row.h"

/* "since": when the window begins, itself outside; INT64_MIN, the beginning of time, is null. */
void learning_cells_since(struct row *row, int64_t since_us);
/* A table of deals, with their names; nothing where there are none. */
void learning_cells_deals(const struct cmd_env *env, const struct bc_str *deals, size_t n);

#endif
