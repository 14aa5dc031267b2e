/* projections/report/report.h - every metric and red line, at every date of the question. */
#ifndef BC_PROJECTIONS_REPORT_REPORT_H
#define BC_PROJECTIONS_REPORT_REPORT_H

#include "projections/metrics/tally.h"
#include "projections/report/question.h"
#include "projections/report/unknown.h"

struct bc_campaign {
    struct bc_str name;
    uint64_t sent, opened;
};

/* One metric in one slice at one date; the metric's kind says which parts it has. */
struct bc_cell {
    uint64_t n;
    bool has_value; /* else null: a rate or mean over nothing */
    double value;
    uint64_t hit;                 /* rates: converted, opened */
    double low, high;             /* rates, where has_value */
    double median, p90;           /* days, where has_value */
    uint64_t excluded;            /* days */
    uint64_t closed_n;            /* days, of kinds with closed */
    double closed_mean;           /*   where closed_n > 0 */
    const struct bc_str *stalled; /* deals in byte order, if shown */
    size_t stalled_n;
    const struct bc_campaign *campaigns; /* in byte order, if shown */
    size_t campaign_n;
};

enum bc_red_line_state { BC_LINE_OK, BC_BREACHED, BC_WOULD_BREACH, BC_NOT_ENOUGH_DATA };
/* "ok", "breached", "would_breach", "not_enough_data" */
const char *bc_red_line_state_name(enum bc_red_line_state state);

struct bc_red_line_cell {
    enum bc_red_line_state state;
    uint64_t guard, guard_needs;
    bool has_value;
    double value, threshold;
    bool has_worst; /* `worst` is a number; only conversions have one */
    double worst;
};

/* What a report holds besides its figures. */
struct bc_report_options {
    bool lists;           /* stalled deals and campaigns, to be shown */
    uint32_t keep_slices; /* bits: the contributions to one metric in these slices, for one date */
    size_t keep_metric;
    bool keep_alone;  /* only the figures of that metric are wanted: the others stay 0 */
    bool lines_alone; /* only the red lines are wanted: there are no cells */
};

struct bc_report {
    const bc_rules *rules;
    size_t date_n;
    int64_t *as_of_us;
    struct bc_cell *cells; /* [date][metric of the rules][slice of the rules], if there are any */
    struct bc_red_line_cell *red_lines; /* [date][red line of the rules] */
    struct bc_unknown_counts *unknown;  /* [date] */
    int64_t begun_us; /* when a deal first stood in a stage, gone or not; BC_NEVER: none by the last
                         date */
    struct bc_kept *kept; /* if wanted: what n rests on, in deal order */
    size_t kept_n;
    struct bc_lists *lists;
    bc_arena *arena;
};

/* Answers a question in one pass over the deals. The rules are borrowed; the caller frees *out. */
bc_status bc_report_make(struct bc_report **out, bc_timelines *timelines,
                         const struct bc_question *question,
                         const struct bc_report_options *options, struct bc_err *err);
/* The same of n questions that have nothing in common but the ledger, in one pass over the deals,
 * on the threads of the first; out[i] is what the i-th alone would give. Each takes the memory of
 * one.
 */
bc_status bc_report_make_each(struct bc_report **out, bc_timelines *timelines,
                              const struct bc_question *const *questions, size_t n,
                              const struct bc_report_options *options, struct bc_err *err);
void bc_report_free(struct bc_report *report); /* NULL is fine */

/* A report split by the values of a key: one for each that some deal has at some date. */
struct bc_report_split {
    struct bc_report *whole; /* its dates, and what its figures miss; the figures are all 0 */
    struct bc_str *values;   /* in byte order */
    size_t n;
    uint32_t *slices;           /* [date][value]: bits, the slices in which some deal has it then */
    struct bc_report **reports; /* by value, without red lines */
    bc_arena *arena;
};

/* Answers a question in one pass over the deals, as bc_report_make would of the deals that have
 * each value alone, save that a deal may be renewed by one of another value. The log was opened
 * with all that is kept beside it. Memory grows with values times dates, by up to 8 KB each:
 * BC_DONE and nothing is made where there are more than `most` values. The caller frees *out. */
bc_status bc_report_make_split(struct bc_report_split **out, bc_timelines *timelines,
                               const struct bc_question *question,
                               const struct bc_splitter *splitter, size_t most,
                               const struct bc_report_options *options, struct bc_err *err);
void bc_report_split_free(struct bc_report_split *split); /* NULL is fine */

static inline uint32_t bc_report_split_slices(const struct bc_report_split *split, size_t date,
                                              size_t value)
{
    return split->slices[date * split->n + value];
}

/* The index of a value; false: no deal has it. */
bool bc_report_split_find(const struct bc_report_split *split, struct bc_str value, size_t *out);

/* Puts the lists of a date into its cells, if they are wanted; they are valid until another date is
 * shown. Dates are best shown in order. A report of one date shows it from the start. */
void bc_report_show(struct bc_report *report, size_t date);

static inline const struct bc_cell *bc_report_cell(const struct bc_report *report, size_t date,
                                                   size_t metric, size_t slice)
{
    return &report
                ->cells[(date * report->rules->metric_n + metric) * report->rules->slice_n + slice];
}

static inline const struct bc_red_line_cell *bc_report_red_line(const struct bc_report *report,
                                                                size_t date, size_t line)
{
    return &report->red_lines[date * report->rules->red_line_n + line];
}

#endif
