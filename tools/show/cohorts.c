#include "tools/show/cohorts.h"

#include "ledger/base/amount.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/by_value.h"
#include "tools/show/cohort_cells.h"
#include "tools/show/learning_cells.h"
#include "tools/show/stage_list.h"

#include <inttypes.h>
#include <stdlib.h>

/* --- rows --- */

/* A property may be named as any figure is, so in a table the columns of values have keys of ours.
 */
static const char *const value_keys[BC_COHORT_BY_MAX] = { "by 1", "by 2", "by 3", "by 4",
                                                          "by 5", "by 6", "by 7", "by 8" };

/* The values: for programs a list, in a table a column each, in a CSV joined. */
static void value_cells(struct row *row, const struct cohorts_shown *shown,
                        const struct bc_cohort *cohort)
{
    const struct bc_cohort_ask *ask = shown->ask;

    if (row_for_programs(row)) {
        learning_cells_list(row, "values", cohort->values, ask->by_n);
        return;
    }
    for (size_t i = 0; i < ask->by_n; i++)
        row_text(row, value_keys[i], by_value_said(row->names, ask->by[i].text, cohort->values[i]));
}

static void met_cell(struct row *row, const struct cohorts_shown *shown,
                     const struct bc_cohort *cohort)
{
    if (cohort->n)
        row_bool(row, "met", cohort->rate >= shown->basis->rules->learning.lead_target);
    else
        row_null(row, "met");
}

static void cost_cells(struct row *row, const struct cohorts_shown *shown, size_t i)
{
    const struct bc_cohort *cohort = &shown->cohorts->rows[i];
    const struct bc_lead_cost *cost = &shown->leads->costs[i];
    const bool shared = cost->known && cohort->converted > 0;
    const int64_t each = shared ? bc_amount_divide(cost->millionths, cohort->converted) : 0;

    met_cell(row, shown, cohort);
    cohort_cells_amount(row, "cost", cost->known, cost->millionths);
    if (cost->known)
        row_text(row, "currency", cost->currency);
    else
        row_null(row, "currency");
    cohort_cells_amount(row, "costPerConverted", shared, each);
    if (row_for_people(row) && shared)
        row_format(row, "each", "%.2f %.*s", (double)each / (double)BC_AMOUNT_ONE,
                   BC_STR_ARG(cost->currency));
}

void cohorts_row(struct row *row, const void *cohorts_shown, size_t i)
{
    const struct cohorts_shown *shown = cohorts_shown;
    const struct bc_cohort *all = &shown->cohorts->all, *cohort = &shown->cohorts->rows[i];

    value_cells(row, shown, cohort);
    cohort_cells_result(row, cohort, true);
    cohort_cells_figure(row, "lift", CELL_NUMBER, cohort->n && all->converted,
                        cohort->rate / all->rate);
    if (shown->leads)
        cost_cells(row, shown, i);
}

static struct rows all_rows(const struct cohorts_shown *shown)
{
    return rows_of(cohorts_row, shown, shown->cohorts->row_n);
}

/* --- JSON --- */

static void add_anchor(struct bc_buf *out, const struct cohorts_shown *shown)
{
    const struct bc_cohort_ask *ask = shown->ask;

    switch (ask->anchor) {
    case BC_ANCHOR_ENTRY:
        bc_buf_add_str(out, BC_STR("entry "));
        stage_list_add(out, shown->basis->rules, ask->at);
        break;
    case BC_ANCHOR_ENROLMENT:
        bc_buf_printf(out, "enrolment %.*s", BC_STR_ARG(ask->experiment));
        break;
    case BC_ANCHOR_LEAD:
        bc_buf_add_str(out, BC_STR("lead"));
        break;
    }
}

static bc_stage_set target(const struct cohorts_shown *shown)
{
    return shown->ask->to | bc_rules_closed(shown->basis->rules);
}

void cohorts_asked_cells(struct row *row, const struct cohorts_shown *shown)
{
    const struct bc_cohort_ask *ask = shown->ask;
    struct bc_str *keys;

    row_word(row, "slice", shown->basis->rules->slices[ask->slice].name);
    add_anchor(row_make(row), shown);
    row_made(row, "anchor");
    stage_list_cell(row, "to", shown->basis->rules, target(shown));
    keys = row_make_texts(row, "by", ask->by_n);
    for (size_t i = 0; i < ask->by_n; i++)
        keys[i] = ask->by[i].text;
    cohort_cells_window(row, ask);
    row_bool(row, "leakFree", !ask->late_values);
    if (shown->leads)
        row_figure(row, "target", CELL_RATE, shown->basis->rules->learning.lead_target);
}

static void fill_all(struct row *row, const void *source, size_t i)
{
    const struct cohorts_shown *shown = source;
    const struct bc_cohorts *cohorts = shown->cohorts;

    (void)i;
    cohort_cells_result(row, &cohorts->all, true);
    cohort_cells_left_out(row, cohorts);
    if (!shown->leads)
        return;
    row_count(row, "withoutDeal", cohorts->without_deal);
    met_cell(row, shown, &cohorts->all);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct cohorts_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    cohorts_asked_cells(row, shown);
    row_row(row, "all", fill_all, shown);
    row_rows(row, "rows", all_rows(shown));
    if (shown->ask->list)
        row_texts(row, "deals", shown->cohorts->deals, shown->cohorts->deal_n);
    notes_cells(row, &shown->basis->notes);
}

