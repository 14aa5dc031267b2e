/* tools/cmd/cohort_args.h - what all commands on cohorts are asked alike. */
#ifndef BC_TOOLS_CMD_COHORT_ARGS_H
#define BC_TOOLS_CMD_COHORT_ARGS_H

#include "projections/cohorts/cohorts.h"
#include "tools/cmd/learning_args.h"

/* As typed; begin with `{ .common = LEARNING_ARGS }`. */
struct cohort_args {
    struct learning_args common;
    const char *mature;
    struct opt_list by;
};

#define COHORT_TO_HELP                                                                             \
    "converted where they got there, or were won (default: the\n"                                  \
    "target of the conversion from these stages, else won)"
#define COHORT_MATURE_HELP                                                                         \
    "only deals that have had so many days, and what became of\n"                                  \
    "them within these"
#define COHORT_OPTIONS(args, usual_slice)                                                          \
    { "list", "PATH", .text = &(args)->common.list,                                                \
      .help = "name the deals of a row: its value, of several keys with\n"                         \
              "commas, and perhaps .converted, .failed, .open or .already" },                      \
        { "mature", "DAYS", .text = &(args)->mature, .help = COHORT_MATURE_HELP },                 \
        LEARNING_WINDOW_OPTIONS(&(args)->common, "beginnings", "all"),                             \
        LEARNING_OPTIONS(&(args)->common, usual_slice)

/* What is asked, and what it points into. */
struct cohort_asked {
    struct bc_cohort_ask ask;
    struct bc_by by[BC_COHORT_BY_MAX];
    struct bc_str list[BC_COHORT_BY_MAX];
};

/* Gives the question its date, and reads all of these but --list; `slice` is the name of the usual
 * one: where the rules have none of it, their first. The anchor is the caller's. */
bc_status cohort_args_read(struct cohort_asked *out, const struct cohort_args *args,
                           struct basis *basis, const struct cmd_env *env, const char *slice,
                           struct bc_err *err);
/* The same at a date that was read before. */
bc_status cohort_args_read_at(struct cohort_asked *out, const struct cohort_args *args,
                              struct basis *basis, const struct cmd_env *env,
                              const struct when *as_of, const char *slice, struct bc_err *err);
/* Reads --list as values of a row, one of each key; where it is given. */
bc_status cohort_args_list(struct cohort_asked *out, const struct cohort_args *args,
                           struct bc_err *err);
/* Reads --at, and --to or what is usual. */
bc_status cohort_args_stages(struct bc_cohort_ask *out, const bc_rules *rules, const char *at,
                             const char *to, struct bc_err *err);
/* Takes apart what --list names: values of a row with commas between, of which the last takes the
 * rest ("none" is the empty one), and perhaps a point and one of its counts. How many values there
 * are. */
size_t cohort_args_path(struct bc_str *values, size_t most, unsigned *outcomes, const char *typed);
/* Wrong use: a row was to be listed, and there is none. */
bc_status cohort_args_listed(const struct cohort_asked *asked, const struct cohort_args *args,
                             const struct bc_cohorts *cohorts, struct bc_err *err);
/* A note for each key of which no deal has a value. */
void cohort_args_note_values(struct basis *basis, const struct bc_cohort_ask *ask,
                             const struct bc_cohorts *cohorts);

#endif
