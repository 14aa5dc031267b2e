/* projections/explain/reasons_flow.c - what keeps a deal out of metrics over visits: entries,
 * conversions, lead times, times in stage. */
#include "projections/explain/reasoning.h"
#include "projections/metrics/contribution.h"

static struct bc_reason *add_visit(struct bc_reasoning *reasoning, enum bc_reason_kind kind,
                                   const struct bc_visit *visit, int64_t at_us)
{
    struct bc_reason *reason = bc_reason_add_at(reasoning, kind, visit->seq, at_us);

    reason->value = bc_reason_stage(reasoning, visit);
    return reason;
}

/* One of several items counted after all: drops the reasons about the others. */
static void forget(struct bc_reasoning *reasoning, size_t since)
{
    reasoning->out->n = since;
}

/* What comes after the date is no reason at it. */
static bool begun(const struct bc_reasoning *reasoning, const struct bc_visit *visit)
{
    return visit->entered_us <= reasoning->as_of_us;
}

void bc_reasons_entries(struct bc_reasoning *reasoning)
{
    const struct bc_deal *deal = reasoning->view->deal;
    bc_stage_set stages = reasoning->rule->stages;
    size_t since = reasoning->out->n;

    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct bc_visit *visit = &deal->visits[i];

        if (!bc_stage_in(stages, visit->stage) || !begun(reasoning, visit))
            continue;
        if (visit->observed) {
            add_visit(reasoning, BC_ENTRY_FOUND, visit, visit->entered_us);
        } else if (i > 0 && bc_stage_in(stages, visit[-1].stage)) {
            add_visit(reasoning, BC_ENTRY_INSIDE, visit, visit->entered_us);
        } else if (!bc_reason_in_window(reasoning, visit->entered_us)) {
            add_visit(reasoning, BC_ENTRY_OUTSIDE, visit, visit->entered_us);
        } else {
            forget(reasoning, since);
            return;
        }
    }
    if (reasoning->out->n == since)
        bc_reason_add(reasoning, BC_NEVER_ENTERED, 0);
}

static void reasons_exits(struct bc_reasoning *reasoning)
{
    const struct bc_deal *deal = reasoning->view->deal;
    size_t since = reasoning->out->n;

    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct bc_visit *visit = &deal->visits[i];

        if (!bc_stage_in(reasoning->rule->from, visit->stage) || !begun(reasoning, visit))
            continue;
        if (visit->left_us > reasoning->as_of_us) {
            add_visit(reasoning, BC_STILL_IN, visit, visit->entered_us);
        } else if (visit->left_us <= reasoning->begin_us) {
            add_visit(reasoning, BC_LEFT_OUTSIDE, visit, visit->left_us);
        } else {
            forget(reasoning, since);
            return;
        }
    }
    if (reasoning->out->n == since)
        bc_reason_add(reasoning, BC_NEVER_IN, 0);
}

/* The first entry into some stages, if it is in the window; else adds why not, and returns NULL. */
static const struct bc_visit *first_entry(struct bc_reasoning *reasoning, bc_stage_set stages)
{
    const struct bc_deal *deal = reasoning->view->deal;
    const struct bc_visit *entry = bc_deal_entry(deal, 0, stages);
    size_t since = reasoning->out->n;

    if (entry && bc_reason_in_window(reasoning, entry->entered_us))
        return entry;
    if (entry && begun(reasoning, entry)) {
        add_visit(reasoning, BC_ENTRY_OUTSIDE, entry, entry->entered_us);
        return NULL;
    }
    for (size_t i = 0; i < deal->visit_n; i++)
        if (bc_stage_in(stages, deal->visits[i].stage) && begun(reasoning, &deal->visits[i]))
            add_visit(reasoning, BC_ENTRY_FOUND, &deal->visits[i], deal->visits[i].entered_us);
    if (reasoning->out->n == since)
        bc_reason_add(reasoning, BC_NEVER_ENTERED, 0);
    return NULL;
}

void bc_reasons_conversion(struct bc_reasoning *reasoning)
{
    if (reasoning->rule->basis == BC_COHORT)
        (void)first_entry(reasoning, reasoning->rule->from);
    else
        reasons_exits(reasoning);
}

void bc_reasons_lead_time(struct bc_reasoning *reasoning)
{
    const struct bc_visit *begin = bc_deal_entry(reasoning->view->deal, 0, reasoning->rule->from);
    const struct bc_visit *end = first_entry(reasoning, reasoning->rule->to);

    if (end && !(begin && begin->entered_us <= end->entered_us))
        add_visit(reasoning, BC_NO_BEGINNING, end, end->entered_us);
}

void bc_reasons_time_in_stage(struct bc_reasoning *reasoning)
{
    const struct bc_deal *deal = reasoning->view->deal;
    size_t since = reasoning->out->n;

    for (size_t i = 0; i < deal->visit_n; i++) {
        const struct bc_visit *visit = &deal->visits[i];

        if (!bc_stage_in(reasoning->rule->stages, visit->stage) || !begun(reasoning, visit))
            continue;
        if (visit->observed) {
            add_visit(reasoning, BC_ENTRY_FOUND, visit, visit->entered_us);
        } else if (visit->left_us <= reasoning->begin_us) {
            add_visit(reasoning, BC_LEFT_OUTSIDE, visit, visit->left_us);
        } else {
            forget(reasoning, since);
            return;
        }
    }
    if (reasoning->out->n == since)
        bc_reason_add(reasoning, BC_NEVER_IN, 0);
}
