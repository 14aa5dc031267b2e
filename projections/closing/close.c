#include "projections/closing/close.h"

#include "projections/facts/learning.h"

enum { WRITTEN_BEFORE_DAYS = 30 };

size_t bc_close_last(const struct bc_walk *walk, const struct bc_deal *deal)
{
    const bc_stage_set closing = walk->rules->won | walk->rules->lost;
    size_t last = BC_NO_VISIT;

    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct bc_visit *visit = &deal->visits[i];

        if (visit->entered_us <= walk->wants.until_us && bc_stage_in(closing, visit->stage) &&
            (i > 0 || !visit->observed))
            last = i;
    }
    return last;
}

/* The place of a visit's beginning among all events; before the first visit and after the last one
 * the ends of time. */
struct place {
    int64_t us;
    uint64_t seq;
};

static struct place begin_of(const struct bc_deal *deal, size_t i)
{
    return i < deal->visit_n ? (struct place){ deal->visits[i].entered_us, deal->visits[i].seq }
                             : (struct place){ BC_NEVER, UINT64_MAX };
}

/* Where the last visit to a lost stage before the i-th was left. */
static struct place former_left(const struct bc_walk *walk, const struct bc_deal *deal, size_t i)
{
    for (size_t before = i; before-- > 0;)
        if (bc_stage_in(walk->rules->lost, deal->visits[before].stage))
            return begin_of(deal, before + 1);
    return (struct place){ INT64_MIN, 0 };
}

struct bc_str bc_close_reason(const struct bc_walk *walk, const struct bc_deal *deal, size_t i)
{
    const struct place from = former_left(walk, deal, i), to = begin_of(deal, i + 1);
    struct bc_str reason = { 0 };

    for (size_t at = 0; at < deal->learning_n; at++) {
        const struct bc_fact_at *fact = &deal->learning[at];

        if (fact->kind == BC_FACT_LOST_BECAUSE && fact->occurred_us <= walk->wants.until_us &&
            bc_fold_order(fact->occurred_us, fact->seq, from.us, from.seq) >= 0 &&
            bc_fold_order(fact->occurred_us, fact->seq, to.us, to.seq) < 0)
            reason = bc_learning_text(fact, BC_TEXT_LOSS_REASON);
    }
    return reason;
}

struct bc_close_window bc_close_window_of(const struct bc_walk *walk, int64_t closed_us)
{
    return (struct bc_close_window){ bc_zone_window_begin(walk->rules->zone, closed_us,
                                                          WRITTEN_BEFORE_DAYS),
                                     walk->wants.until_us };
}

bool bc_close_written(const struct bc_deal *deal, const struct bc_close_window *window)
{
    for (size_t i = 0; i < deal->learning_n; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];
        const bool tells =
            fact->kind == BC_FACT_LESSON ||
            (fact->kind == BC_FACT_ARTIFACT &&
             bc_str_eq(bc_learning_text(fact, BC_TEXT_ARTIFACT_KIND), BC_STR("win_loss_analysis")));

        if (tells && bc_close_in(window, fact))
            return true;
    }
    return false;
}
