#include "tools/show/losses.h"

#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/learning_cells.h"

#include <inttypes.h>

const char *const losses_tables[LOSSES_TABLE_N] = { "byStage", "byReason", "byIcp", "reengage" };

static void value_cell(struct row *row, struct bc_str value)
{
    row_text(row, "value", value.len || row_for_programs(row) ? value : BC_STR("none"));
}

/* By stage, reason and ICP: one filler each, since a row knows its source alone. */
static void fill_count(struct row *row, const struct losses_shown *shown, enum bc_loss_by by,
                       size_t i)
{
    value_cell(row, shown->losses->by[by].at[i].value);
    row_count(row, "n", shown->losses->by[by].at[i].n);
}

static void fill_by_stage(struct row *row, const void *source, size_t i)
{
    fill_count(row, source, BC_LOSS_BY_STAGE, i);
}

static void fill_by_reason(struct row *row, const void *source, size_t i)
{
    fill_count(row, source, BC_LOSS_BY_REASON, i);
}

static void fill_by_icp(struct row *row, const void *source, size_t i)
{
    fill_count(row, source, BC_LOSS_BY_ICP, i);
}

static void fill_pair(struct row *row, const void *source, size_t i)
{
    const struct bc_loss_pair *pair = &((const struct losses_shown *)source)->losses->pairs[i];

    row_text(row, "stage", pair->stage);
    row_text(row, "reason", pair->reason);
    row_count(row, "n", pair->n);
    row_count(row, "stageN", pair->stage_n);
}

static void fill_reengage(struct row *row, const void *source, size_t i)
{
    const struct losses_shown *shown = source;
    const struct bc_reengage *reengage = &shown->losses->reengage[i];

    row_text(row, "deal", reengage->deal);
    if (shown->names)
        row_said(row, "name", bc_names_of(shown->names, reengage->deal));
    row_text(row, "date", reengage->date);
    row_bool(row, "due", reengage->due);
    if (row_for_people(row))
        row_word(row, "state", reengage->due ? "due" : "not yet");
    if (row_for_people(row) && reengage->due)
        row_color(row, "yellow");
}

static struct rows rows_in(const struct losses_shown *shown, enum losses_table table)
{
    static row_fill_fn *const fill[LOSSES_TABLE_N] = { fill_by_stage, fill_by_reason, fill_by_icp,
                                                       fill_reengage };

    return rows_of(fill[table], shown,
                   table == LOSSES_REENGAGE ? shown->losses->reengage_n
                                            : shown->losses->by[table].n);
}

void losses_cells(struct row *row, const struct losses_shown *shown)
{
    row_word(row, "slice", shown->basis->rules->slices[shown->ask->slice].name);
    learning_cells_since(row, shown->ask->since_us);
    row_count(row, "n", shown->losses->n);
    for (size_t table = 0; table < LOSSES_TABLE_N; table++)
        row_rows(row, losses_tables[table], rows_in(shown, (enum losses_table)table));
    if (row_for_pages(row))
        row_rows(row, "reasonsByStage", rows_of(fill_pair, shown, shown->losses->pair_n));
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct losses_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    losses_cells(row, shown);
    if (shown->ask->list)
        row_texts(row, "deals", shown->losses->deals, shown->losses->deal_n);
    notes_cells(row, &shown->basis->notes);
}

void losses_show_json(const struct cmd_env *env, const struct losses_shown *shown)
{
    print_json_of(env, fill, shown);
}

void losses_show_csv(const struct cmd_env *env, const struct losses_shown *shown,
                     enum losses_table table)
{
    static const struct column counts[] = { { "value", "value", .dash = false },
                                            { "n", "n", .right = true } };
    static const struct column reengage[] = { { "deal", "deal", .dash = false },
                                              { "date", "date", .dash = false },
                                              { "due", "due", .dash = false } };
    const struct columns columns =
        table == LOSSES_REENGAGE ? COLUMNS_OF(reengage) : COLUMNS_OF(counts);

    print_csv_of(env->out, columns, rows_in(shown, table));
}

static void print_counts(const struct cmd_env *env, const struct losses_shown *shown,
                         enum losses_table table, const char *heading)
{
    const struct column columns[] = { { heading, "value", .fit = COLUMN_WRAP },
                                      { "N", "n", .right = true } };

    if (shown->losses->by[table].n == 0)
        return;
    fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_in(shown, table));
}

static void print_reengage(const struct cmd_env *env, const struct losses_shown *shown)
{
    static const struct column columns[] = { { "ASK AGAIN", "deal", .fit = COLUMN_MIDDLE },
                                             COLUMN_NAME_OF("deal"),
                                             { "FROM", "date", .dash = false },
                                             { "STATE", "state", .dash = false } };

    if (shown->losses->reengage_n == 0)
        return;
    fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_in(shown, LOSSES_REENGAGE));
}

void losses_print_counts(const struct cmd_env *env, const struct losses_shown *shown)
{
    fprintf(env->out, "lost: %" PRIu64 ", slice %s\n", shown->losses->n,
            shown->basis->rules->slices[shown->ask->slice].name);
    print_counts(env, shown, LOSSES_BY_STAGE, "LEFT STAGE");
    print_counts(env, shown, LOSSES_BY_REASON, "REASON");
    print_counts(env, shown, LOSSES_BY_ICP, "ICP THEN");
}

void losses_show(const struct cmd_env *env, const struct losses_shown *shown)
{
    const struct bc_losses *losses = shown->losses;

    losses_print_counts(env, shown);
    print_reengage(env, shown);
    if (shown->ask->list)
        learning_cells_deals(env, losses->deals, losses->deal_n);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
