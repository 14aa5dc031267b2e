#include "tools/show/signals.h"

#include "tools/cli/text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/cohort_cells.h"
#include "tools/show/learning_cells.h"
#include "tools/show/stage_list.h"

#include <inttypes.h>
#include <stdlib.h>

enum { LINE_LEN = 76 }; /* of a sentence */

const char *const signals_tables[SIGNALS_TABLE_N] = { "signals", "rows", "leftOut" };

/* --- rows --- */

/* A row of a signal, among those of all. */
struct place {
    const struct signals_shown *shown;
    const struct bc_signal *signal;
    const struct bc_cohort *cohort;
};

static void row_cells(struct row *row, const struct place *place)
{
    const struct bc_cohort *all = &place->shown->signals->all->all;
    const bool lift = place->cohort->n && all->converted;

    learning_cells_list(row, "values", place->cohort->values, 1);
    cohort_cells_result(row, place->cohort, true);
    cohort_cells_figure(row, "lift", CELL_NUMBER, lift, place->cohort->rate / all->rate);
}

/* Of a signal that stands in `place` without a row. */
static void fill_row(struct row *row, const void *source, size_t i)
{
    struct place place = *(const struct place *)source;

    place.cohort = &place.signal->split->rows[i];
    row_cells(row, &place);
}

static void fill_signal(struct row *row, const void *source, size_t i)
{
    const struct signals_shown *shown = source;
    const struct bc_signal *signal = &shown->signals->at[i];
    struct place *place = row_alloc(row, sizeof(*place));

    *place = (struct place){ .shown = shown, .signal = signal };
    row_text(row, "key", signal->key);
    row_figure(row, "gain", CELL_NUMBER, signal->gain);
    row_figure(row, "p", CELL_NUMBER, signal->p);
    row_count(row, "values", signal->values);
    row_rows(row, "rows", rows_of(fill_row, place, signal->split->row_n));
    if (row_for_people(row)) {
        row_format(row, "nats", "%.4f", signal->gain);
        row_format(row, "chance", "%.4f", signal->p);
    }
}

static void fill_left_out(struct row *row, const void *source, size_t i)
{
    const struct bc_left_out *left_out =
        &((const struct signals_shown *)source)->signals->left_out[i];

    row_text(row, "key", left_out->key);
    row_word(row, "reason", left_out->too_many ? "too_many_values" : "one_value");
}

static struct rows all_signals(const struct signals_shown *shown)
{
    return rows_of(fill_signal, shown, shown->signals->n);
}

static struct rows all_left_out(const struct signals_shown *shown)
{
    return rows_of(fill_left_out, shown, shown->signals->left_out_n);
}

static void fill_all(struct row *row, const void *source, size_t i)
{
    const struct bc_cohorts *all = source;

    (void)i;
    cohort_cells_result(row, &all->all, true);
    cohort_cells_left_out(row, all);
}

static bc_stage_set target(const struct signals_shown *shown)
{
    return shown->ask->to | bc_rules_closed(shown->basis->rules);
}

void signals_cells(struct row *row, const struct signals_shown *shown)
{
    const bc_rules *rules = shown->basis->rules;
    struct bc_buf *anchor;

    row_word(row, "slice", rules->slices[shown->ask->slice].name);
    anchor = row_make(row);
    bc_buf_add_str(anchor, BC_STR("entry "));
    stage_list_add(anchor, rules, shown->ask->at);
    row_made(row, "anchor");
    stage_list_cell(row, "to", rules, target(shown));
    cohort_cells_window(row, shown->ask);
    row_row(row, "all", fill_all, shown->signals->all);
    row_rows(row, "signals", all_signals(shown));
    row_rows(row, "leftOut", all_left_out(shown));
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct signals_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    signals_cells(row, shown);
    if (shown->ask->list)
        row_texts(row, "deals", shown->signals->all->deals, shown->signals->all->deal_n);
    notes_cells(row, &shown->basis->notes);
}

void signals_json(const struct cmd_env *env, const struct signals_shown *shown)
{
    print_json_of(env, fill, shown);
}

/* --- CSV --- */

static void csv_signals(const struct cmd_env *env, const struct signals_shown *shown)
{
    static const struct column columns[] = { { .name = "key", .key = "key" },
                                             { .name = "gain", .key = "gain" },
                                             { .name = "p", .key = "p" },
                                             { .name = "values", .key = "values" } };

    print_csv_of(env->out, COLUMNS_OF(columns), all_signals(shown));
}

static void fill_place(struct row *row, const void *source, size_t i)
{
    const struct place *place = (const struct place *)source + i;

    row_text(row, "key", place->signal->key);
    row_cells(row, place);
}

