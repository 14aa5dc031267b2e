/* projections/flow/velocity.h - how fast deals get through each stage, and where they wait. */
#ifndef BC_PROJECTIONS_FLOW_VELOCITY_H
#define BC_PROJECTIONS_FLOW_VELOCITY_H

#include "ledger/base/amount.h"
#include "projections/flow/moves.h"
#include "projections/metrics/lengths.h"
#include "projections/walk/walk.h"

/* What is counted of a stage. */
enum bc_pace_count {
    BC_PACE_NOW,     /* deals in it */
    BC_PACE_STALLED, /* of them */
    BC_PACE_ENTERED, /* visits begun in the window, not observed ones */
    BC_PACE_LEFT,    /* visits that ended in the window */
    BC_PACE_TIMED,   /* deals with such visits, but observed ones */
    BC_PACE_OPEN,    /* visits that have not ended */
    BC_PACE_COUNT_N
};

/* What is asked, beside the question's one date. */
struct bc_velocity_ask {
    unsigned slice;   /* of the rules */
    int64_t since_us; /* the window begins after it; INT64_MIN: with the first event */
    bool list;        /* the deals behind one count of one stage are wanted */
    unsigned list_stage;
    enum bc_pace_count list_count;
};

struct bc_pace {
    uint64_t n[BC_PACE_COUNT_N];
    struct bc_lengths timed; /* time in the stage, added up a deal */
    /* Of the open visits, where there are any: */
    double open_median_days, oldest_days;
    struct bc_str oldest_deal; /* of several the first */
    struct bc_move *next;      /* where those that left went: by n downward, then by bytes of to */
    size_t next_n;
    bc_int128 deal_us; /* of all visits, what lies in the window */
};

#define BC_NO_BOTTLENECK (-1)

struct bc_velocity {
    struct bc_pace *stages; /* in the order of the rules */
    size_t stage_n;
    int bottleneck;       /* a stage of kind open, or BC_NO_BOTTLENECK */
    struct bc_str *deals; /* those that are listed, in byte order */
    size_t deal_n;
    bc_arena *arena;
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). */
bc_status bc_velocity_make(struct bc_velocity **out, bc_timelines *timelines,
                           const struct bc_question *question, const struct bc_velocity_ask *ask,
                           struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_velocity_begin(struct bc_walked *walked, struct bc_velocity **out,
                            bc_timelines *timelines, const struct bc_question *question,
                            const struct bc_velocity_ask *ask, struct bc_err *err);
void bc_velocity_free(struct bc_velocity *velocity); /* NULL is fine */

#endif
