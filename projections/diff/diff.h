/* projections/diff/diff.h - what differs between the answers to two questions, and why.
 *
 * The difference is walked in steps, from the first question to the second: first the rules, then
 * the date, then the visible events: late events, properties filled in later, corrections,
 * retractions (projections/diff/changed_events.h). Each step changes one thing only, which causes
 * all that a figure changes in it. So the parts of a figure's difference always add up to the
 * whole: the second figure of one step is the first of the next. (Where two causes have an effect
 * only together, the later step shows it.)
 *
 * A figure that is null, or of a metric or slice that the rules do not have, is 0 in these sums. */
#ifndef BC_PROJECTIONS_DIFF_DIFF_H
#define BC_PROJECTIONS_DIFF_DIFF_H

#include "projections/diff/figure.h"

enum bc_cause {
    BC_CAUSE_RULE,
    BC_CAUSE_TIME, /* another date */
    BC_CAUSE_LATE,
    BC_CAUSE_FILLED_IN,
    BC_CAUSE_CORRECTION,
    BC_CAUSE_RETRACTION,
    BC_CAUSE_GIVEN, /* the first figure was given out, and is not what is computed today */
    BC_CAUSE_N
};
/* "rule", "time", "late_event", "property_filled_in", "correction", "retraction",
 * "given_otherwise" */
const char *bc_cause_name(enum bc_cause cause);

/* A figure as it was given out. */
struct bc_given {
    struct bc_str name, slice; /* slice: none for a red line */
    bool red_line;
    struct bc_figure figure;
};

/* Two questions, each with one date, about one log. */
struct bc_diff_question {
    struct bc_question from, to;
    /* `from` under the rules of `to`: a date that was given as a day may be another instant in
     * their zone. The same as `from` where the rules are. */
    struct bc_question turned;
    /* Figures used instead of the first's; where one is not what the first question answers, the
     * step between the two comes before all others. */
    const struct bc_given *given;
    size_t given_n;
    bool events; /* name the events behind each deal, too: they are read from the log */
};

/* What a deal adds to a figure. */
struct bc_stake {
    uint64_t n, hit;
    int64_t value_us; /* lead time, time in stage */
};

struct bc_diff_deal {
    struct bc_str deal;
    struct bc_stake before, after; /* n 0: out of the figure */
    const struct bc_str *events;   /* ids, in the fold's order: the changed events; what happened
                                      between the dates; for rules none */
    size_t event_n;
};

/* What one cause did to a figure, or only to the deals in it. From part to part they lead from the
 * deals of the first's figure to those of the second's. */
struct bc_diff_part {
    enum bc_cause cause;
    uint32_t fields; /* bits of bc_figure_field: in what it moved the figure; 0: deals alone */
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
    struct bc_report *reports[BC_CAUSE_N]; /* what the figures lie in */
    size_t report_n;
    bc_arena *arena;
};

/* The rules, and what was given, are borrowed, and outlive *out, which the caller frees. */
bc_status bc_diff_make(struct bc_diff **out, bc_timelines *timelines,
                       const struct bc_diff_question *question, struct bc_err *err);
void bc_diff_free(struct bc_diff *diff); /* NULL is fine */

#endif