static void csv_rows(const struct cmd_env *env, const struct signals_shown *shown)
{
    static const struct column columns[] = {
        { .name = "key", .key = "key" },
        { .name = "values", .key = "values" },
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
        { .name = "lift", .key = "lift" },
    };
    const struct bc_signals *signals = shown->signals;
    struct place *places;
    size_t n = 0;

    for (size_t i = 0; i < signals->n; i++)
        n += signals->at[i].split->row_n;
    places = bc_calloc(n + 1, sizeof(*places));
    n = 0;
    for (size_t i = 0; i < signals->n; i++)
        for (size_t at = 0; at < signals->at[i].split->row_n; at++)
            places[n++] = (struct place){ shown, &signals->at[i], &signals->at[i].split->rows[at] };
    print_csv_of(env->out, COLUMNS_OF(columns), rows_of(fill_place, places, n));
    free(places);
}

static void csv_left_out(const struct cmd_env *env, const struct signals_shown *shown)
{
    static const struct column columns[] = { { .name = "key", .key = "key" },
                                             { .name = "reason", .key = "reason" } };

    print_csv_of(env->out, COLUMNS_OF(columns), all_left_out(shown));
}

void signals_csv(const struct cmd_env *env, const struct signals_shown *shown,
                 enum signals_table table)
{
    static void (*const print[SIGNALS_TABLE_N])(
        const struct cmd_env *env, const struct signals_shown *shown) = { csv_signals, csv_rows,
                                                                          csv_left_out };

    print[table](env, shown);
}

/* --- for people --- */

static void put_asked(const struct cmd_env *env, const struct signals_shown *shown)
{
    const bc_rules *rules = shown->basis->rules;
    const struct bc_cohort *all = &shown->signals->all->all;
    struct bc_buf text = { 0 };

    bc_buf_add_str(&text, BC_STR("entry "));
    stage_list_add(&text, rules, shown->ask->at);
    bc_buf_add_str(&text, BC_STR(", to "));
    stage_list_add(&text, rules, target(shown));
    bc_buf_printf(&text, ", slice %s", rules->slices[shown->ask->slice].name);
    paragraph_print(env, 0, bc_buf_str(&text));
    fprintf(env->out,
            "%" PRIu64 " deals: %" PRIu64 " converted, %" PRIu64 " failed, %" PRIu64 " open\n\n",
            all->n, all->converted, all->failed, all->open);
    bc_buf_release(&text);
}

static void put_left_out(const struct cmd_env *env, const struct bc_signals *signals, bool too_many,
                         const char *before)
{
    size_t column = 0;

    for (size_t i = 0; i < signals->left_out_n; i++) {
        const struct bc_str key = signals->left_out[i].key;

        if (signals->left_out[i].too_many != too_many)
            continue;
        if (column && column + key.len > LINE_LEN) {
            fputs(",\n  ", env->out);
            column = 2;
        } else {
            fputs(column ? ", " : before, env->out);
            column += column ? 2 : strlen(before);
        }
        text_put(env->out, key);
        column += key.len;
    }
    if (column)
        fputc('\n', env->out);
}

static void put_how_to_read(const struct cmd_env *env, const struct signals_shown *shown)
{
    fputc('\n', env->out);
    paragraph_legend(env,
                     "P: how often luck alone makes the values as unlike. With %zu keys expect "
                     "%.1f under 0.05 by luck. GAIN: what a key tells, in nats. The values of a "
                     "key: backcast cohorts --by KEY.",
                     shown->signals->n, (double)shown->signals->n / 20);
    if (shown->ask->mature == BC_NOT_MATURE)
        paragraph_legend(env, "Without --mature, keys bound to time (month, quarter, year, icp, "
                              "playbook, arm:EXPERIMENT) may tell age, not effect.");
}

/* What no deal did, of those that a key would have to tell apart; NULL: some did each. */
static const char *missing(const struct bc_cohort *all)
{
    if (all->n == 0 || (all->converted && all->failed))
        return NULL;
    return all->converted ? "failed" : all->failed ? "converted" : "converted or failed";
}

static void put_keys(const struct cmd_env *env, const struct signals_shown *shown)
{
    static const struct column columns[] = { { "KEY", "key", .fit = COLUMN_WRAP },
                                             { "P", "chance", .right = true },
                                             { "GAIN", "nats", .right = true },
                                             { "VALUES", "values", .right = true } };
    const struct bc_cohort *all = &shown->signals->all->all;

    if (missing(all)) {
        fprintf(env->out, "nothing %s among %" PRIu64 ", so no key can tell anything\n",
                missing(all), all->n);
        return;
    }
    print_table_of(env, COLUMNS_OF(columns), all_signals(shown));
    if (shown->signals->n)
        put_how_to_read(env, shown);
}

void signals_print_table(const struct cmd_env *env, const struct signals_shown *shown)
{
    const struct bc_signals *signals = shown->signals;

    put_asked(env, shown);
    put_keys(env, shown);
    put_left_out(env, signals, false, "one value: ");
    put_left_out(env, signals, true, "more than 50 values: ");
}

void signals_print(const struct cmd_env *env, const struct signals_shown *shown)
{
    const struct bc_signals *signals = shown->signals;

    signals_print_table(env, shown);
    if (shown->ask->list)
        learning_cells_deals(env, signals->all->deals, signals->all->deal_n);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
