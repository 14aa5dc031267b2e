/* tools/cli/commands.h - the commands of the program, in the order of their list. A new one is a
 * word here, a file in tools/cmd/ with its cmd_NAME, which cmd.h declares, and its page. A command
 * that is no name in C stands with both: for a macro X there is then an X_AS, too. */
#ifndef BC_TOOLS_CLI_COMMANDS_H
#define BC_TOOLS_CLI_COMMANDS_H

/* clang-format off */
#define COMMANDS(X) \
    X(init) X(import) X(maps) X(record) \
    X(metrics) X(series) X(explain) X(history) X(audit) X(diff) \
    X(review) X(serve) \
    X(cohorts) X(signals) X(experiments) X(leads) \
    X(flow) X(deals) X(stages) X(paths) X##_AS(red_lines, "red-lines") \
    X(losses) X(learnings) X(handoff) X(people) \
    X(revenue) X(members) \
    X(report) X(restate) X(rules) X(versions) \
    X(log) X(sources) X(export) X(head) X(verify) X(rebuild) X(evidence) X(backup) X(restore) X(share) \
    X(config) X(complete)
/* clang-format on */

#endif
