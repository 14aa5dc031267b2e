/* tools/cli/terminal.h - how answers meet a terminal: its width, colours, and a pager for long
 * ones.
 *
 * These options may stand anywhere before a lone `--`, with every command, and are taken out of the
 * arguments before the command sees them:
 *     --wide                      tables as wide as they are, and nothing left out
 *     --color auto|always|never   (auto: on a terminal that has colours, unless NO_COLOR is set)
 *     --no-pager
 *     --no-names                  ids of deals alone, without their names beside them
 *     --no-config                 no settings from files */
#ifndef BC_TOOLS_CLI_TERMINAL_H
#define BC_TOOLS_CLI_TERMINAL_H

#include "tools/cli/cmd.h"

struct terminal {
    /* What the environment says; NULL: nothing. */
    const char *term, *no_color, *backcast_pager, *pager, *path;
    /* What settings say: */
    const char *config_pager; /* or NULL */
    int columns;              /* of a table at most; 0: the terminal's; -1: as many as it has */
    /* The options: */
    bool wide, no_pager, no_names, no_config;
    const char *color; /* "auto", "always", "never"; NULL: auto */
};

/* Takes the options out of argv[1..*argc), and sets them. BC_E_USAGE: a value that is none. */
bc_status terminal_options(struct terminal *out, int *argc, char **argv, struct bc_err *err);

/* Looks at standard output and standard error; fills env->color, out_tty, err_tty and width, and
 * how env->names are shown. */
void terminal_look(struct cmd_env *env, const struct terminal *terminal);

/* Where standard output is a terminal, sends what is written to it through the pager that
 * `backcast_pager`, `config_pager` or `pager` names, else `less`; "" or `cat` names none, and one
 * that is not there is none. `less` gets LESS=FRX unless that is set, and then ends at once where a
 * screen is enough. Then env->paged is set. */
void terminal_page(struct cmd_env *env, const struct terminal *terminal);
/* Waits until the pager was left. Returns the exit code: that of the answer, and 0 where it broke
 * off since its reader had left. */
int terminal_end(const struct cmd_env *env, int code);

#endif
