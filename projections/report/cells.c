#include "projections/report/cells.h"

#include "ledger/base/parallel.h"
#include "projections/metrics/stats.h"

#include <stdlib.h>

static void fill_rate(struct bc_cell *cell, uint64_t hits)
{
    cell->hit = hits;
    cell->has_value = cell->n > 0;
    if (!cell->has_value)
        return;
    cell->value = (double)hits / (double)cell->n;
    bc_wilson(hits, cell->n, &cell->low, &cell->high);
}

static void fill_mean(struct bc_cell *cell, const struct bc_spread *spread)
{
    cell->has_value = spread->n > 0;
    cell->value = spread->mean;
    cell->median = spread->median;
    cell->p90 = spread->p90;
    cell->closed_n = spread->fixed_n;
    cell->closed_mean = spread->fixed_mean;
}

static void fill_cell(const struct bc_metric *metric, const struct bc_slice_tally *slice,
                      uint32_t date, const struct bc_spread *spread, struct bc_cell *cell)
{
    *cell = (struct bc_cell){ .n = (uint64_t)slice->n[date] };
    switch (bc_rules_kind(metric->rule)->measure) {
    case BC_MEASURE_COUNT:
        cell->has_value = true;
        cell->value = (double)cell->n;
        break;
    case BC_MEASURE_RATE:
        fill_rate(cell, (uint64_t)slice->hit[date]);
        break;
    case BC_MEASURE_DAYS:
        fill_mean(cell, spread);
        cell->excluded = (uint64_t)slice->excluded[date];
        break;
    }
}

/* One slice of a metric, whose tally is finished, at all dates. */
static void fill_slice(const struct bc_cells *cells, size_t m, size_t s)
{
    const bc_rules *rules = cells->report->rules;
    const struct bc_metric *metric = &cells->metrics[m];
    struct bc_cell *out = &cells->report->cells[m * rules->slice_n + s];
    const size_t date_n = cells->dates->n;
    struct bc_spread *spreads = bc_calloc(date_n, sizeof(*spreads));

    if (metric->tally.mode == BC_TALLY_SAMPLES)
        bc_samples_spread(&metric->tally.samples, (unsigned)s, cells->dates->as_of_us, date_n,
                          spreads);
    for (size_t date = 0; date < date_n; date++)
        fill_cell(metric, &metric->tally.slices[s], (uint32_t)date, &spreads[date],
                  &out[date * rules->metric_n * rules->slice_n]);
    free(spreads);
}

static bool has_samples(const struct bc_cells *cells, size_t m)
{
    return cells->metrics[m].tally.mode == BC_TALLY_SAMPLES;
}

/* The red lines, or after them a metric without samples. */
static bc_status finish_one(void *payload, size_t i, struct bc_err *err)
{
    const struct bc_cells *cells = payload;

    (void)err;
    if (i == 0)
        bc_red_lines_finish(cells->red_lines, cells->report->red_lines);
    else if (!has_samples(cells, i - 1))
        bc_tally_finish(&cells->metrics[i - 1].tally);
    return BC_OK;
}

static bc_status rank_one(void *payload, size_t m, struct bc_err *err)
{
    const struct bc_cells *cells = payload;

    (void)err;
    if (has_samples(cells, m))
        bc_tally_finish(&cells->metrics[m].tally);
    return BC_OK;
}

static bc_status fill_one(void *payload, size_t i, struct bc_err *err)
{
    const struct bc_cells *cells = payload;
    size_t slice_n = cells->report->rules->slice_n;

    (void)err;
    fill_slice(cells, i / slice_n, i % slice_n);
    return BC_OK;
}

/* Samples come last: by then the id ranges, which take the most memory, are freed. */
void bc_cells_fill(const struct bc_cells *of, unsigned threads)
{
    const size_t metric_n = of->metric_n, slice_n = of->report->rules->slice_n;
    struct bc_cells cells = *of;
    struct bc_err none = { 0 };

    (void)bc_parallel(threads, metric_n + 1, finish_one, &cells, &none);
    bc_mem_give_back();
    (void)bc_parallel(threads, metric_n, rank_one, &cells, &none);
    (void)bc_parallel(threads, metric_n * slice_n, fill_one, &cells, &none);
}

void bc_cells_fill_value(const struct bc_cells *cells)
{
    const bc_rules *rules = cells->report->rules;

    for (size_t m = 0; m < cells->metric_n; m++) {
        bc_tally_finish(&cells->metrics[m].tally);
        for (size_t slice = 0; slice < rules->slice_n; slice++)
            fill_slice(cells, m, slice);
    }
}
