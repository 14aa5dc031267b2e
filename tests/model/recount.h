/* tests/model/recount.h - every metric, red line and finding at one date, counted the slow way.
 *
 * The reference that the projections are compared with. It reads a log from the first event to the
 * last, keeps nothing between questions, and shares no code with projections/ except the rules as
 * data. */
#ifndef BC_TESTS_MODEL_RECOUNT_H
#define BC_TESTS_MODEL_RECOUNT_H

#include "ledger/record/event.h"
#include "projections/rules/rules.h"

struct recount_question {
    int64_t as_of_us;
    bool has_known;
    int64_t known_us;
    bool clock_source; /* known means: where given, by sourceRecordedAt */
    unsigned threads;  /* that the timelines answer on; a recount has one */
    const bc_rules *rules;
    /* Only the deals that have one value of a key at the date; `by` empty: all. */
    struct bc_str by, of;
};

/* A number that may be null. */
struct recount_number {
    bool is;
    double at;
};

struct recount_ids {
    struct bc_str *at; /* in byte order, each once */
    size_t n;
};

struct recount_campaign {
    struct bc_str name;
    uint64_t sent, opened;
};

/* A metric for one slice. What a kind does not give stays zero. */
struct recount_metric {
    const char *name, *slice;
    enum bc_metric_kind kind;
    struct recount_number value;
    uint64_t n;
    uint64_t hit;                    /* rates: converted, opened */
    struct recount_number low, high; /* rates */
    struct recount_number median, p90, closed_mean;
    uint64_t closed_n, excluded;
    struct recount_ids stalled;
    struct recount_campaign *campaigns; /* in byte order */
    size_t campaign_n;
    struct recount_ids deals; /* that n rests on */
};

enum recount_state { RECOUNT_OK, RECOUNT_BREACHED, RECOUNT_WOULD_BREACH, RECOUNT_NOT_ENOUGH };

struct recount_line {
    const char *name;
    enum recount_state state;
    uint64_t guard, guard_needs;
    struct recount_number value, worst; /* worst: conversions only */
    double threshold;
};

/* A finding of the audit; what its kind does not have is empty. */
struct recount_finding {
    const char *kind; /* "move_not_allowed" */
    struct bc_str deal, from, to, stage, property, value, red_line, told, found, event, field,
        costs, start, end, date, experiment, metric; /* several experiments with blanks between */
    int64_t at_us;
    bool no_start, no_end, no_mrr; /* missing: contract_start, contract_end, mrr */
};

/* What the figures miss: of the deals that are there and have stood in a stage those without a deal
 * type, and with one in no slice of some types; meetings of an unknown outcome; meetings of a type
 * that costs their place; losses. */
enum {
    RECOUNT_OF,
    RECOUNT_NO_TYPE,
    RECOUNT_TYPE,
    RECOUNT_OUTCOME,
    RECOUNT_MEETING,
    RECOUNT_REASON,
    RECOUNT_UNKNOWN_N
};

struct recount {
    struct recount_metric *metrics; /* in the order of the rules, for each all slices in order */
    size_t metric_n;
    struct recount_line *lines; /* in the order of the rules */
    size_t line_n;
    struct recount_finding *findings; /* in the order of recount_finding_cmp */
    size_t finding_n;
    uint64_t unknown[RECOUNT_UNKNOWN_N];
    bc_arena *arena; /* owns the arrays; texts point into the events and the rules */
};

/* Counts over events[0..n), which are in log order with seq and recorded_us, none twice. */
void recount_make(struct recount *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question);
void recount_release(struct recount *recount);

/* NULL where there is none. */
const struct recount_metric *recount_metric(const struct recount *recount, const char *name,
                                            const char *slice);
const struct recount_line *recount_line(const struct recount *recount, const char *name);

/* Deal, kind, instant, event, property, field, experiment. */
int recount_finding_cmp(const struct recount_finding *a, const struct recount_finding *b);

/* Compare two answers, from wherever they come: counts, texts and states exactly, other numbers to
 * 1e-9 of their size. Where they differ, false, and one line of what was wanted and what came. */
bool recount_same_metric(const struct recount_metric *want, const struct recount_metric *got,
                         struct bc_buf *why);
bool recount_same_line(const struct recount_line *want, const struct recount_line *got,
                       struct bc_buf *why);
bool recount_same_findings(const struct recount_finding *want, size_t want_n,
                           const struct recount_finding *got, size_t got_n, struct bc_buf *why);

/* As text, on one line, each figure that the kind has: "value 0.5 n 2 converted 1 ...". */
void recount_print_metric(struct bc_buf *out, const struct recount_metric *metric);
void recount_print_line(struct bc_buf *out, const struct recount_line *line);
void recount_print_finding(struct bc_buf *out, const struct recount_finding *finding);

/* The end of a civil day, and where a window that ends at an instant begins, found by trying the
 * zone's clock all around. INT64_MIN for BC_NO_WINDOW. */
int64_t recount_day_end(const bc_zone *zone, int32_t day);
int64_t recount_window_begin(const bc_zone *zone, int64_t us, int32_t days);

#endif
