/* tools/show/paths.h - which ways deals take through the stages, in each form. */
#ifndef BC_TOOLS_SHOW_PATHS_H
#define BC_TOOLS_SHOW_PATHS_H

#include "projections/flow/paths.h"
#include "tools/ask/basis.h"

struct paths_shown {
    const struct basis *basis; /* has one date */
    const struct bc_paths_ask *ask;
    const struct bc_paths *paths;
    size_t top; /* only so many rows */
};

void paths_show_json(const struct cmd_env *env, const struct paths_shown *shown);
void paths_show_csv(const struct cmd_env *env, const struct paths_shown *shown);
/* As a table, with the basis below. */
void paths_show(const struct cmd_env *env, const struct paths_shown *shown);

#endif