/* --- CSV, tables --- */

static void show_csv(const struct cmd_env *env, const struct cohorts_shown *shown)
{
    static const struct column columns[] = {
        { "values", "values", .dash = false },
        { "n", "n", .right = true },
        { "converted", "converted", .right = true },
        { "failed", "failed", .right = true },
        { "open", "open", .right = true },
        { "already", "already", .right = true },
        { "rate", "rate", .right = true },
        { "low", "low", .right = true },
        { "high", "high", .right = true },
        { "resolvedRate", "resolvedRate", .right = true },
        { "resolvedLow", "resolvedLow", .right = true },
        { "resolvedHigh", "resolvedHigh", .right = true },
        { "meanDays", "meanDays", .right = true },
        { "medianDays", "medianDays", .right = true },
        { "p90Days", "p90Days", .right = true },
        { "lift", "lift", .right = true },
        /* of leads: */
        { "met", "met", .dash = false },
        { "cost", "cost", .right = true },
        { "currency", "currency", .dash = false },
        { "costPerConverted", "costPerConverted", .right = true },
    };
    enum { COLUMN_N = sizeof(columns) / sizeof(columns[0]), OF_LEADS = 4 };

    print_csv_of(env->out,
                 (struct columns){ columns, shown->leads ? COLUMN_N : COLUMN_N - OF_LEADS },
                 all_rows(shown));
}

static void fill_total(struct row *row, const void *source, size_t i)
{
    const struct cohorts_shown *shown = source;

    if (i < shown->cohorts->row_n && shown->ask->by_n) {
        cohorts_row(row, source, i);
        return;
    }
    if (shown->ask->by_n) {
        row_word(row, value_keys[0], "all");
        row_color(row, "bold");
    }
    cohort_cells_result(row, &shown->cohorts->all, true);
}

/* The rows, and all of them together as the last. */
static void print_rows(const struct cmd_env *env, const struct cohorts_shown *shown)
{
    static const struct column figures[] = {
        { "N", "n", .right = true },
        { "CONVERTED", "converted", .right = true },
        { "FAILED", "failed", .right = true },
        { "OPEN", "open", .right = true },
        { "RATE", "rate", .right = true, .begins = true },
        { "FROM", "low", .right = true },
        { "TO", "high", .right = true },
        { "DAYS", "medianDays", .right = true },
        { "EACH", "each", .right = true, .dash = true }, /* of leads */
    };
    const size_t figure_n = sizeof(figures) / sizeof(figures[0]) - (shown->leads ? 0 : 1);
    const size_t by_n = shown->ask->by_n;
    struct column *columns = bc_calloc(by_n + figure_n, sizeof(*columns));

    for (size_t i = 0; i < by_n; i++)
        columns[i] = (struct column){ shown->ask->by[i].text.at, value_keys[i], .fit = COLUMN_WRAP,
                                      .least = 12, .stays = true };
    memcpy(columns + by_n, figures, figure_n * sizeof(*figures));
    print_table_of(env, (struct columns){ columns, by_n + figure_n },
                   rows_of(fill_total, shown, by_n ? shown->cohorts->row_n + 1 : 1));
    free(columns);
}

static void print_beside(const struct cmd_env *env, const char *what, uint64_t n)
{
    if (n)
        paragraph_legend(env, "%s: %" PRIu64, what, n);
}

void cohorts_print_head(const struct cmd_env *env, const struct cohorts_shown *shown)
{
    struct bc_buf text = { 0 };

    add_anchor(&text, shown);
    bc_buf_add_str(&text, BC_STR(", to "));
    stage_list_add(&text, shown->basis->rules, target(shown));
    bc_buf_printf(&text, ", slice %s", shown->basis->rules->slices[shown->ask->slice].name);
    paragraph_print(env, 0, bc_buf_str(&text));
    fputc('\n', env->out);
    bc_buf_release(&text);
}

static void show_table(const struct cmd_env *env, const struct cohorts_shown *shown)
{
    const struct bc_cohorts *cohorts = shown->cohorts;

    cohorts_print_head(env, shown);
    print_rows(env, shown);
    fputc('\n', env->out);
    paragraph_legend(env,
                     "FROM and TO: 95 %% interval of the rate. DAYS: median, of the converted.");
    if (shown->leads)
        paragraph_legend(env, "EACH: cost for each of the converted. The target is %g %%.",
                         shown->basis->rules->learning.lead_target * 100);
    print_beside(env, "of no deal, counted with the open ones", cohorts->without_deal);
    print_beside(env, "already there, in nothing else", cohorts->all.already);
    print_beside(env, "too young", cohorts->immature);
    print_beside(env, "only found there, when they came is not known", cohorts->excluded);
    print_beside(env, "gone since", cohorts->gone);
    if (shown->ask->late_values)
        paragraph_legend(env, "late values: what a property was set to later counts, too");
    if (shown->ask->list)
        learning_cells_deals(env, cohorts->deals, cohorts->deal_n);
}

void cohorts_show(const struct cmd_env *env, const struct cohorts_shown *shown, bool json, bool csv)
{
    if (json) {
        print_json_of(env, fill, shown);
    } else if (csv) {
        show_csv(env, shown);
    } else {
        show_table(env, shown);
        basis_print(env, shown->basis, &shown->basis->as_of_us);
    }
}
