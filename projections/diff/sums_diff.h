/* projections/diff/sums_diff.h - what differs between two ways of asking for figures that are sums
 * over deals, in rows: cohorts, months of revenue.
 *
 * The caller answers at each point of the way (projections/diff/steps.h) with the stakes of the
 * deals: what each adds to the figures of a row. Where the stakes on both sides of a step differ,
 * the step moves the deal. So the parts of a row add up, figure by figure, by their deals alone. */
#ifndef BC_PROJECTIONS_DIFF_SUMS_DIFF_H
#define BC_PROJECTIONS_DIFF_SUMS_DIFF_H

#include "ledger/base/amount.h"
#include "projections/diff/step_events.h"

enum { BC_SUMS_MAX = 4 }; /* figures of a row */

/* What a deal adds to the figures of one row: deals in whole numbers, or millionths. */
struct bc_sum_stake {
    unsigned in; /* bits: the figures that it counts in, if with 0 */
    int64_t of[BC_SUMS_MAX];
};

/* The stakes of all deals at one point. `{ 0 }` is empty. */
struct bc_sum_stakes {
    struct bc_sum_entry {
        struct bc_str deal; /* lives as long as the stakes */
        uint32_t row;       /* as the asker numbers them, from 0 on, the same at each point */
        struct bc_sum_stake stake;
    } * at;
    size_t n, cap;
    bc_arena *arena; /* for the deals' ids; NULL before the first */
};
/* Adds what a deal has in a row; of several times the sum counts. */
void bc_sum_stakes_add(struct bc_sum_stakes *stakes, struct bc_str deal, uint32_t row,
                       struct bc_sum_stake stake);

/* Answers a point of the way. */
struct bc_sums_asker {
    void *payload;
    bc_status (*ask)(void *payload, struct bc_sum_stakes *out, const struct bc_point *point,
                     struct bc_err *err);
};

struct bc_sums_deal {
    struct bc_step_deal is;
    struct bc_sum_stake before, after; /* nothing in: out of the row */
};

/* What one step did to a row. From part to part they lead from the deals of the first's row to
 * those of the second's. */
struct bc_sums_part {
    enum bc_cause cause;
    bc_int128 by[BC_SUMS_MAX];
    struct bc_sums_deal *deals; /* whose stake changed, in byte order; at least one */
    size_t deal_n;
};

struct bc_sums_row {
    bc_int128 from[BC_SUMS_MAX], to[BC_SUMS_MAX];
    struct bc_sums_part parts[BC_CAUSE_N];
    size_t part_n;
};

struct bc_sums_diff {
    struct bc_sums_row *rows; /* by their numbers; those after the last are empty */
    size_t n, cap;
    bc_arena *arena;
};

/* `events`: name those behind each deal. Borrows the ways until it returns; the caller frees
 * *out. */
bc_status bc_sums_diff_make(struct bc_sums_diff **out, bc_timelines *timelines,
                            const struct bc_ways *ways, const struct bc_sums_asker *asker,
                            bool events, struct bc_err *err);
void bc_sums_diff_free(struct bc_sums_diff *diff); /* NULL is fine */
/* Whether anything of a row differs between the first and the second, in the figures of `bits`. */
bool bc_sums_differ(const struct bc_sums_row *row, unsigned bits);

#endif
