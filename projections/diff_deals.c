#include "projections/diff_deals.h"

#include "projections/deal_events.h"

#include <stdlib.h>

/* A walk over the deals of what was kept. */
struct stakes {
    struct bc_diff_kept kept;
    int64_t as_of_us;
    size_t at;
    bool have;
    struct bc_str deal;
    struct bc_stake stake;
};

static void next_stake(struct stakes *stakes)
{
    const struct bc_report *report = stakes->kept.report;

    stakes->have = false;
    stakes->stake = (struct bc_stake){ 0 };
    for (; report && stakes->at < report->kept_n; stakes->at++) {
        const struct bc_kept *kept = &report->kept[stakes->at];

        if ((int)kept->slice != stakes->kept.slice)
            continue;
        if (stakes->have && !bc_str_eq(kept->deal, stakes->deal))
            return;
        stakes->have = true;
        stakes->deal = kept->deal;
        stakes->stake.n++;
        stakes->stake.hit += kept->share.hit;
        stakes->stake.value_us +=
            kept->share.value_us + (kept->share.growing ? stakes->as_of_us : 0);
    }
}

static struct stakes begin_stakes(struct bc_diff_kept kept)
{
    struct stakes stakes = { .kept = kept };

    if (kept.report)
        stakes.as_of_us = kept.report->as_of_us[0];
    next_stake(&stakes);
    return stakes;
}

static bool same_stake(const struct bc_stake *a, const struct bc_stake *b)
{
    return a->n == b->n && a->hit == b->hit && a->value_us == b->value_us;
}

/* --- what happened to a deal --- */

/* The group that a step is about, of either way of asking; none: it learns nothing. */
static uint8_t groups_of(enum bc_cause cause)
{
    unsigned learnt;

    if (cause < BC_CAUSE_LATE)
        return 0;
    learnt = (unsigned)cause - BC_CAUSE_LATE;
    return (uint8_t)(1u << learnt | 1u << (learnt + BC_LEARNT_CAUSE_N));
}

static bool was_learnt(const struct bc_learnt *learnt, uint64_t seq, uint8_t groups)
{
    const struct bc_known_apart apart = { learnt->seqs, learnt->groups, learnt->n, groups };
    const struct bc_known none = { .asked = true, .apart = &apart };

    return bc_known_has(&none, seq, NULL);
}

/* What was learnt late of the time after the date says nothing at it. */
static bool speaks_at(const struct bc_diff_step *step, const struct bc_event *event)
{
    return step->cause != BC_CAUSE_LATE || event->body == BC_RETRACTED ||
           event->occurred_us <= step->after->as_of_us[0];
}

static bool is_between(const struct bc_diff_step *step, const struct bc_deal_event *event)
{
    int64_t a = step->before->as_of_us[0], b = step->after->as_of_us[0];

    return !event->retracted_by && event->event.occurred_us > (a < b ? a : b) &&
           event->event.occurred_us <= (a < b ? b : a);
}

static bc_status fill_events(struct bc_diff_deal *deal, const struct bc_diff_step *step,
                             struct bc_err *err)
{
    const struct bc_known all = { 0 };
    struct bc_deal_events events;
    struct bc_known known = all;
    struct bc_str *ids;
    bc_status rc = BC_OK;

    if (!step->events || step->cause == BC_CAUSE_RULE)
        return BC_OK;
    if (step->cause == BC_CAUSE_TIME)
        rc = bc_question_known(step->before, bc_timelines_log(step->timelines), &known, err);
    if (rc == BC_OK)
        rc = bc_deal_events_read(&events, step->timelines, &known, deal->deal, err);
    if (rc < 0)
        return rc;
    ids = bc_arena_alloc(step->arena, events.n * sizeof(*ids));
    for (size_t i = 0; i < events.n; i++)
        if (step->cause == BC_CAUSE_TIME
                ? is_between(step, &events.at[i])
                : was_learnt(step->learnt, events.at[i].event.seq, groups_of(step->cause)) &&
                      speaks_at(step, &events.at[i].event))
            ids[deal->event_n++] = bc_arena_copy(step->arena, events.at[i].event.id);
    deal->events = ids;
    bc_deal_events_release(&events);
    return BC_OK;
}

/* --- the deals --- */

/* Takes the next deal of either side; false: the end. */
static bool take(struct stakes *before, struct stakes *after, struct bc_diff_deal *out)
{
    int order;

    if (!before->have && !after->have)
        return false;
    order = !before->have ? 1 : !after->have ? -1 : bc_str_cmp(before->deal, after->deal);
    *out = (struct bc_diff_deal){ .deal = order <= 0 ? before->deal : after->deal };
    if (order <= 0) {
        out->before = before->stake;
        next_stake(before);
    }
    if (order >= 0) {
        out->after = after->stake;
        next_stake(after);
    }
    return true;
}

bc_status bc_diff_deals(struct bc_diff_part *out, const struct bc_diff_step *step,
                        struct bc_diff_kept before, struct bc_diff_kept after, struct bc_err *err)
{
    struct stakes old = begin_stakes(before), new = begin_stakes(after);
    struct bc_diff_deal deal, *deals = NULL;
    size_t n = 0, cap = 0;
    bc_status rc = BC_OK;

    while (rc == BC_OK && take(&old, &new, &deal)) {
        if (same_stake(&deal.before, &deal.after))
            continue;
        deal.deal = bc_arena_copy(step->arena, deal.deal);
        rc = fill_events(&deal, step, err);
        BC_GROW(deals, n, cap);
        deals[n++] = deal;
    }
    if (rc == BC_OK && n) {
        out->deals = bc_arena_alloc(step->arena, n * sizeof(*deals));
        memcpy(out->deals, deals, n * sizeof(*deals));
        out->deal_n = n;
    }
    free(deals);
    return rc;
}
