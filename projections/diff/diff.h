/* projections/diff/diff.h - what differs between the answers to two questions, and why.
 *
 * The difference is walked in the steps of projections/diff/steps.h, and its parts add up.
 *
 * A figure that is null is 0 in these sums. One of a metric or slice that the rules do not have is
 * not there, which is no figure: nothing leads from it to another by some number. */
#ifndef BC_PROJECTIONS_DIFF_DIFF_H
#define BC_PROJECTIONS_DIFF_DIFF_H

#include "projections/diff/figure.h"
#include "projections/diff/step_events.h"

/* A figure as it was given out. */
struct bc_given {
    struct bc_str name, slice; /* slice: none for a red line */
    bool red_line;
    struct bc_figure figure;
};

/* Two ways of asking, as in struct bc_ways. */
struct bc_diff_question {
    struct bc_question from, to, turned;
    /* Figures used instead of the first's; where one is not what the first question answers, the
     * step between the two comes before all others. */
    const struct bc_given *given;
    size_t given_n;
    bool events;        /* name the events behind each deal, too: they are read from the log */
    const char *metric; /* only this metric, and no red lines: then no other is counted; or NULL */
    const char *slice;  /* only metrics in this slice; or NULL */
};

/* What a deal adds to a figure. */
struct bc_stake {
    uint64_t n, hit;
    int64_t value_us; /* lead time, time in stage */
};

struct bc_diff_deal {
    struct bc_step_deal is;
    struct bc_stake before, after; /* n 0: out of the figure */
};

/* What one cause did to a figure, or only to the deals in it. From part to part they lead from the
 * deals of the first's figure to those of the second's. */
struct bc_diff_part {
    enum bc_cause cause;
    uint32_t fields; /* bits of bc_figure_field: in what it moved the figure; 0: deals alone */
    bool numbered;   /* there is a figure before it and after it; else it is by no number */
    double by;
    int64_t n_by;
    struct bc_diff_deal *deals; /* whose stake changed, in byte order; none for red lines */
    size_t deal_n;
};

/* A figure that differs in anything that is printed of it. */
struct bc_diff_row {
    const struct bc_metric_rule *metric;     /* of one of the rules; NULL: a red line */
    const struct bc_red_line_rule *red_line; /* or NULL */
    const char *slice;                       /* NULL: a red line */
    struct bc_figure from, to;
    uint32_t fields; /* bits of bc_figure_field: in what they differ */
    struct bc_diff_part parts[BC_CAUSE_N];
    size_t part_n;
};

struct bc_diff {
    struct bc_diff_row
        *rows; /* in the order of the second's rules, then what only the first have */
    size_t n, cap;
    struct bc_report *reports[BC_POINTS_MAX]; /* what the figures lie in: a point each */
    size_t report_n;
    bc_arena *arena;
};

/* The rules, and what was given, are borrowed, and outlive *out, which the caller frees. */
bc_status bc_diff_make(struct bc_diff **out, bc_timelines *timelines,
                       const struct bc_diff_question *question, struct bc_err *err);
/* The same of n such pairs of questions, whatever dates and rules each has: their figures are
 * counted in one walk over the deals, at all points of all, and the deals that moved found in a
 * second one, where anything differs. Each takes the memory of a few reports. */
bc_status bc_diff_make_each(struct bc_diff **out, bc_timelines *timelines,
                            const struct bc_diff_question *questions, size_t n, struct bc_err *err);
/* The causes of all that differs, as bits: 1 << BC_CAUSE_RULE. */
uint32_t bc_diff_causes(const struct bc_diff *diff);
void bc_diff_free(struct bc_diff *diff); /* NULL is fine */

#endif
