/* projections/explain/explain.h - what one figure rests on: the deals, and the events that put each
 * there. */
#ifndef BC_PROJECTIONS_EXPLAIN_EXPLAIN_H
#define BC_PROJECTIONS_EXPLAIN_EXPLAIN_H

#include "projections/report/report.h"

/* An event that put a deal into a figure. */
struct bc_cause_event {
    int64_t occurred_us;
    uint64_t seq;
    struct bc_str id;
};

/* One of the things that `n` counts; what of it is there, bc_rules_subject and the metric's measure
 * say. */
struct bc_item {
    struct bc_str deal;            /* except for meetings */
    struct bc_cause_event *causes; /* counts of deals: in the fold's order */
    size_t cause_n;
    struct bc_str meeting;
    const struct bc_str *deals; /* meeting: those through which it counts, in byte order */
    size_t deal_n;
    struct bc_str email, campaign;
    int64_t left_us; /* attempt */
    struct bc_str to;
    bool hit;            /* rates: opened, converted */
    double days;         /* days */
    int64_t occurred_us; /* of its first event */
    uint64_t seq;
};

struct bc_explanation {
    const struct bc_metric_rule *metric;
    unsigned slice;
    struct bc_cell cell; /* the figure; without lists */
    struct bc_unknown_counts unknown;
    struct bc_item *items; /* by deal (meeting) in byte order, then in the fold's order */
    size_t item_n;
    struct bc_str *deals; /* those that n rests on, in byte order */
    size_t deal_n;
    bc_arena *arena;
};

/* Explains one metric of the question's rules in one of their slices; the question has one date.
 * The caller frees *out. */
bc_status bc_explain(struct bc_explanation **out, bc_timelines *timelines,
                     const struct bc_question *question, size_t metric, size_t slice,
                     struct bc_err *err);
/* The same from a report of the same question that keeps the metric's contributions in the slice
 * (bc_explain_options): so many are explained from one walk. */
bc_status bc_explain_kept(struct bc_explanation **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_report *report,
                          size_t metric, size_t slice, struct bc_err *err);
struct bc_report_options bc_explain_options(size_t metric, size_t slice);
void bc_explanation_free(struct bc_explanation *explanation); /* NULL is fine */

#endif
