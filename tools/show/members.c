#include "tools/show/members.h"

#include "tools/cli/text.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/learning_cells.h"
#include "tools/show/named.h"

#include <inttypes.h>

static const char *const states[BC_MEMBER_STATE_N] = {
    [BC_MEMBER_ACTIVE] = "active",
    [BC_MEMBER_UPCOMING] = "upcoming",
    [BC_MEMBER_OVERDUE] = "overdue",
    [BC_MEMBER_ENDED] = "ended",
};

static void fill_row(struct row *row, const void *source, size_t i)
{
    const struct members_shown *shown = source;
    const struct bc_member *member = &shown->members->rows[i];

    row_text(row, "member", member->name);
    row_count(row, "deals", member->deals);
    row_amount(row, "mrr", member->mrr);
    named_date(row, "start", member->start);
    named_date(row, "end", member->end);
    row_word(row, "state", states[member->state]);
    if (member->state == BC_MEMBER_OVERDUE)
        row_color(row, "red");
    row_said(row, "health", member->health);
    row_said(row, "intent", member->intent);
}

static struct rows all_rows(const struct members_shown *shown)
{
    return rows_of(fill_row, shown, shown->members->row_n);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct members_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    row_word(row, "slice", shown->basis->rules->slices[shown->slice].name);
    row_word(row, "currency", shown->basis->rules->revenue.currency);
    row_rows(row, "rows", all_rows(shown));
    row_count(row, "otherCurrency", shown->members->other_currency);
    if (shown->list)
        row_texts(row, "deals", shown->members->deals, shown->members->deal_n);
    notes_cells(row, &shown->basis->notes);
}

static void show_csv(const struct cmd_env *env, const struct members_shown *shown)
{
    static const struct column columns[] = {
        { "member", "member", .dash = false }, { "deals", "deals", .right = true },
        { "mrr", "mrr", .right = true },       { "start", "start", .dash = false },
        { "end", "end", .dash = false },       { "state", "state", .dash = false },
        { "health", "health", .dash = false }, { "intent", "intent", .dash = false },
    };

    print_csv_of(env->out, COLUMNS_OF(columns), all_rows(shown));
}

static void show_table(const struct cmd_env *env, const struct members_shown *shown)
{
    static const struct column columns[] = {
        { "MEMBER", "member", .fit = COLUMN_MIDDLE },
        { "STATE", "state", .dash = false },
        { "MRR", "mrr", .right = true },
        { "UNTIL", "end", .dash = false },
        { "SINCE", "start", .leave = 2 },
        { "DEALS", "deals", .right = true, .leave = 1 },
        { "HEALTH", "health", .fit = COLUMN_MIDDLE },
        { "INTENT", "intent", .fit = COLUMN_MIDDLE },
    };
    const struct bc_members *members = shown->members;

    fputs("MRR: this month's, in ", env->out);
    text_put(env->out, bc_str_of(shown->basis->rules->revenue.currency));
    fprintf(env->out, ", rounded; slice %s\n\n", shown->basis->rules->slices[shown->slice].name);
    print_table_of(env, COLUMNS_OF(columns), all_rows(shown));
    if (members->row_n == 0)
        fputs("no member has a contract\n", env->out);
    if (members->other_currency)
        fprintf(env->out, "\ndeals in another currency, in nothing else: %" PRIu64 "\n",
                members->other_currency);
    if (shown->list)
        learning_cells_deals(env, members->deals, members->deal_n);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}

void members_show(const struct cmd_env *env, const struct members_shown *shown, bool json, bool csv)
{
    if (json)
        print_json_of(env, fill, shown);
    else if (csv)
        show_csv(env, shown);
    else
        show_table(env, shown);
}
