/* projections/report/report_making.h - a report while it is made: begun, shown all deals, finished,
 * ended. For report.c, split.c, and projections/walk/walked_report.c. */
#ifndef BC_PROJECTIONS_REPORT_REPORT_MAKING_H
#define BC_PROJECTIONS_REPORT_REPORT_MAKING_H

#include "projections/metrics/metric.h"
#include "projections/report/key_values.h"
#include "projections/report/red_lines.h"
#include "projections/report/report.h"

/* A report being made; several are made of the same walk, each with parts of its own:
 *
 *   deals      | part 0       | part 1       | ...          divided into parts of about equal size
 *                fold, view     fold, view                  on several threads, a deal at a time
 *   metrics    | tallies      | tallies      | ...
 *                      joined in order
 *   cells      | [date][metric][slice]                      each metric finished on its own
 *
 * Split by a key, each deal's ranges are marked with the values that it has, each metric has a
 * tally a value, and there are cells a value. */
struct bc_report_making {
    struct bc_report *report;
    bc_timelines *timelines;
    struct bc_dates dates;
    struct bc_view view; /* what each part's is a copy of */
    struct bc_visible visible;
    struct bc_wants wants; /* of all metrics */
    struct bc_metric *metrics;
    size_t metric_n;            /* none where only the red lines are wanted */
    struct bc_windows *windows; /* of each metric that has one */
    bc_red_lines *red_lines;
    struct bc_known_words known;
    struct bc_unknown_tally unknown;
    struct bc_report_making_part **parts; /* in the order of their deals */
    size_t part_n, part_cap;
    unsigned threads;
    const struct bc_report_options *options;
    const struct bc_splitter *splitter; /* or NULL: not split, and no values */
    struct bc_key_values values;
    size_t value_most;
};

/* The sums over some of the deals. */
struct bc_report_making_part {
    const struct bc_report_making *making;
    struct bc_view view;
    bc_folder *folder;
    struct bc_metric *metrics;
    bc_red_lines *red_lines;
    struct bc_unknown_tally unknown;
    struct bc_key_values values;
    int64_t begun_us;
};

/* `splitter`: or NULL, not split. Whatever is returned, bc_report_making_end follows where there is
 * a report, which is the caller's. */
bc_status bc_report_making_begin(struct bc_report_making *making, bc_timelines *timelines,
                                 const struct bc_question *question,
                                 const struct bc_splitter *splitter,
                                 const struct bc_report_options *options, struct bc_err *err);
/* Shows each deal to all of n reports, on the threads of the first. */
bc_status bc_report_making_see(struct bc_report_making *makings, size_t n, struct bc_err *err);
/* The same for who walks over the deals himself (projections/walk/walked_report.h): a part for the
 * deals after those of the last one, and a deal for it, folded with all that the report wants. */
struct bc_report_making_part *bc_report_making_add_part(struct bc_report_making *making);
void bc_report_making_part_see(struct bc_report_making_part *part, const struct bc_deal *deal);
/* All deals were seen. */
void bc_report_making_finish(struct bc_report_making *making);
void bc_report_making_end(struct bc_report_making *making);

/* An empty one for the question. */
struct bc_report *bc_report_making_new(const struct bc_question *question, size_t metric_n);
/* Lists and what is kept go into a report whose cells are filled. */
void bc_report_making_take_lists(const struct bc_report_making *making, struct bc_report *report,
                                 struct bc_metric *metrics);

#endif
