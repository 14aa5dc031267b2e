#include "tools/show/deals.h"

#include "tools/cli/names.h"
#include "tools/print/cell_text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/learning_cells.h"
#include "tools/show/named.h"
#include "tools/show/stage_list.h"

/* --- a deal --- */

/* For people without a dash where there is none. */
static void said_cell(struct row *row, const char *key, struct bc_str text)
{
    if (text.len || row_for_programs(row))
        row_said(row, key, text);
}

static void days_cell(struct row *row, const char *key, bool is, int64_t us)
{
    row_figure(row, key, is ? CELL_DAYS : CELL_NULL, (double)us / (double)BC_DAY_US);
}

/* For people with its currency, where that is another one than the rules have. */
static void money_cell(struct row *row, const char *key, const struct deals_shown *shown,
                       const struct bc_deal_row *deal, int64_t millionths)
{
    const char *usual = shown->basis->rules->revenue.currency;
    const bc_int128 amount = millionths;
    const struct cell cell = { .kind = CELL_AMOUNT, .millionths = &amount };
    struct bc_buf *text;

    if (row_for_programs(row) || bc_str_eq(deal->currency, bc_str_of(usual))) {
        row_amount(row, key, millionths);
        return;
    }
    text = row_make(row);
    cell_text_add(text, &cell, row->times);
    bc_buf_printf(text, " %.*s", BC_STR_ARG(deal->currency));
    row_made(row, key);
}

static void money_cells(struct row *row, const struct deals_shown *shown,
                        const struct bc_deal_row *deal)
{
    if (deal->has_amount)
        money_cell(row, "amount", shown, deal, deal->amount);
    else if (row_for_programs(row))
        row_null(row, "amount");
    if (deal->has_mrr)
        money_cell(row, "mrr", shown, deal, deal->mrr);
    else if (row_for_programs(row))
        row_null(row, "mrr");
    row_text(row, "currency", deal->currency);
}

static void finding_cells(struct row *row, const struct bc_deal_row *deal)
{
    struct bc_str *kinds = row_alloc(row, BC_FINDING_KIND_N * sizeof(*kinds));
    size_t n = 0;

    for (unsigned kind = 0; kind < BC_FINDING_KIND_N; kind++)
        if (deal->findings >> kind & 1)
            kinds[n++] = bc_str_of(bc_finding_row((enum bc_finding_kind)kind)->word);
    row_count(row, "findings", deal->finding_n);
    learning_cells_list(row, "findingKinds", kinds, n);
}

/* What a spreadsheet has in cells of its own. */
static void flat_cells(struct row *row, const struct bc_deal_row *deal)
{
    if (!deal->last.what)
        return;
    row_word(row, "last", bc_schema(deal->last.what)->json_name);
    row_instant(row, "lastAt", deal->last.at_us);
}

static void whole_days_cell(struct row *row, const char *key, int64_t us)
{
    row_integer(row, key, us / BC_DAY_US);
}

/* What a table has in other words. */
static void short_cells(struct row *row, const struct bc_deal_row *deal, const struct basis *basis)
{
    if (deal->stage.len)
        whole_days_cell(row, "for", deal->in_stage_us);
    whole_days_cell(row, "old", deal->age_us);
    if (deal->last.what) {
        whole_days_cell(row, "idle", basis->as_of_us - deal->last.at_us);
        learning_cells_done(row_make(row), deal->last.what);
        row_made(row, "last");
    }
    if (deal->next_meeting_us != BC_NEVER)
        named_date(row, "next", bc_zone_day(basis->rules->zone, deal->next_meeting_us));
    if (deal->finding_n)
        row_count(row, "odd", deal->finding_n);
    if (deal->stalled || deal->parked)
        row_word(row, "waits", deal->stalled ? "stalled" : "parked");
    if (deal->stalled)
        row_color(row, "yellow");
}

const char *const deals_properties[] = { "company",     "contract_start", "contract_end",
                                         "icp_version", "tier",           "renews",
                                         NULL };

static void property_cells(struct row *row, const struct bc_deal_row *deal)
{
    for (size_t i = 0; deal->properties && deals_properties[i]; i++)
        row_said(row, deals_properties[i], deal->properties[i]);
}

static void fill_row(struct row *row, const void *source, size_t i)
{
    const struct deals_shown *shown = source;
    const struct bc_deal_row *deal = &shown->deals->at[i];

    row_text(row, "deal", deal->deal);
    said_cell(row, "name", deal->name);
    said_cell(row, "owner", deal->owner);
    said_cell(row, "stage", deal->stage);
    days_cell(row, "days", deal->stage.len > 0, deal->in_stage_us);
    row_bool(row, "stalled", deal->stalled);
    if (deal->parked)
        named_date(row, "parkedUntil", deal->parked_until);
    else
        row_null(row, "parkedUntil");
    days_cell(row, "age", true, deal->age_us);
    said_cell(row, "type", deal->type);
    money_cells(row, shown, deal);
    learning_cells_last(row, &deal->last);
    if (deal->next_meeting_us != BC_NEVER)
        row_instant(row, "nextMeeting", deal->next_meeting_us);
    else
        row_null(row, "nextMeeting");
    finding_cells(row, deal);
    if (row_for_pages(row))
        property_cells(row, deal);
    if (!row_for_programs(row))
        short_cells(row, deal, shown->basis);
    else if (row_for_people(row))
        flat_cells(row, deal);
}

