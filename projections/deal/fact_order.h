/* projections/deal/fact_order.h - the facts of a deal that count, in the order in which they are
 * folded: those that known-at lets through, without retracted ones, by (occurred_us, seq).
 *
 * Facts are stored by seq, so mostly they are in order already, and one pass over them is all that
 * is needed. */
#ifndef BC_PROJECTIONS_DEAL_FACT_ORDER_H
#define BC_PROJECTIONS_DEAL_FACT_ORDER_H

#include "projections/deal/visible.h"
#include "projections/facts/facts.h"

/* Which facts are read; the others are ignored. */
struct bc_wants {
    uint64_t kinds;          /* BC_FACT_BIT() of each */
    int64_t until_us;        /* none after this instant but properties, which are read backwards */
    int64_t emails_after_us; /* no e-mails sent at this instant or before it */
};
#define BC_WANTS_ALL                                                                               \
    ((struct bc_wants){ .kinds = UINT64_MAX, .until_us = INT64_MAX, .emails_after_us = -1 })

/* `{ 0 }` and the first three set is ready; reused from deal to deal. */
struct bc_fact_order {
    struct bc_visible visible;
    struct bc_wants wants;
    uint32_t word_n; /* size of the string table */
    struct bc_fact_at *facts;
    size_t n, cap;
    uint64_t *dead; /* seqs of the events that were retracted, ascending */
    size_t dead_n, dead_cap;
};

/* Fills `facts`, which point into the bytes. False: these are no facts. */
bool bc_fact_order_make(struct bc_fact_order *order, struct bc_str bytes);
/* Fills `facts` of another order with those that count of the deal's other family, where
 * retractions are not: they are among the facts of `base`, which was made of the same deal. Only
 * `wants.kinds` of what it wants is looked at. */
bool bc_fact_order_beside(struct bc_fact_order *order, const struct bc_fact_order *base,
                          struct bc_str bytes);
void bc_fact_order_release(struct bc_fact_order *order);

#endif
