/* tools/cmd/legend.h - what the words of a table mean, for --explain. The texts are sections of the
 * commands' pages (NAME.scd), so that --help says the same. */
#ifndef BC_TOOLS_CMD_LEGEND_H
#define BC_TOOLS_CMD_LEGEND_H

#include "tools/cli/cmd.h"

enum legend {
    LEGEND_FIGURES,
    LEGEND_RED_LINES,
    LEGEND_STAGES,
    LEGEND_COHORTS,
    LEGEND_EXPERIMENTS,
    LEGEND_N
};

/* The line of commands that take it. */
#define OPT_EXPLAIN(flag_)                                                                         \
    {                                                                                              \
        "explain", NULL, .flag = (flag_), .help = "say below it what the words of the table mean"  \
    }

/* BC_E_USAGE where it is asked for and an answer is for programs. */
bc_status legend_check(bool explain, bool json, bool csv, struct bc_err *err);
/* The same where a drawing (--svg -) or a page (--html -) has the answer's place. */
bc_status legend_check_instead(bool explain, const char *option, const char *path,
                               struct bc_err *err);
/* Prints it, after an empty line. */
void legend_print(const struct cmd_env *env, enum legend which);

#endif