static struct rows deal_rows(const struct deals_shown *shown)
{
    return rows_of(fill_row, shown, shown->deals->n);
}

/* --- all of them --- */

static void asked_cells(struct row *row, const struct deals_shown *shown)
{
    const bc_rules *rules = shown->basis->rules;
    const struct bc_deal_list_ask *ask = shown->ask;

    row_word(row, "slice", rules->slices[ask->slice].name);
    stage_list_cell(row, "stages", rules, ask->stages);
    row_bool(row, "open", ask->open);
    if (ask->by_owner)
        row_text(row, "owner", ask->owner);
    else
        row_null(row, "owner");
    row_bool(row, "stalled", ask->only & BC_DEALS_STALLED);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct deals_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->as_of_us);
    asked_cells(row, shown);
    row_count(row, "n", shown->n);
    row_rows(row, "rows", deal_rows(shown));
    notes_cells(row, &shown->basis->notes);
}

void deals_show_json(const struct cmd_env *env, const struct deals_shown *shown)
{
    print_json_of(env, fill, shown);
}

void deals_show_csv(const struct cmd_env *env, const struct deals_shown *shown)
{
    static const struct column columns[] = {
        { "deal", "deal", .dash = false },
        { "name", "name", .dash = false },
        { "owner", "owner", .dash = false },
        { "stage", "stage", .dash = false },
        { "days", "days", .right = true },
        { "stalled", "stalled", .dash = false },
        { "parkedUntil", "parkedUntil", .dash = false },
        { "age", "age", .right = true },
        { "type", "type", .dash = false },
        { "amount", "amount", .right = true },
        { "mrr", "mrr", .right = true },
        { "currency", "currency", .dash = false },
        { "lastActivity", "last", .dash = false },
        { "lastActivityAt", "lastAt", .dash = false },
        { "nextMeeting", "nextMeeting", .dash = false },
        { "findings", "findings", .right = true },
        { "findingKinds", "findingKinds", .dash = false },
    };

    print_csv_of(env->out, COLUMNS_OF(columns), deal_rows(shown));
}

enum { NAME_COLUMN = 1 };
static const struct column table_columns[] = {
    { "DEAL", "deal", .fit = COLUMN_MIDDLE, .least = 20 },
    [NAME_COLUMN] = { "NAME", "name", .fit = COLUMN_END, .least = 12 },
    { "OWNER", "owner", .fit = COLUMN_MIDDLE, .least = 7, .leave = 1, .shows = COLUMN_PERSON },
    { "STAGE", "stage", .dash = false },
    { "DAYS", "for", .right = true },
    { "WAITS", "waits", .dash = false },
    { "IDLE", "idle", .right = true },
    { "NEXT", "next", .dash = false },
    { "LAST", "last", .leave = 4 },
    { "ODD", "odd", .right = true, .leave = 3 },
    { "AMOUNT", "amount", .right = true, .leave = 5 },
    { "MRR", "mrr", .right = true, .leave = 6 },
    { "AGE", "old", .right = true, .leave = 7 },
    { "TYPE", "type", .leave = 8 },
};
enum { TABLE_COLUMN_N = sizeof(table_columns) / sizeof(table_columns[0]) };

/* Names may be left out, and where there are none there is no column. */
static bool has_names(const struct cmd_env *env, const struct bc_deal_list *deals)
{
    for (size_t i = 0; (!env->names || !env->names->off) && i < deals->n; i++)
        if (deals->at[i].name.len)
            return true;
    return false;
}

static void print_deals(const struct cmd_env *env, const struct deals_shown *shown)
{
    const bool named = has_names(env, shown->deals);
    struct column columns[TABLE_COLUMN_N];
    size_t n = 0;

    for (size_t i = 0; i < TABLE_COLUMN_N; i++)
        if (named || i != NAME_COLUMN)
            columns[n++] = table_columns[i];
    print_table_of(env, (struct columns){ columns, n }, deal_rows(shown));
}

/* Says what columns mean that have something in them. */
static void print_legend(const struct cmd_env *env, const struct bc_deal_list *deals)
{
    bool next = false, odd = false;

    for (size_t i = 0; i < deals->n; i++) {
        next |= deals->at[i].next_meeting_us != BC_NEVER;
        odd |= deals->at[i].finding_n > 0;
    }
    paragraph_legend(env, "DAYS: in the stage. IDLE: days since something was done.%s%s",
                     next ? " NEXT: the next meeting." : "", odd ? " ODD: findings." : "");
}

void deals_show(const struct cmd_env *env, const struct deals_shown *shown)
{
    fprintf(env->out, "deals: %zu, slice %s", shown->n,
            shown->basis->rules->slices[shown->ask->slice].name);
    if (shown->deals->n && shown->deals->n < shown->n)
        fprintf(env->out, ", shown: %zu to %zu", shown->skipped + 1,
                shown->skipped + shown->deals->n);
    fputc('\n', env->out);
    if (shown->deals->n) {
        fputc('\n', env->out);
        print_deals(env, shown);
        fputc('\n', env->out);
        print_legend(env, shown->deals);
    }
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
