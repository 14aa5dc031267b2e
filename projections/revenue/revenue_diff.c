#include "projections/revenue/revenue_diff.h"

#include <stdlib.h>

struct asking {
    const struct bc_revenue_diff_ask *ask;
    bc_timelines *timelines;
    struct bc_revenue_diff *diff;
};

/* Rows are numbered by month. */
static void add_stakes(struct asking *asking, struct bc_sum_stakes *out,
                       const struct bc_revenue *revenue)
{
    const int32_t first = asking->ask->of[BC_WAY_TO].from;
    const unsigned told = (1U << BC_REVENUE_DIFF_FIGURES) - 1;

    for (size_t i = 0; i < revenue->each_n; i++) {
        const struct bc_revenue_each *each = &revenue->each[i];
        struct bc_sum_stake stake = { .in = each->figures & told };

        for (size_t f = 0; f < BC_REVENUE_DIFF_FIGURES; f++)
            if (stake.in >> f & 1)
                stake.of[f] = each->worth;
        if (stake.in)
            bc_sum_stakes_add(out, each->deal, (uint32_t)(each->month - first), stake);
    }
}

/* The first answer and the last are kept. */
static bc_status ask_point(void *payload, struct bc_sum_stakes *out, const struct bc_point *point,
                           struct bc_err *err)
{
    struct asking *asking = payload;
    struct bc_revenue_diff *diff = asking->diff;
    struct bc_revenue_ask ask = asking->ask->of[point->as];
    struct bc_revenue *revenue = NULL;
    bc_status rc;

    ask.each = true;
    ask.rows_only = true;
    rc = bc_revenue_make(&revenue, asking->timelines, &point->question, &ask, err);
    if (rc < 0)
        return rc;
    add_stakes(asking, out, revenue);
    if (diff->to && diff->to != diff->from)
        bc_revenue_free(diff->to);
    if (!diff->from)
        diff->from = revenue;
    diff->to = revenue;
    return BC_OK;
}

static void fill_rows(struct bc_revenue_diff *diff)
{
    static const struct bc_sums_row none;

    diff->rows = bc_calloc(diff->to->row_n, sizeof(*diff->rows));
    for (size_t i = 0; i < diff->to->row_n; i++) {
        const struct bc_sums_row *sums = i < diff->sums->n ? &diff->sums->rows[i] : &none;
        const struct bc_revenue_row *from = &diff->from->rows[i], *to = &diff->to->rows[i];

        if (from->fmrr != to->fmrr || bc_sums_differ(sums, UINT32_MAX))
            diff->rows[diff->n++] = (struct bc_revenue_diff_row){ from, to, sums };
    }
}

bc_status bc_revenue_diff_make(struct bc_revenue_diff **out, bc_timelines *timelines,
                               const struct bc_ways *ways, const struct bc_revenue_diff_ask *ask,
                               struct bc_err *err)
{
    struct asking asking = { .ask = ask, .timelines = timelines };
    const struct bc_sums_asker asker = { &asking, ask_point };
    bc_status rc;

    asking.diff = bc_calloc(1, sizeof(*asking.diff));
    rc = bc_sums_diff_make(&asking.diff->sums, timelines, ways, &asker, ask->events, err);
    if (rc < 0) {
        bc_revenue_diff_free(asking.diff);
        return rc;
    }
    fill_rows(asking.diff);
    *out = asking.diff;
    return BC_OK;
}

void bc_revenue_diff_free(struct bc_revenue_diff *diff)
{
    if (!diff)
        return;
    if (diff->to != diff->from)
        bc_revenue_free(diff->to);
    bc_revenue_free(diff->from);
    bc_sums_diff_free(diff->sums);
    free(diff->rows);
    free(diff);
}
