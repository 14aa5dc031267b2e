#include "projections/report.h"

#include "projections/lists.h"
#include "projections/metrics/metric.h"
#include "projections/metrics/stats.h"
#include "projections/red_lines.h"

#include <stdlib.h>

/* A report under way. */
struct making {
    struct bc_report *report;
    bc_timelines *timelines;
    struct bc_dates dates;
    struct bc_look look;
    bc_folder *folder;
    struct bc_metric *metrics;
    int64_t **windows; /* of each metric; NULL: since the beginning */
    bc_red_lines *red_lines;
    const struct bc_report_options *options;
};

static bc_status see_deal(void *payload, struct bc_str deal, struct bc_str facts,
                          struct bc_err *err)
{
    struct making *making = payload;
    const struct bc_deal *folded;
    bc_status rc = bc_fold(making->folder, deal, facts, &folded, err);

    if (rc < 0)
        return rc;
    bc_look_at(&making->look, folded);
    if (making->look.stretch_n == 0)
        return BC_OK; /* gone at all the dates */
    if (making->options->keep_alone) {
        struct bc_metric *metric = &making->metrics[making->options->keep_metric];

        metric->look(metric, &making->look);
        return BC_OK;
    }
    for (size_t i = 0; i < making->report->rules->metric_n; i++)
        making->metrics[i].look(&making->metrics[i], &making->look);
    bc_red_lines_look(making->red_lines, &making->look);
    return BC_OK;
}

/* --- from tallies to cells --- */

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
    *cell = (struct bc_cell){ .n = (uint64_t)slice->n[date],
                              .excluded = (uint64_t)slice->excluded[date] };
    switch (metric->rule->kind) {
    case BC_COUNT:
    case BC_ENTRIES:
    case BC_MEETINGS:
        cell->has_value = true;
        cell->value = (double)cell->n;
        break;
    case BC_EMAIL_RATE:
    case BC_CONVERSION:
        fill_rate(cell, (uint64_t)slice->hit[date]);
        break;
    case BC_LEAD_TIME:
    case BC_TIME_IN_STAGE:
        fill_mean(cell, spread);
        break;
    }
}

static void fill_lists(struct making *making, const struct bc_metric *metric,
                       const struct bc_slice_tally *slice, struct bc_cell *cells)
{
    const bc_rules *rules = making->report->rules;
    size_t stride = rules->metric_n * rules->slice_n, date_n = making->dates.n;

    if (metric->rule->kind == BC_EMAIL_RATE)
        bc_lists_campaigns(cells, stride, date_n, slice, bc_timelines_words(making->timelines),
                           making->report->arena);
    if (metric->rule->kind == BC_TIME_IN_STAGE)
        bc_lists_stalled(cells, stride, date_n, slice, making->report->arena);
}

static void fill_metric(struct making *making, size_t m)
{
    const bc_rules *rules = making->report->rules;
    struct bc_metric *metric = &making->metrics[m];
    struct bc_spread *spreads = bc_calloc(making->dates.n, sizeof(*spreads));

    bc_tally_finish(&metric->tally);
    for (size_t s = 0; s < rules->slice_n; s++) {
        struct bc_slice_tally *slice = &metric->tally.slices[s];
        struct bc_cell *cells = &making->report->cells[m * rules->slice_n + s];

        if (metric->tally.mode == BC_TALLY_SAMPLES)
            bc_samples_spread(&slice->samples, making->dates.as_of_us, making->dates.n, spreads);
        for (size_t date = 0; date < making->dates.n; date++)
            fill_cell(metric, slice, (uint32_t)date, &spreads[date],
                      &cells[date * rules->metric_n * rules->slice_n]);
        if (making->options->lists)
            fill_lists(making, metric, slice, cells);
    }
    free(spreads);
}

/* --- the whole --- */

/* The facts about no deal hold the pivots. */
static bc_status begin_red_lines(struct making *making, struct bc_err *err)
{
    const bc_words *words = bc_timelines_words(making->timelines);
    struct bc_buf facts = { 0 };
    const struct bc_deal *pivots;
    bc_status rc = bc_timelines_facts(making->timelines, (struct bc_str){ 0 }, &facts, err);

    if (rc == BC_OK)
        rc = bc_fold(making->folder, (struct bc_str){ 0 }, bc_buf_str(&facts), &pivots, err);
    if (rc == BC_OK)
        making->red_lines = bc_red_lines_new(making->report->rules, &making->dates, words, pivots);
    bc_buf_release(&facts);
    return rc;
}

