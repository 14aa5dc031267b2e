/* tools/show/closed.h - deals that closed, with what was written down on it; a part of reviews. */
#ifndef BC_TOOLS_SHOW_CLOSED_H
#define BC_TOOLS_SHOW_CLOSED_H

#include "projections/review/closed.h"
#include "tools/cli/cmd.h"
#include "tools/show/named.h"

struct closed_shown {
    const struct bc_closed *closed;
    const struct named *named;
};

/* A row a deal under the key; borrows what is shown, and not the struct itself. */
void closed_cells(struct row *row, const char *key, const struct closed_shown *shown);
/* The first of them, a line each, for the monthly review; with what was written down, for the
 * weekly one. */
void closed_print_short(const struct cmd_env *env, const struct closed_shown *shown);
void closed_print(const struct cmd_env *env, const struct closed_shown *shown);

#endif
