#include "projections/revenue/renewal.h"

#include "projections/metrics/stats.h"

#include <stdlib.h>

void bc_renewal_add(struct bc_renewal_deals *deals, struct bc_str company, struct bc_str deal,
                    unsigned standing)
{
    BC_GROW(deals->at, deals->n, deals->cap);
    deals->at[deals->n] = (struct bc_renewal_deal){ .company = bc_arena_copy(deals->arena, company),
                                                    .deal = bc_arena_copy(deals->arena, deal),
                                                    .standing = standing,
                                                    .i = deals->n };
    deals->n++;
}

void bc_renewal_join(struct bc_renewal_deals *deals, const struct bc_renewal_deals *from)
{
    for (size_t i = 0; i < from->n; i++)
        bc_renewal_add(deals, from->at[i].company, from->at[i].deal, from->at[i].standing);
}

static bool is_same(const struct bc_renewal_deal *a, const struct bc_renewal_deal *b)
{
    return bc_str_eq(a->company, b->company) && (a->company.len || bc_str_eq(a->deal, b->deal));
}

static int by_member(const void *a, const void *b)
{
    const struct bc_renewal_deal *left = a, *right = b;
    int order = (left->company.len == 0) - (right->company.len == 0);

    if (order == 0)
        order = bc_str_cmp(left->company, right->company);
    return order ? order : bc_str_cmp(left->deal, right->deal);
}

void bc_renewal_members(struct bc_renewal_deals *deals, const struct bc_standings *standings,
                        void (*see)(void *payload, const struct bc_renewal_deal *at, size_t n),
                        void *payload)
{
    for (size_t i = 0; i < deals->n; i++)
        if (deals->at[i].standing & BC_IS_OVERDUE &&
            bc_standings_renewed(standings, deals->at[i].deal))
            deals->at[i].standing &= ~(unsigned)BC_IS_OVERDUE;
    if (deals->n)
        qsort(deals->at, deals->n, sizeof(*deals->at), by_member);
    for (size_t i = 0, end; i < deals->n; i = end) {
        for (end = i + 1; end < deals->n && is_same(&deals->at[i], &deals->at[end]);)
            end++;
        see(payload, &deals->at[i], end - i);
    }
}

/* --- counted --- */

struct counting {
    struct bc_revenue *out;
    const struct bc_revenue_list *list;
};

/* What became of a member that was active. */
static enum bc_renewal_outcome outcome_of(unsigned standing)
{
    if (standing & (BC_IS_ACTIVE | BC_IS_UPCOMING))
        return BC_RENEWAL_RETAINED;
    return standing & BC_IS_OVERDUE ? BC_RENEWAL_OVERDUE : BC_RENEWAL_CHURNED;
}

static void add_member(void *payload, const struct bc_renewal_deal *at, size_t n)
{
    const struct counting *counting = payload;
    const struct bc_revenue_list *list = counting->list;
    struct bc_revenue *out = counting->out;
    unsigned standing = 0;
    enum bc_renewal_outcome outcome;

    for (size_t i = 0; i < n; i++)
        standing |= at[i].standing;
    if (!(standing & BC_WAS_ACTIVE))
        return;
    outcome = outcome_of(standing);
    out->renewal.n++;
    out->renewal.of[outcome]++;
    out->renewal.without_company += at->company.len == 0;
    for (size_t i = 0; i < n; i++)
        if (list->what == BC_LIST_RENEWAL && list->outcomes >> outcome & 1 &&
            at[i].standing & BC_WAS_ACTIVE)
            bc_revenue_list_add(out, at[i].deal);
}

void bc_renewal_count(struct bc_revenue *out, struct bc_renewal_deals *deals,
                      const struct bc_standings *standings, const struct bc_revenue_list *list)
{
    struct bc_renewal *renewal = &out->renewal;

    bc_renewal_members(deals, standings, add_member, &(struct counting){ out, list });
    if (list->what == BC_LIST_RENEWAL && out->deal_n)
        qsort(out->deals, out->deal_n, sizeof(*out->deals), bc_str_order);
    if (renewal->n == 0)
        return;
    bc_wilson(renewal->of[BC_RENEWAL_RETAINED], renewal->n, &renewal->low, &renewal->high);
    bc_wilson(renewal->of[BC_RENEWAL_RETAINED] + renewal->of[BC_RENEWAL_OVERDUE], renewal->n,
              &renewal->low_with_overdue, &renewal->high_with_overdue);
}
