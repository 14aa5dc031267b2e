/* projections/revenue/revenue.h - what contracts and open opportunities are worth, month by month.
 *
 * All amounts are in millionths, of the rules' currency, and exact: what a deal is worth in a civil
 * month is rounded once, half to even, and so is the product with a weight. */
#ifndef BC_PROJECTIONS_REVENUE_REVENUE_H
#define BC_PROJECTIONS_REVENUE_REVENUE_H

#include "ledger/base/amount.h"
#include "ledger/base/mem.h"
#include "projections/report/question.h"

/* What a month is made of. */
enum bc_revenue_figure {
    BC_CMRR,        /* contracts of deals that are won */
    BC_RENEWAL_MRR, /* open opportunities of the slice `existing`, after D */
    BC_NEW_MRR,     /* of the slice `new` */
    BC_OTHER_MRR,   /* of neither */
    BC_REVENUE_FIGURE_N
};
#define BC_REVENUE_BIT(figure) (1U << (figure))
/* Those of FMRR. */
#define BC_REVENUE_FMRR                                                                            \
    (BC_REVENUE_BIT(BC_CMRR) | BC_REVENUE_BIT(BC_RENEWAL_MRR) | BC_REVENUE_BIT(BC_NEW_MRR))

enum bc_renewal_outcome {
    BC_RENEWAL_RETAINED,
    BC_RENEWAL_OVERDUE,
    BC_RENEWAL_CHURNED,
    BC_RENEWAL_OUTCOME_N
};

/* Whose deals are listed. */
struct bc_revenue_list {
    enum bc_revenue_listed {
        BC_LIST_NONE,
        BC_LIST_MONTH, /* those that are worth something in `figures` of `month`, */
        BC_LIST_SIX,   /* or within six months */
        BC_LIST_RHO,   /* those that it is measured by; */
        BC_LIST_ETA,
        BC_LIST_RENEWAL, /* active ones of members with `outcomes` */
        BC_LIST_OTHER_CURRENCY,
        BC_LIST_WITHOUT_VALUE,
        BC_LIST_WITHOUT_INTERVAL,
    } what;
    int32_t month;
    unsigned figures, outcomes; /* bits */
    bool converted;             /* of rho or eta, those that were won */
};

struct bc_revenue_ask {
    unsigned slice;   /* of the rules */
    int32_t from, to; /* months (projections/revenue/terms.h), from <= to */
    bool rows_only;   /* neither six months nor members are wanted */
    bool each;        /* what each deal is worth in the rows is wanted, too */
    struct bc_revenue_list list;
};

struct bc_revenue_row {
    int32_t month;
    bc_int128 of[BC_REVENUE_FIGURE_N], fmrr;
};

/* A weight is share_n / share_of. */
struct bc_revenue_weight {
    uint64_t share_n, share_of;
    bool measured, few;    /* few: it was to be measured, and is not, since n is below 5 */
    uint64_t n, converted; /* deals that closed in the last 365 days, those that were won */
    double low, high;      /* where n > 0 */
};

/* Members with an active contract six months ago, by what became of them. */
struct bc_renewal {
    uint64_t n, of[BC_RENEWAL_OUTCOME_N], without_company;
    double low, high, low_with_overdue, high_with_overdue; /* where n > 0 */
};

/* What one deal is worth in one month. */
struct bc_revenue_each {
    struct bc_str deal;
    int32_t month;
    unsigned figures; /* bits: that it counts in */
    int64_t worth;
};

struct bc_revenue {
    struct bc_revenue_row *rows; /* a month each */
    size_t row_n;
    bc_int128 fmrr6;
    struct bc_revenue_weight rho, eta;
    struct bc_renewal renewal;
    uint64_t other_currency, without_value, without_interval;
    uint64_t without_days; /* won without a contract of days, or open with one that ends before it
                              begins: in no month, and in none of the three above */
    uint64_t
        unreadable; /* won or open, with a day or an amount that is none, and counts as unset */
    struct bc_str *deals; /* those that are listed, in byte order */
    size_t deal_n, deal_cap;
    struct bc_revenue_each *each; /* where it was asked for; of one deal more than one of a month,
                                     if it is won and open */
    size_t each_n, each_cap;
    bc_arena *arena;
};

/* The question has one date; its log was opened with all that is kept beside it
 * (bc_ledger_open_all). The caller frees *out. */
bc_status bc_revenue_make(struct bc_revenue **out, bc_timelines *timelines,
                          const struct bc_question *question, const struct bc_revenue_ask *ask,
                          struct bc_err *err);
void bc_revenue_free(struct bc_revenue *revenue); /* NULL is fine */

/* The month of the date, and the instant so many months before the date: the same local time, or
 * the end of a day for the end of a day. */
int32_t bc_revenue_month(const bc_rules *rules, int64_t as_of_us);
int64_t bc_revenue_months_back(const bc_rules *rules, int64_t as_of_us, int32_t months);

/* Adds a deal to the list; for insiders. */
static inline void bc_revenue_list_add(struct bc_revenue *revenue, struct bc_str deal)
{
    BC_GROW(revenue->deals, revenue->deal_n, revenue->deal_cap);
    revenue->deals[revenue->deal_n++] = bc_arena_copy(revenue->arena, deal);
}

#endif
