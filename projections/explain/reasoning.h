/* projections/explain/reasoning.h - for insiders: reasons under way, and one function a kind of
 * metric. */
#ifndef BC_PROJECTIONS_EXPLAIN_REASONING_H
#define BC_PROJECTIONS_EXPLAIN_REASONING_H

#include "projections/deal/view.h"
#include "projections/explain/explain_not.h"

struct bc_reasoning {
    struct bc_explanation_not *out;
    const struct bc_metric_rule *rule;
    const bc_rules *rules;
    const bc_string_table *strings;
    const struct bc_view *view; /* of the current deal, with one date */
    int64_t as_of_us, begin_us; /* the window (begin, as of]; no window: before everything */
    int32_t day;                /* the civil date of as_of_us */
};

/* Adds a reason with its event (0: none). It lives until the next is added. */
struct bc_reason *bc_reason_add(struct bc_reasoning *reasoning, enum bc_reason_kind kind,
                                uint64_t seq);
/* The same of a kind with an instant, and of one with days. */
struct bc_reason *bc_reason_add_at(struct bc_reasoning *reasoning, enum bc_reason_kind kind,
                                   uint64_t seq, int64_t at_us);
struct bc_reason *bc_reason_add_days(struct bc_reasoning *reasoning, enum bc_reason_kind kind,
                                     uint64_t seq, int32_t days);
/* A stage as named in the rules, if it is there; it lives as long as the rules and the string
 * table. */
struct bc_str bc_reason_stage(const struct bc_reasoning *reasoning, const struct bc_visit *visit);

static inline bool bc_reason_in_window(const struct bc_reasoning *reasoning, int64_t us)
{
    return us > reasoning->begin_us && us <= reasoning->as_of_us;
}

/* A function a kind, bc_reasons_count and so on: adds what keeps the deal out, all but being gone,
 * its slice and the conditions of any metric; nothing: it counts. */
#define BC_METRIC_REASONS(CONSTANT, word, ...)                                                     \
    void bc_reasons_##word(struct bc_reasoning *reasoning);
BC_METRIC_KINDS(BC_METRIC_REASONS)
#undef BC_METRIC_REASONS

#endif
