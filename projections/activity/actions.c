#include "projections/activity/actions.h"

#include "ledger/base/search.h"
#include "projections/facts/learning.h"

#include <stdlib.h>

/* --- notes --- */

static void add(struct bc_action_notes *notes, struct bc_action_note note)
{
    struct bc_str *const texts[] = { &note.action.action, &note.action.deal, &note.action.owner,
                                     &note.action.text, &note.action.due };

    if (!notes->arena)
        notes->arena = bc_arena_new();
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        *texts[i] = bc_arena_copy(notes->arena, *texts[i]);
    BC_GROW(notes->at, notes->n, notes->cap);
    notes->at[notes->n++] = note;
}

static void see(struct bc_action_notes *notes, struct bc_str deal, const struct bc_fact_at *facts,
                size_t n, bool there, int64_t as_of_us)
{
    for (size_t i = 0; i < n && facts[i].occurred_us <= as_of_us; i++) {
        const struct bc_fact_at *fact = &facts[i];
        struct bc_action_note note = { .at_us = fact->occurred_us,
                                       .seq = fact->seq,
                                       .closes = fact->kind == BC_FACT_ACTION_CLOSED,
                                       .there = there };

        if (!(BC_ACTION_KINDS >> fact->kind & 1))
            continue;
        note.action.action = bc_learning_text(fact, BC_TEXT_ACTION_ID);
        if (!note.closes) {
            note.action.deal = deal;
            note.action.text = bc_learning_text(fact, BC_TEXT_ACTION_TEXT);
            note.action.owner = bc_learning_text(fact, BC_TEXT_ACTION_OWNER);
            note.action.due = bc_learning_text(fact, BC_TEXT_ACTION_DUE);
        }
        add(notes, note);
    }
}

void bc_action_notes_see(struct bc_action_notes *notes, const struct bc_deal *deal, bool there,
                         int64_t as_of_us)
{
    see(notes, deal->id, deal->learning, deal->learning_n, there, as_of_us);
}

void bc_action_notes_alone(struct bc_action_notes *notes, const struct bc_fact_at *facts, size_t n,
                           int64_t as_of_us)
{
    see(notes, (struct bc_str){ 0 }, facts, n, true, as_of_us);
}

void bc_action_notes_join(struct bc_action_notes *notes, const struct bc_action_notes *part)
{
    for (size_t i = 0; i < part->n; i++)
        add(notes, part->at[i]);
}

void bc_action_notes_release(struct bc_action_notes *notes)
{
    free(notes->at);
    bc_arena_free(notes->arena);
    *notes = (struct bc_action_notes){ 0 };
}

/* --- open ones --- */

static int by_action(const void *a, const void *b)
{
    const struct bc_action_note *left = a, *right = b;
    const int order = bc_str_cmp(left->action.action, right->action.action);

    return order ? order : bc_fold_order(left->at_us, left->seq, right->at_us, right->seq);
}

/* By deal, the one decided last first. */
static int by_deal(const void *a, const void *b)
{
    const struct bc_action *left = *(const struct bc_action *const *)a;
    const struct bc_action *right = *(const struct bc_action *const *)b;
    const int order = bc_str_cmp(left->deal, right->deal);

    return order ? order
                 : bc_fold_order(right->decided_us, right->seq, left->decided_us, left->seq);
}

static bool is_late(struct bc_str due, int64_t day)
{
    int32_t due_day;

    return bc_day_parse(&due_day, due) && due_day < day;
}

/* Of the last that was said of an action. */
static void add_open(struct bc_actions *out, const struct bc_action_note *last, int64_t day)
{
    struct bc_action *action;

    if (last->closes || !last->there)
        return;
    action = &out->at[out->n++];
    *action = last->action;
    action->late = is_late(action->due, day);
    action->decided_us = last->at_us;
    action->seq = last->seq;
}

void bc_actions_settle(struct bc_actions *out, struct bc_action_notes *notes, int64_t day)
{
    *out = (struct bc_actions){ .at = bc_calloc(notes->n + 1, sizeof(*out->at)),
                                .of_deals = bc_calloc(notes->n + 1, sizeof(*out->of_deals)) };
    if (notes->n)
        qsort(notes->at, notes->n, sizeof(*notes->at), by_action);
    for (size_t i = 0; i < notes->n; i++)
        if (i + 1 == notes->n ||
            !bc_str_eq(notes->at[i].action.action, notes->at[i + 1].action.action))
            add_open(out, &notes->at[i], day);
    for (size_t i = 0; i < out->n; i++)
        if (out->at[i].deal.len)
            out->of_deals[out->of_deal_n++] = &out->at[i];
    if (out->of_deal_n)
        qsort(out->of_deals, out->of_deal_n, sizeof(*out->of_deals), by_deal);
}

const struct bc_action *bc_actions_of(const struct bc_actions *actions, struct bc_str deal)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, actions->of_deal_n, bc_str_cmp(actions->of_deals[at]->deal, deal) < 0);
    return at < actions->of_deal_n && bc_str_eq(actions->of_deals[at]->deal, deal)
               ? actions->of_deals[at]
               : NULL;
}

void bc_actions_release(struct bc_actions *actions)
{
    free(actions->at);
    free(actions->of_deals);
    *actions = (struct bc_actions){ 0 };
}
