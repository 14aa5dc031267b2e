/* tools/show/called.h - what metrics and red lines are called where nobody types their names. */
#ifndef BC_TOOLS_SHOW_CALLED_H
#define BC_TOOLS_SHOW_CALLED_H

#include "projections/rules/rules.h"
#include "tools/cli/cmd.h"

/* A table of those of these rules that are called otherwise, after an empty line; without any,
 * nothing. */
void called_print(const struct cmd_env *env, const bc_rules *rules);

#endif
