/* projections/flow/paths.h - which ways deals take through the stages. */
#ifndef BC_PROJECTIONS_FLOW_PATHS_H
#define BC_PROJECTIONS_FLOW_PATHS_H

#include "projections/flow/moves.h"
#include "projections/report/question.h"

/* What is asked, beside the question's one date. */
struct bc_paths_ask {
    unsigned slice;   /* of the rules */
    int64_t since_us; /* first visits that begin after it; INT64_MIN: all */
    const char *list; /* the stages of a path, with commas between, whose deals are wanted; or NULL
                       */
    bool list_won;    /* of them those that were won */
};

struct bc_path {
    const struct bc_str *stages;
    size_t stage_n;
    uint64_t n, won;    /* won: it ever entered a stage of kind won */
    double median_days; /* from the first visit's beginning to the last one's */
};

struct bc_paths {
    struct bc_path *rows; /* by n downward, then by the stages */
    size_t row_n;
    uint64_t n;           /* of all */
    bool list_found;      /* there is a row of the path that was asked for */
    struct bc_str *deals; /* those that are listed, in byte order */
    size_t deal_n;
    bc_arena *arena;
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). A deal that is in no
 * stage by the date has no path. */
bc_status bc_paths_make(struct bc_paths **out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_paths_ask *ask,
                        struct bc_err *err);
void bc_paths_free(struct bc_paths *paths); /* NULL is fine */

#endif
