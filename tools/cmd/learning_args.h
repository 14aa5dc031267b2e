/* tools/cmd/learning_args.h - what all commands of the learning half are asked alike: a date, a
 * window that ends there, a slice, whose deals to name, and in which form to answer. */
#ifndef BC_TOOLS_CMD_LEARNING_ARGS_H
#define BC_TOOLS_CMD_LEARNING_ARGS_H

#include "tools/ask/basis.h"

/* As typed; begin with `LEARNING_ARGS`. */
struct learning_args {
    struct typed typed;
    const char *as_of, *slice, *days, *since, *list;
    bool json, csv;
    bool explain; /* where the command has OPT_EXPLAIN */
};
#define LEARNING_ARGS                                                                              \
    {                                                                                              \
        .typed = {.learning = true }                                                               \
    }

/* `of_what`: "beginnings", "entries" or the like; `usual`: what is taken without either. */
#define LEARNING_WINDOW_OPTIONS(args, of_what, usual)                                              \
    { "days", "N", .text = &(args)->days, .help = of_what " in the last N days" },                 \
    {                                                                                              \
        "since", "WHEN", .text = &(args)->since,                                                   \
                         .help = of_what " after this (default: " usual ")"                        \
    }
#define LEARNING_OPTIONS(args, usual_slice)                                                        \
    { "slice", "SLICE", .text = &(args)->slice,                                                    \
      .help = "in this slice (default: " usual_slice ")" },                                        \
        { "as-of", "WHEN", .text = &(args)->as_of,                                                 \
          .help = "count what had happened by then (default: today)" },                            \
        QUESTION_OPTIONS(&(args)->typed), OPT_VERIFIED(&(args)->typed.verified),                   \
        OPT_THREADS(&(args)->typed.threads), OPT_JSON(&(args)->json),                              \
    {                                                                                              \
        "csv", NULL, .flag = &(args)->csv, .help = "print for spreadsheets: " PRINT_CSV_HELP       \
    }

/* What is taken where nothing is said. */
struct learning_usual {
    const char *slice; /* its name; where the rules have none of it, their first */
    int32_t days;      /* of the window; 0: since the beginning */
};

struct learning_asked {
    int64_t since_us; /* the window is (since, A]; INT64_MIN: since the beginning */
    unsigned slice;   /* of the rules */
};

/* Gives the question its one date, and reads window and slice. */
bc_status learning_args_read(struct learning_asked *out, const struct learning_args *args,
                             struct basis *basis, const struct cmd_env *env,
                             struct learning_usual usual, struct bc_err *err);
/* The same at a date that was read before. */
bc_status learning_args_read_at(struct learning_asked *out, const struct learning_args *args,
                                struct basis *basis, const struct cmd_env *env,
                                const struct when *as_of, struct learning_usual usual,
                                struct bc_err *err);
/* A number of days for an option. */
bc_status learning_args_days(int32_t *out, const char *option, const char *text, uint64_t least,
                             struct bc_err *err);
/* Ids of stages with commas between; wrong use names those that there are. */
bc_status learning_args_stages(bc_stage_set *out, const bc_rules *rules, const char *option,
                               const char *text, struct bc_err *err);

/* Which of several tables is printed for spreadsheets: `table` as typed, or NULL, which leaves *out
 * as it is. Wrong use where another form is asked for, and where --csv does not say which and *out
 * is none of them. */
bc_status learning_args_table(size_t *out, const struct learning_args *args, const char *table,
                              const char *const *names, size_t n, struct bc_err *err);
/* Takes a group off `GROUP.VALUE`, or the whole text, off the front; a value "none" is empty. */
struct bc_str learning_args_group(struct bc_str *path, const char *typed);

/* A command of the learning half. */
struct learning_command {
    const char *page; /* "backcast losses" */
    const struct opt *opts;
    const struct typed *typed; /* among what the options fill */
    bc_status (*answer)(const struct cmd_env *env, struct basis *basis, void *args,
                        struct bc_err *err);
    void *args;
};

/* Reads the options, opens the ledger, answers and closes it: the exit code. */
int learning_command_run(const struct cmd_env *env, int argc, char **argv,
                         const struct learning_command *command);
/* The same, with what is done before the ledger is opened. */
typedef bc_status learning_before_fn(const struct cmd_env *env, const void *args,
                                     struct bc_err *err);
int learning_command_run_after(const struct cmd_env *env, int argc, char **argv,
                               const struct learning_command *command, learning_before_fn *before);

#endif
