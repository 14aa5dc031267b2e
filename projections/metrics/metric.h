/* projections/metrics/metric.h - a metric being computed: its rule, its windows, its tally. */
#ifndef BC_PROJECTIONS_METRICS_METRIC_H
#define BC_PROJECTIONS_METRICS_METRIC_H

#include "projections/metrics/contribution.h"
#include "projections/metrics/tally.h"

struct bc_metric {
    const struct bc_metric_rule *rule;
    const struct bc_dates *dates;
    const struct bc_windows *windows;   /* NULL: since the beginning; borrowed */
    bool *type_counts, *outcome_counts; /* of meetings: by string number */
    bool *deal_type_counts;             /* by string number; NULL: every deal's */
    bool borrows;                       /* those are another metric's */
    void (*add)(struct bc_metric *metric, struct bc_view *view); /* see BC_METRIC_ADD */
    struct bc_tally tally;
    /* Split by a key's values: what is counted goes into a tally of the value, made when the first
     * does; only renewers stay together, for a deal may renew one of another value. */
    bool split;
    struct bc_tally **values; /* by the number of the value; NULL: nothing */
    size_t value_n;
};

/* The rule and the windows are borrowed. */
void bc_metric_init(struct bc_metric *metric, const struct bc_metric_rule *rule,
                    const struct bc_dates *dates, const struct bc_windows *windows, size_t slice_n,
                    const bc_string_table *strings);
/* A copy of the metric with an empty tally of its own: for a part of the deals. */
void bc_metric_init_part(struct bc_metric *part, const struct bc_metric *metric);
void bc_metric_release(struct bc_metric *metric);
/* Appends what `from`, a part of the deals that come next, has of a value to that of `value`. */
void bc_metric_join_value(struct bc_metric *metric, uint32_t value, const struct bc_metric *from,
                          uint32_t its);
/* A copy of a split metric that is one value's, and whole. The renewers are those of all; the
 * metric is finished before, and both may be joined no more. */
void bc_metric_take_value(struct bc_metric *out, struct bc_metric *metric, uint32_t value);
/* What a metric reads of deals: adds which facts, and which properties a view must show. */
void bc_metric_ask(const struct bc_metric *metric, struct bc_wants *wants, struct bc_view *view);

/* A function a kind, bc_count_add and so on: adds the contributions of the deal that the view
 * shows. */
#define BC_METRIC_ADD(CONSTANT, word, ...)                                                         \
    void bc_##word##_add(struct bc_metric *metric, struct bc_view *view);
BC_METRIC_KINDS(BC_METRIC_ADD)
#undef BC_METRIC_ADD
/* Not a metric of its own: the visits to `from` that have been open for longer than
 * `stalled_after_us`, which a red line counts as failed. */
void bc_open_visits_add(struct bc_metric *metric, struct bc_view *view);

#endif
