#include "ledger/base/parallel.h"
#include "ledger/base/search.h"
#include "projections/report/cells.h"
#include "projections/report/report.h"
#include "projections/report/report_making.h"

#include <stdlib.h>

/* Reports of values, in their order. */
struct splitting {
    const struct bc_report_making *making;
    struct bc_report_split *split;
    size_t *order; /* of the values */
};

/* The report of one value, from its tallies, which are freed. */
static bc_status fill_value(void *payload, size_t i, struct bc_err *err)
{
    const struct splitting *splitting = payload;
    const struct bc_report_making *making = splitting->making;
    const size_t metric_n = making->metric_n;
    struct bc_metric *metrics = bc_calloc(metric_n, sizeof(*metrics));
    struct bc_report *report = splitting->split->reports[i];

    (void)err;
    for (size_t m = 0; m < metric_n; m++)
        bc_metric_take_value(&metrics[m], &making->metrics[m], (uint32_t)splitting->order[i]);
    bc_cells_fill_value(&(struct bc_cells){ report, metrics, metric_n, &making->dates, NULL });
    bc_report_making_take_lists(making, report, metrics);
    for (size_t m = 0; m < metric_n; m++)
        bc_metric_release(&metrics[m]);
    free(metrics);
    return BC_OK;
}

static struct bc_report_split *split(const struct bc_report_making *making,
                                     const struct bc_question *question)
{
    struct bc_report_split *out = bc_calloc(1, sizeof(*out));
    const struct bc_key_values *values = &making->values;
    const size_t date_n = making->dates.n;
    struct splitting splitting = { making, out, bc_key_values_order(values) };
    struct bc_err none = { 0 };

    *out = (struct bc_report_split){ .whole = making->report,
                                     .n = values->n,
                                     .arena = bc_arena_new() };
    out->values = bc_calloc(out->n + 1, sizeof(*out->values));
    out->slices = bc_calloc(out->n * date_n + 1, sizeof(*out->slices));
    out->reports = bc_calloc(out->n + 1, sizeof(struct bc_report *));
    for (size_t i = 0; i < out->n; i++) {
        out->values[i] = bc_arena_copy(out->arena, values->at[splitting.order[i]]);
        for (size_t date = 0; date < date_n; date++)
            out->slices[date * out->n + i] = values->slices[splitting.order[i]][date];
        out->reports[i] = bc_report_making_new(question, making->metric_n);
    }
    (void)bc_parallel(making->threads, out->n, fill_value, &splitting, &none);
    free(splitting.order);
    return out;
}

static bool is_too_many(const struct bc_report_making *making)
{
    bool found = making->values.n > making->value_most;

    for (size_t i = 0; i < making->part_n; i++)
        found = found || making->parts[i]->values.n > making->value_most;
    return found;
}

bc_status bc_report_make_split(struct bc_report_split **out, bc_timelines *timelines,
                               const struct bc_question *question,
                               const struct bc_splitter *splitter, size_t most,
                               const struct bc_report_options *options, struct bc_err *err)
{
    struct bc_report_making making = { 0 };
    bc_status rc = bc_report_making_begin(&making, timelines, question, splitter, options, err);

    making.value_most = most;
    if (rc == BC_OK)
        rc = bc_report_making_see(&making, 1, err);
    if (rc == BC_OK)
        bc_report_making_finish(&making);
    if (is_too_many(&making))
        rc = BC_DONE;
    if (rc == BC_OK)
        *out = split(&making, question);
    if (making.report)
        bc_report_making_end(&making);
    if (rc != BC_OK)
        bc_report_free(making.report);
    return rc;
}

bool bc_report_split_find(const struct bc_report_split *split, struct bc_str value, size_t *out)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, split->n, bc_str_cmp(split->values[at], value) < 0);
    *out = at;
    return at < split->n && bc_str_eq(split->values[at], value);
}

void bc_report_split_free(struct bc_report_split *split)
{
    if (!split)
        return;
    for (size_t i = 0; i < split->n; i++)
        bc_report_free(split->reports[i]);
    bc_report_free(split->whole);
    free(split->reports);
    free(split->values);
    free(split->slices);
    bc_arena_free(split->arena);
    free(split);
}