static void begin_metrics(struct making *making)
{
    const bc_rules *rules = making->report->rules;

    making->metrics = bc_calloc(rules->metric_n, sizeof(*making->metrics));
    making->windows = bc_calloc(rules->metric_n, sizeof(*making->windows));
    for (size_t i = 0; i < rules->metric_n; i++) {
        const struct bc_metric_rule *rule = &rules->metrics[i];

        if (rule->window_days != BC_NO_WINDOW)
            making->windows[i] = bc_dates_windows(&making->dates, rule->window_days);
        bc_metric_init(&making->metrics[i], rule, &making->dates, making->windows[i],
                       rules->slice_n, bc_timelines_words(making->timelines));
    }
    if (making->options->keep_slices)
        making->metrics[making->options->keep_metric].tally.keep_slices =
            making->options->keep_slices;
}

/* What was kept moves into the report, but for deals that others renew. */
static void take_kept(struct making *making)
{
    const struct bc_tally *tally = &making->metrics[making->options->keep_metric].tally;
    struct bc_report *report = making->report;

    report->kept = bc_reallocarray(NULL, tally->kept_n, sizeof(*report->kept));
    for (size_t i = 0; i < tally->kept_n; i++) {
        const struct bc_kept *kept = &tally->kept[i];

        if (tally->mode == BC_TALLY_RENEWABLE && bc_tally_renewed(tally, kept->share.id, 0))
            continue;
        report->kept[report->kept_n] = *kept;
        report->kept[report->kept_n++].deal = bc_arena_copy(report->arena, kept->deal);
    }
}

static void end(struct making *making)
{
    for (size_t i = 0; making->metrics && i < making->report->rules->metric_n; i++) {
        bc_metric_release(&making->metrics[i]);
        free(making->windows[i]);
    }
    free(making->metrics);
    free(making->windows);
    bc_red_lines_free(making->red_lines);
    bc_folder_free(making->folder);
    bc_look_release(&making->look);
    bc_dates_release(&making->dates);
}

static struct bc_report *report_new(const struct bc_question *question)
{
    struct bc_report *report = bc_calloc(1, sizeof(*report));
    const bc_rules *rules = question->rules;
    size_t n = question->date_n;

    *report = (struct bc_report){
        .rules = rules,
        .date_n = n,
        .as_of_us = bc_reallocarray(NULL, n, sizeof(int64_t)),
        .cells = bc_calloc(n * rules->metric_n * rules->slice_n, sizeof(struct bc_cell)),
        .red_lines = bc_calloc(n * rules->red_line_n, sizeof(struct bc_red_line_cell)),
        .arena = bc_arena_new(),
    };
    if (n)
        memcpy(report->as_of_us, question->as_of_us, n * sizeof(int64_t));
    return report;
}

bc_status bc_report_make(struct bc_report **out, bc_timelines *timelines,
                         const struct bc_question *question,
                         const struct bc_report_options *options, struct bc_err *err)
{
    const bc_words *words = bc_timelines_words(timelines);
    const bc_rules *rules = question->rules;
    struct making making = { .timelines = timelines, .options = options };
    struct bc_known known;
    bc_status rc = bc_question_known(question, bc_timelines_log(timelines), &known, err);

    if (rc < 0)
        return rc;
    making.report = report_new(question);
    bc_dates_init(&making.dates, rules->zone, question->as_of_us, question->date_n);
    bc_look_init(&making.look, rules, words, &making.dates);
    making.folder = bc_folder_new(words, rules, known);
    rc = begin_red_lines(&making, err);
    if (rc == BC_OK) {
        begin_metrics(&making);
        rc = bc_timelines_walk(timelines, see_deal, &making, err);
    }
    if (rc == BC_OK) {
        for (size_t i = 0; i < rules->metric_n; i++)
            fill_metric(&making, i);
        bc_red_lines_finish(making.red_lines, making.report->red_lines);
        if (options->keep_slices)
            take_kept(&making);
    }
    end(&making);
    if (rc < 0) {
        bc_report_free(making.report);
        return rc;
    }
    *out = making.report;
    return BC_OK;
}

void bc_report_free(struct bc_report *report)
{
    if (!report)
        return;
    free(report->as_of_us);
    free(report->cells);
    free(report->red_lines);
    free(report->kept);
    bc_arena_free(report->arena);
    free(report);
}
