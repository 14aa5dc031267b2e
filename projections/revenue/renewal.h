/* projections/revenue/renewal.h - for insiders: members, which are the deals of one company, and
 * what became of those that had an active contract.
 *
 * A deal without a company is a member of its own. */
#ifndef BC_PROJECTIONS_REVENUE_RENEWAL_H
#define BC_PROJECTIONS_REVENUE_RENEWAL_H

#include "projections/revenue/revenue.h"
#include "projections/revenue/standing.h"

struct bc_renewal_deal {
    struct bc_str company, deal;
    unsigned standing; /* bits: enum bc_standing */
    size_t i;          /* which one it was that was added: 0, 1, ... */
};

/* `{ 0 }` and an arena is empty. */
struct bc_renewal_deals {
    bc_arena *arena; /* owns the texts */
    struct bc_renewal_deal *at;
    size_t n, cap;
};
void bc_renewal_add(struct bc_renewal_deals *deals, struct bc_str company, struct bc_str deal,
                    unsigned standing);
void bc_renewal_join(struct bc_renewal_deals *deals, const struct bc_renewal_deals *from);
/* Shows each member's deals, by id, those without a company last, once the standings are settled: a
 * deal that was renewed is overdue no more. */
void bc_renewal_members(struct bc_renewal_deals *deals, const struct bc_standings *standings,
                        void (*see)(void *payload, const struct bc_renewal_deal *at, size_t n),
                        void *payload);

/* Counts the members, and fills the list of deals, if it is of these; once the standings are
 * settled. */
void bc_renewal_count(struct bc_revenue *out, struct bc_renewal_deals *deals,
                      const struct bc_standings *standings, const struct bc_revenue_list *list);

#endif
