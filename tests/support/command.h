/* tests/support/command.h - a command of the program, run within the test's own process. */
#ifndef BC_TESTS_SUPPORT_COMMAND_H
#define BC_TESTS_SUPPORT_COMMAND_H

#include "tools/cli/cmd.h"

enum { COMMAND_ARGS_MOST = 12 };

/* Runs it with `with` but for the streams, and returns its exit code. What it printed goes to *out
 * and *err (each NULL: nowhere), which the caller frees. `argv` ends with NULL. */
int command_run(const struct cmd_env *with, cmd_fn *run, const char *const argv[], char **out,
                char **err);

#endif
