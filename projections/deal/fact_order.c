#include "projections/deal/fact_order.h"

#include "ledger/base/search.h"
#include "ledger/base/sort.h"

#include <stdlib.h>

static inline bool strings_exist(const struct bc_fact_order *order, const struct bc_fact_at *fact)
{
    if (fact->kind == BC_FACT_MEETING)
        return bc_fact_type(fact) < order->word_n && bc_fact_outcome(fact) < order->word_n;
    return !bc_fact_value_is_word[fact->kind] || fact->value < order->word_n;
}

static bool is_visible(const struct bc_fact_order *order, const struct bc_fact_at *fact)
{
    int64_t source_recorded_us = 0;

    if (fact->has_source_recorded)
        source_recorded_us = bc_fact_source_recorded(fact);
    return bc_visible_has(&order->visible, fact->seq,
                          fact->has_source_recorded ? &source_recorded_us : NULL);
}

/* Comparisons for qsort; facts of one event are ordered by kind. */
static inline int in_fold_order(const struct bc_fact_at *left, const struct bc_fact_at *right)
{
    int order = bc_fold_order(left->occurred_us, left->seq, right->occurred_us, right->seq);

    return order ? order : (left->kind > right->kind) - (left->kind < right->kind);
}

/* --- retractions --- */

#define DEAD 0 /* the kind of a fact that no longer counts */

/* Marks the facts of an event; they are adjacent, in the order of seq. */
static void mark_dead(struct bc_fact_order *order, uint64_t seq)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, order->n, order->facts[at].seq < seq);
    for (; at < order->n && order->facts[at].seq == seq; at++)
        order->facts[at].kind = DEAD;
}

static inline int by_seq(const uint64_t *left, const uint64_t *right)
{
    return (*left > *right) - (*left < *right);
}

BC_SORT_NEARLY(sort_seqs, uint64_t, by_seq);

/* A retraction names an earlier event, so going from the last to the first, whether a retraction is
 * itself retracted is known when its turn comes. */
static void drop_retracted(struct bc_fact_order *order)
{
    size_t kept = 0;

    for (size_t i = order->n; i-- > 0;) {
        if (order->facts[i].kind != BC_FACT_RETRACTED)
            continue;
        BC_GROW(order->dead, order->dead_n, order->dead_cap);
        order->dead[order->dead_n++] = bc_fact_target(&order->facts[i]);
        mark_dead(order, bc_fact_target(&order->facts[i]));
    }
    sort_seqs(order->dead, order->dead_n);
    for (size_t i = 0; i < order->n; i++) {
        const struct bc_fact_at *fact = &order->facts[i];

        if (fact->kind != BC_FACT_RETRACTED && fact->kind != DEAD)
            order->facts[kept++] = *fact;
    }
    order->n = kept;
}

/* --- order --- */

BC_SORT_NEARLY(sort_facts, struct bc_fact_at, in_fold_order);

#define KIND(kind) BC_FACT_BIT(BC_FACT_##kind)

/* Kinds that are read whenever they happened: properties look back, retractions hold for all
 * time. */
static const uint64_t timeless = KIND(DEAL_TYPE) | KIND(CONTRACT_START) | KIND(CONTRACT_END) |
                                 KIND(PARKED_UNTIL) | KIND(MRR) | KIND(RENEWS) | KIND(RETRACTED);

/* Without a branch: it would be mispredicted from fact to fact. */
static inline bool is_wanted(const struct bc_wants *wants, const struct bc_fact_at *fact)
{
    bool in_time = fact->occurred_us <= wants->until_us;
    bool early_email =
        (fact->kind == BC_FACT_EMAIL_SENT) & (fact->occurred_us <= wants->emails_after_us);

    return ((wants->kinds >> fact->kind & 1) & (in_time | (timeless >> fact->kind & 1)) &
            !early_email) != 0;
}

static void make_room(struct bc_fact_order *order, struct bc_str bytes)
{
    if (order->cap >= bytes.len / BC_FACT_LEAST)
        return;
    order->cap = 2 * (bytes.len / BC_FACT_LEAST);
    order->facts = bc_reallocarray(order->facts, order->cap, sizeof(*order->facts));
}

bool bc_fact_order_make(struct bc_fact_order *order, struct bc_str bytes)
{
    const struct bc_visible *visible = &order->visible;
    bool all_visible = !visible->asked && !visible->last_seq && !visible->override;
    bool in_order = true, retracted = false;
    struct bc_fact_at *fact;

    order->dead_n = 0;
    make_room(order, bytes);
    for (fact = order->facts; bytes.len;) {
        if (!bc_fact_step(fact, &bytes) || !strings_exist(order, fact))
            return false;
        if (!all_visible && !is_visible(order, fact))
            continue;
        retracted |= fact->kind == BC_FACT_RETRACTED;
        if (!is_wanted(&order->wants, fact))
            continue;
        in_order &= fact == order->facts || in_fold_order(fact - 1, fact) <= 0;
        fact++;
    }
    order->n = (size_t)(fact - order->facts);
    if (retracted)
        drop_retracted(order);
    if (!in_order)
        sort_facts(order->facts, order->n);
    return true;
}

static bool is_dead(const struct bc_fact_order *base, uint64_t seq)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, base->dead_n, base->dead[at] < seq);
    return at < base->dead_n && base->dead[at] == seq;
}

bool bc_fact_order_beside(struct bc_fact_order *order, const struct bc_fact_order *base,
                          struct bc_str bytes)
{
    struct bc_fact_at fact;

    order->n = 0;
    while (bytes.len) {
        if (!bc_fact_step(&fact, &bytes))
            return false;
        if (!(order->wants.kinds >> fact.kind & 1) || !is_visible(order, &fact) ||
            is_dead(base, fact.seq))
            continue;
        BC_GROW(order->facts, order->n, order->cap); /* these are long, and few are wanted */
        order->facts[order->n++] = fact;
    }
    sort_facts(order->facts, order->n);
    return true;
}

void bc_fact_order_release(struct bc_fact_order *order)
{
    free(order->dead);
    free(order->facts);
    *order = (struct bc_fact_order){ 0 };
}
