#include "tools/show/experiments.h"

#include "ledger/base/amount.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/show/cohort_cells.h"
#include "tools/show/stage_list.h"

#include <stdlib.h>

const char *const experiments_tables[EXPERIMENTS_TABLE_N] = { "experiments", "arms", "compare" };

/* --- rows --- */

static void begun_cell(struct row *row, const char *key, const struct bc_experiment *experiment,
                       size_t text)
{
    row_said(row, key, bc_experiment_text(&experiment->words, text));
}

static void instant_cell(struct row *row, const char *key, const struct bc_fact_at *fact)
{
    if (fact)
        row_instant(row, key, fact->occurred_us);
    else
        row_null(row, key);
}

static void word_cells(struct row *row, const struct bc_experiment *experiment)
{
    row_text(row, "experiment", experiment->words.id);
    begun_cell(row, "hypothesis", experiment, BC_TEXT_EXPERIMENT_HYPOTHESIS);
    begun_cell(row, "kind", experiment, BC_TEXT_EXPERIMENT_KIND);
    begun_cell(row, "metric", experiment, BC_TEXT_EXPERIMENT_METRIC);
    begun_cell(row, "target", experiment, BC_TEXT_EXPERIMENT_TARGET);
    begun_cell(row, "campaign", experiment, BC_TEXT_EXPERIMENT_CAMPAIGN);
    cohort_cells_amount(row, "cost", experiment->has_cost, experiment->cost);
    row_said(row, "currency", experiment->currency);
    instant_cell(row, "startedAt", experiment->words.first_begun);
    row_word(row, "state", experiment->words.concluded ? "concluded" : "running");
    row_said(row, "outcome", bc_experiment_end(&experiment->words, BC_TEXT_CONCLUSION_OUTCOME));
    row_said(row, "learning", bc_experiment_end(&experiment->words, BC_TEXT_CONCLUSION_LEARNING));
    instant_cell(row, "concludedAt", experiment->words.concluded);
}

void experiments_result(struct row *row, const struct bc_experiment *experiment,
                        const struct bc_cohort *cohort)
{
    const struct bc_cohort_beside *mails = &cohort->beside;

    cohort_cells_result(row, cohort, experiment->goal != BC_GOAL_OPENED);
    if (experiment->goal != BC_GOAL_OPENED)
        return;
    row_count(row, "sent", mails->sent);
    row_count(row, "opened", mails->opened);
    row_count(row, "replied", mails->replied);
    cohort_cells_figure(row, "openRate", CELL_RATE, mails->sent > 0,
                        (double)mails->opened / (double)mails->sent);
}

static void fill_all(struct row *row, const void *source, size_t i)
{
    const struct bc_experiment *experiment = source;

    (void)i;
    experiments_result(row, experiment, &experiment->cohort->all);
    cohort_cells_left_out(row, experiment->cohort);
}

static void fill_arm(struct row *row, const void *source, size_t i)
{
    const struct bc_experiment *experiment = source;
    const struct bc_cohort *arm = &experiment->cohort->rows[i];

    row_text(row, "arm", arm->values[0]);
    experiments_result(row, experiment, arm);
}

void experiments_compared(struct row *row, const void *source, size_t i)
{
    const struct experiment_shown *one = source;
    const struct bc_comparison *compared = &one->experiment->compare[i];

    row_text(row, "control", compared->control);
    row_text(row, "arm", compared->arm);
    cohort_cells_figure(row, "difference", CELL_POINTS, compared->known, compared->difference);
    cohort_cells_figure(row, "low", CELL_POINTS, compared->known, compared->low);
    cohort_cells_figure(row, "high", CELL_POINTS, compared->known, compared->high);
    row_figure(row, "p", CELL_NUMBER, compared->p);
    row_bool(row, "enough", compared->enough);
    row_bool(row, "sameTime", one->shown->ask->mature != BC_NOT_MATURE);
}

static void end_cells(struct row *row, const struct bc_experiment *experiment)
{
    const uint64_t converted = experiment->cohort->all.converted;
    const bool each = experiment->has_cost && converted > 0;

    if (experiment->met == BC_MET_UNKNOWN)
        row_null(row, "met");
    else
        row_bool(row, "met", experiment->met == BC_MET);
    cohort_cells_amount(row, "costPerConverted", each,
                        each ? bc_amount_divide(experiment->cost, converted) : 0);
}

void experiments_cells(struct row *row, const void *experiments_shown, size_t i)
{
    const struct experiments_shown *shown = experiments_shown;
    const struct bc_experiment *experiment = &shown->experiments->at[i];
    struct experiment_shown *one = row_alloc(row, sizeof(*one));

    *one = (struct experiment_shown){ shown, experiment };
    word_cells(row, experiment);
    stage_list_cell(row, "to", shown->basis->rules, experiment->to);
    row_row(row, "all", fill_all, experiment);
    row_rows(row, "arms", rows_of(fill_arm, experiment, experiment->cohort->row_n));
    row_rows(row, "compare", rows_of(experiments_compared, one, experiment->compare_n));
    end_cells(row, experiment);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct experiments_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    row_word(row, "slice", shown->basis->rules->slices[shown->ask->slice].name);
    cohort_cells_window(row, shown->ask);
    row_rows(row, "experiments", rows_of(experiments_cells, shown, shown->experiments->n));
    if (shown->ask->list)
        row_texts(row, "deals", shown->experiments->deals, shown->experiments->deal_n);
    notes_cells(row, &shown->basis->notes);
}

