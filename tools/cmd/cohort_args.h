/* tools/cmd/cohort_args.h - what all commands on cohorts are asked alike. */
#ifndef BC_TOOLS_CMD_COHORT_ARGS_H
#define BC_TOOLS_CMD_COHORT_ARGS_H

#include "projections/cohorts/cohorts.h"
#include "tools/ask/basis.h"

enum { COHORT_BY_MAX = 8 };

/* As typed. */
struct cohort_args {
    struct typed typed;
    const char *as_of, *slice, *list, *mature, *days, *since;
    struct opt_list by;
    bool json, csv;
};

#define COHORT_OPTIONS(args, slice_help)                                                           \
    { "list", "PATH", .text = &(args)->list,                                                       \
      .help = "name the deals of a row: its value, of several keys with\n"                         \
              "commas, and perhaps .converted, .failed, .open or .already" },                      \
        { "mature", "DAYS", .text = &(args)->mature,                                               \
          .help = "only deals that have had so many days, and what became of\n"                    \
                  "them within these" },                                                           \
        { "days", "N", .text = &(args)->days, .help = "beginnings in the last N days" },           \
        { "since", "WHEN", .text = &(args)->since,                                                 \
          .help = "beginnings after this (default: all)" },                                        \
        { "slice", "SLICE", .text = &(args)->slice, .help = (slice_help) },                        \
        { "as-of", "WHEN", .text = &(args)->as_of,                                                 \
          .help = "count what had happened by then (default: today)" },                            \
        QUESTION_OPTIONS(&(args)->typed), OPT_VERIFIED(&(args)->typed.verified),                   \
        OPT_THREADS(&(args)->typed.threads), OPT_JSON(&(args)->json),                              \
    {                                                                                              \
        "csv", NULL, .flag = &(args)->csv, .help = "print for spreadsheets: " PRINT_CSV_HELP       \
    }

/* What is asked, and what it points into. */
struct cohort_asked {
    struct bc_cohort_ask ask;
    struct bc_by by[COHORT_BY_MAX];
    struct bc_str list[COHORT_BY_MAX];
};

/* Gives the question its date, and reads all of these; `slice` is the name of the usual one: where
 * the rules have none of it, their first. The anchor is the caller's. */
bc_status cohort_args_read(struct cohort_asked *out, const struct cohort_args *args,
                           struct basis *basis, const struct cmd_env *env, const char *slice,
                           struct bc_err *err);
/* Wrong use: a row was to be listed, and there is none. */
bc_status cohort_args_listed(const struct cohort_asked *asked, const struct cohort_args *args,
                             const struct bc_cohorts *cohorts, struct bc_err *err);

#endif
