#include "projections/cohorts/cohorts_diff.h"

#include "projections/cohorts/cohort_rows.h"

#include <stdlib.h>

enum { ROW_ALL = 0 }; /* the rows of values have the numbers from 1 on */

struct asking {
    const struct bc_cohorts_diff_ask *ask;
    bc_timelines *timelines;
    struct bc_cohorts_diff *diff;
    struct bc_cohort_rows rows; /* numbers of values */
    struct bc_buf key;
};

static size_t key_count(const struct asking *asking)
{
    return asking->ask->of[BC_WAY_TO].by_n;
}

static uint32_t number_of(struct asking *asking, const struct bc_str *values)
{
    asking->key.len = 0;
    for (size_t i = 0; i < key_count(asking); i++)
        bc_cohort_key_add(&asking->key, values[i]);
    return 1 + bc_cohort_rows_number(&asking->rows, bc_buf_str(&asking->key));
}

static void add_stakes(struct asking *asking, struct bc_sum_stakes *out,
                       const struct bc_cohorts *cohorts)
{
    static const enum bc_cohort_figure figures[] = {
        [BC_COHORT_CONVERTED] = BC_FIGURE_COHORT_CONVERTED,
        [BC_COHORT_FAILED] = BC_FIGURE_COHORT_FAILED,
        [BC_COHORT_OPEN] = BC_FIGURE_COHORT_OPEN,
    };

    for (size_t i = 0; i < cohorts->each_n; i++) {
        const struct bc_cohort_each *each = &cohorts->each[i];
        struct bc_sum_stake stake = { .of = { [BC_FIGURE_COHORT_N] = 1 } };

        if (each->outcome == BC_COHORT_ALREADY)
            continue;
        stake.of[figures[each->outcome]] = 1;
        stake.in = 1U << BC_FIGURE_COHORT_N | 1U << figures[each->outcome];
        bc_sum_stakes_add(out, each->deal, ROW_ALL, stake);
        if (key_count(asking))
            bc_sum_stakes_add(out, each->deal, number_of(asking, each->values), stake);
    }
}

enum bc_cohort_outcome bc_cohorts_diff_outcome(const struct bc_sum_stake *stake)
{
    return stake->of[BC_FIGURE_COHORT_CONVERTED] ? BC_COHORT_CONVERTED
           : stake->of[BC_FIGURE_COHORT_FAILED]  ? BC_COHORT_FAILED
                                                 : BC_COHORT_OPEN;
}

/* The first answer and the last are kept. */
static bc_status ask_point(void *payload, struct bc_sum_stakes *out, const struct bc_point *point,
                           struct bc_err *err)
{
    struct asking *asking = payload;
    struct bc_cohorts_diff *diff = asking->diff;
    struct bc_cohort_ask ask = asking->ask->of[point->as];
    struct bc_cohorts *cohorts = NULL;
    bc_status rc;

    ask.each = true;
    rc = bc_cohorts_make(&cohorts, asking->timelines, &point->question, &ask, err);
    if (rc < 0)
        return rc;
    add_stakes(asking, out, cohorts);
    if (diff->to && diff->to != diff->from)
        bc_cohorts_free(diff->to);
    if (!diff->from)
        diff->from = cohorts;
    diff->to = cohorts;
    return BC_OK;
}

/* --- rows --- */

static const struct bc_cohort *find(const struct bc_cohorts *cohorts, const struct bc_str *values,
                                    size_t n)
{
    for (size_t row = 0; row < cohorts->row_n; row++) {
        size_t same = 0;

        while (same < n && bc_str_eq(cohorts->rows[row].values[same], values[same]))
            same++;
        if (same == n)
            return &cohorts->rows[row];
    }
    return NULL;
}

/* A row that was numbered has stakes, but where all of its deals are already there. */
static const struct bc_sums_row *sums_of(const struct bc_cohorts_diff *diff, uint32_t number)
{
    static const struct bc_sums_row none;

    return number < diff->sums->n ? &diff->sums->rows[number] : &none;
}

static void add_rows(struct asking *asking, const struct bc_cohorts *of)
{
    struct bc_cohorts_diff *diff = asking->diff;
    const bool second = of == diff->to;

    for (size_t i = 0; i < of->row_n; i++) {
        const struct bc_str *values = of->rows[i].values;
        const struct bc_cohort *other =
            find(second ? diff->from : diff->to, values, key_count(asking));
        const struct bc_sums_row *sums = sums_of(diff, number_of(asking, values));

        if ((!second && other) || !bc_sums_differ(sums, UINT32_MAX))
            continue;
        diff->rows[diff->n++] = second ? (struct bc_cohorts_diff_row){ other, &of->rows[i], sums }
                                       : (struct bc_cohorts_diff_row){ &of->rows[i], NULL, sums };
    }
}

static void fill_rows(struct asking *asking)
{
    struct bc_cohorts_diff *diff = asking->diff;

    diff->all =
        (struct bc_cohorts_diff_row){ &diff->from->all, &diff->to->all, sums_of(diff, ROW_ALL) };
    diff->rows = bc_calloc(diff->from->row_n + diff->to->row_n + 1, sizeof(*diff->rows));
    if (key_count(asking) == 0)
        return;
    add_rows(asking, diff->to);
    if (diff->from != diff->to)
        add_rows(asking, diff->from);
}

bc_status bc_cohorts_diff_make(struct bc_cohorts_diff **out, bc_timelines *timelines,
                               const struct bc_ways *ways, const struct bc_cohorts_diff_ask *ask,
                               struct bc_err *err)
{
    struct asking asking = { .ask = ask, .timelines = timelines };
    const struct bc_sums_asker asker = { &asking, ask_point };
    bc_status rc;

    asking.diff = bc_calloc(1, sizeof(*asking.diff));
    rc = bc_sums_diff_make(&asking.diff->sums, timelines, ways, &asker, ask->events, err);
    if (rc == BC_OK)
        fill_rows(&asking);
    bc_cohort_rows_release(&asking.rows);
    bc_buf_release(&asking.key);
    if (rc < 0)
        bc_cohorts_diff_free(asking.diff);
    else
        *out = asking.diff;
    return rc;
}

void bc_cohorts_diff_free(struct bc_cohorts_diff *diff)
{
    if (!diff)
        return;
    if (diff->to != diff->from)
        bc_cohorts_free(diff->to);
    bc_cohorts_free(diff->from);
    bc_sums_diff_free(diff->sums);
    free(diff->rows);
    free(diff);
}