void experiments_json(const struct cmd_env *env, const struct experiments_shown *shown)
{
    print_json_of(env, fill, shown);
}

/* --- CSV --- */

/* The rows of all experiments in one table: which experiment's, and the how manieth. */
struct flat {
    struct experiment_shown one;
    size_t at;
};

static void fill_flat_arm(struct row *row, const void *source, size_t i)
{
    const struct flat *flat = (const struct flat *)source + i;

    row_text(row, "experiment", flat->one.experiment->words.id);
    fill_arm(row, flat->one.experiment, flat->at);
}

static void fill_flat_compared(struct row *row, const void *source, size_t i)
{
    const struct flat *flat = (const struct flat *)source + i;

    row_text(row, "experiment", flat->one.experiment->words.id);
    experiments_compared(row, &flat->one, flat->at);
}

static size_t arms_of(const struct bc_experiment *experiment)
{
    return experiment->cohort->row_n;
}

static size_t compared_of(const struct bc_experiment *experiment)
{
    return experiment->compare_n;
}

static void csv_flat(const struct cmd_env *env, const struct experiments_shown *shown,
                     struct columns columns, row_fill_fn *fill_row,
                     size_t (*rows_in)(const struct bc_experiment *experiment))
{
    const struct bc_experiments *experiments = shown->experiments;
    struct flat *flat;
    size_t n = 0;

    for (size_t i = 0; i < experiments->n; i++)
        n += rows_in(&experiments->at[i]);
    flat = bc_calloc(n + 1, sizeof(*flat));
    n = 0;
    for (size_t i = 0; i < experiments->n; i++)
        for (size_t at = 0; at < rows_in(&experiments->at[i]); at++)
            flat[n++] = (struct flat){ { shown, &experiments->at[i] }, at };
    print_csv_of(env->out, columns, rows_of(fill_row, flat, n));
    free(flat);
}

static void csv_experiments(const struct cmd_env *env, const struct experiments_shown *shown)
{
    static const struct column columns[] = {
        { .name = "experiment", .key = "experiment" },
        { .name = "hypothesis", .key = "hypothesis" },
        { .name = "kind", .key = "kind" },
        { .name = "metric", .key = "metric" },
        { .name = "target", .key = "target" },
        { .name = "campaign", .key = "campaign" },
        { .name = "cost", .key = "cost" },
        { .name = "currency", .key = "currency" },
        { .name = "startedAt", .key = "startedAt" },
        { .name = "state", .key = "state" },
        { .name = "outcome", .key = "outcome" },
        { .name = "learning", .key = "learning" },
        { .name = "concludedAt", .key = "concludedAt" },
        { .name = "to", .key = "to" },
        { .name = "met", .key = "met" },
        { .name = "costPerConverted", .key = "costPerConverted" },
    };

    print_csv_of(env->out, COLUMNS_OF(columns),
                 rows_of(experiments_cells, shown, shown->experiments->n));
}

static void csv_arms(const struct cmd_env *env, const struct experiments_shown *shown)
{
    static const struct column columns[] = {
        { .name = "experiment", .key = "experiment" },
        { .name = "arm", .key = "arm" },
        { .name = "n", .key = "n" },
        { .name = "converted", .key = "converted" },
        { .name = "failed", .key = "failed" },
        { .name = "open", .key = "open" },
        { .name = "already", .key = "already" },
        { .name = "rate", .key = "rate" },
        { .name = "low", .key = "low" },
        { .name = "high", .key = "high" },
        { .name = "resolvedRate", .key = "resolvedRate" },
        { .name = "resolvedLow", .key = "resolvedLow" },
        { .name = "resolvedHigh", .key = "resolvedHigh" },
        { .name = "meanDays", .key = "meanDays" },
        { .name = "medianDays", .key = "medianDays" },
        { .name = "p90Days", .key = "p90Days" },
        { .name = "sent", .key = "sent" },
        { .name = "opened", .key = "opened" },
        { .name = "replied", .key = "replied" },
        { .name = "openRate", .key = "openRate" },
    };

    csv_flat(env, shown, COLUMNS_OF(columns), fill_flat_arm, arms_of);
}

static void csv_compare(const struct cmd_env *env, const struct experiments_shown *shown)
{
    static const struct column columns[] = {
        { .name = "experiment", .key = "experiment" },
        { .name = "control", .key = "control" },
        { .name = "arm", .key = "arm" },
        { .name = "difference", .key = "difference" },
        { .name = "low", .key = "low" },
        { .name = "high", .key = "high" },
        { .name = "p", .key = "p" },
        { .name = "enough", .key = "enough" },
        { .name = "sameTime", .key = "sameTime" },
    };

    csv_flat(env, shown, COLUMNS_OF(columns), fill_flat_compared, compared_of);
}

void experiments_csv(const struct cmd_env *env, const struct experiments_shown *shown,
                     enum experiments_table table)
{
    static void (*const print[EXPERIMENTS_TABLE_N])(
        const struct cmd_env *env,
        const struct experiments_shown *shown) = { csv_experiments, csv_arms, csv_compare };

    print[table](env, shown);
}
