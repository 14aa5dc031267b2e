/* projections/cohorts/signals.h - all keys side by side: which of what was known of deals when they
 * entered a stage tells most about what became of them.
 *
 * The keys are the fixed ones, an arm for each experiment that one of the deals is enrolled in, and
 * each property that one of them has. */
#ifndef BC_PROJECTIONS_COHORTS_SIGNALS_H
#define BC_PROJECTIONS_COHORTS_SIGNALS_H

#include "projections/cohorts/cohorts.h"

enum { BC_SIGNAL_VALUES_MAX = 50 };

struct bc_signal {
    struct bc_str key;
    double gain;              /* information, in nats, over converted and failed */
    double p;                 /* how often luck alone makes groups as unlike */
    uint64_t values;          /* how many among n */
    struct bc_cohorts *split; /* its rows */
};

struct bc_left_out {
    struct bc_str key;
    bool too_many; /* more values than BC_SIGNAL_VALUES_MAX; else there is one at most */
};

struct bc_signals {
    struct bc_cohorts *all; /* without rows */
    struct bc_signal *at;   /* by p, rounded to 12 decimals, then by the bytes of the keys */
    size_t n;
    struct bc_left_out *left_out; /* by the bytes of the keys */
    size_t left_out_n;
    bool listed; /* there is a row of what was to be listed; its deals are those of `all` */
    bc_arena *arena;
};

/* `ask` has the anchor BC_ANCHOR_ENTRY and no late values; `list` holds a key and a value; `by` is
 * not looked at. */
bc_status bc_signals_make(struct bc_signals **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_cohort_ask *ask,
                          struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_signals_begin(struct bc_walked *walked, struct bc_signals **out,
                           bc_timelines *timelines, const struct bc_question *question,
                           const struct bc_cohort_ask *ask, struct bc_err *err);
void bc_signals_free(struct bc_signals *signals); /* NULL is fine */

/* Fills gain and p from the rows of a key. */
void bc_signal_weigh(struct bc_signal *signal, const struct bc_cohort *rows, size_t n);

#endif
