/* tools/lib/dispatch.h - the commands of the program by their names, for the program and for
 * callers of the library: both come to a command by this door alone. */
#ifndef BC_TOOLS_LIB_DISPATCH_H
#define BC_TOOLS_LIB_DISPATCH_H

#include "tools/cli/cmd.h"

/* All of them, for env->commands. */
extern const struct cmd_group dispatch_commands;
/* What `help` knows beside them, for env->topics. */
extern const struct cmd *const dispatch_topics;

/* As cmd_dispatch, among all commands. */
int dispatch(const struct cmd_env *env, int argc, char **argv);

/* Is what the command prints an answer, which may be long and is read? Others do something, and say
 * so; `export` is for programs. */
bool dispatch_answers(const char *command);

#endif
