/* tools/cmd/diff_of.h - `diff --of`: what differs in an answer of the learning half. */
#ifndef BC_TOOLS_CMD_DIFF_OF_H
#define BC_TOOLS_CMD_DIFF_OF_H

#include "tools/cmd/cohort_args.h"
#include "tools/cmd/diff_pair.h"

/* As typed; begin with `{ .cohort = { .common = LEARNING_ARGS } }`. */
struct diff_of {
    const char *of;            /* NULL: of metrics and red lines */
    struct cohort_args cohort; /* of its common part the slice, the window and the form */
    const char *at, *to, *from;
    bool late_values;
    const char *metric; /* of metrics, only this one */
};

#define DIFF_OF_OPTIONS(args)                                                                      \
    { "of", "cohorts|revenue", .text = &(args)->of,                                                \
      .help = "of these answers, with these of their options\n"                                    \
              "(default: every metric and red line)" },                                            \
        { "metric", "METRIC", .text = &(args)->metric, .help = "only this metric, no red lines" }, \
        { "at", "STAGE,...", .text = &(args)->at, .help = "cohorts: as in `backcast cohorts`" },   \
        { "to", "STAGE,...|MONTH", .text = &(args)->to,                                            \
          .help = "cohorts: the target; revenue: the last month" },                                \
        { "from", "MONTH", .text = &(args)->from,                                                  \
          .help = "revenue: the first month, or a period (default: the earlier date's)" },         \
        { "by", "KEY", .list = &(args)->cohort.by, .help = "cohorts: a row for each value" },      \
        { "late-values", NULL, .flag = &(args)->late_values,                                       \
          .help = "cohorts: read properties as the rules do" },                                    \
        { "mature", "DAYS", .text = &(args)->cohort.mature,                                        \
          .help = "cohorts: only deals that have had so many days" },                              \
        { "days", "N", .text = &(args)->cohort.common.days,                                        \
          .help = "cohorts: beginnings in the last N days" },                                      \
        { "since", "WHEN", .text = &(args)->cohort.common.since,                                   \
          .help = "cohorts: beginnings after this" },                                              \
        { "slice", "SLICE", .text = &(args)->cohort.common.slice,                                  \
          .help = "only metrics in this slice; cohorts, revenue: in this\n"                        \
                  "one (default: new, all)" },                                                     \
    {                                                                                              \
        "csv", NULL,                                                                               \
            .flag = &(args)->cohort.common.csv,                                                    \
            .help = "cohorts, revenue: a line a figure, a column a cause;\n" PRINT_CSV_HELP        \
    }

/* Wrong use where an option does not go with what is asked for. */
bc_status diff_of_check(const struct diff_of *args, struct bc_err *err);
/* Answers `--of`, of an opened pair, and prints it. */
bc_status diff_of_answer(const struct cmd_env *env, struct diff_pair *pair,
                         const struct diff_of *args, struct bc_err *err);

#endif
