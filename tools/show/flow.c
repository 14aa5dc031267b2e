#include "tools/show/flow.h"

#include "tools/cli/times.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/stage_list.h"

/* --- rows --- */

static const struct bc_flow *flow_of(const void *source)
{
    return ((const struct flow_shown *)source)->flow;
}

uint64_t flow_before(const struct bc_flow *flow)
{
    return bc_flow_group_n(flow, BC_FLOW_OUT) + bc_flow_group_n(flow, BC_FLOW_STAYED);
}

uint64_t flow_after(const struct bc_flow *flow)
{
    return bc_flow_group_n(flow, BC_FLOW_IN) + bc_flow_group_n(flow, BC_FLOW_STAYED);
}

static void fill_group(struct row *row, const struct bc_flow *flow, enum bc_flow_group group)
{
    for (unsigned kind = bc_flow_groups[group].first; kind < bc_flow_groups[group].end; kind++)
        row_count(row, bc_flow_kind_word((enum bc_flow_kind)kind), flow->n[kind]);
}

static void fill_in(struct row *row, const void *source, size_t i)
{
    (void)i;
    fill_group(row, flow_of(source), BC_FLOW_IN);
}

static void fill_out(struct row *row, const void *source, size_t i)
{
    (void)i;
    fill_group(row, flow_of(source), BC_FLOW_OUT);
}

static void fill_stayed(struct row *row, const void *source, size_t i)
{
    (void)i;
    fill_group(row, flow_of(source), BC_FLOW_STAYED);
}

void flow_place_cell(struct row *row, const char *key, struct bc_str stage)
{
    row_text(row, key, stage.len || row_for_programs(row) ? stage : BC_STR("none"));
}

static void fill_move(struct row *row, const void *source, size_t i)
{
    const struct bc_move *move = &flow_of(source)->moves[i];

    flow_place_cell(row, "from", move->from);
    flow_place_cell(row, "to", move->to);
    row_count(row, "n", move->n);
}

void flow_cells(struct row *row, const struct flow_shown *shown)
{
    const struct bc_flow *flow = shown->flow;
    const struct bc_question *question = &shown->basis->question;

    row_word(row, "slice", shown->basis->rules->slices[shown->ask->slice].name);
    row_instant(row, "from", question->as_of_us[0]);
    row_instant(row, "to", question->as_of_us[1]);
    stage_list_cell(row, "stages", shown->basis->rules, shown->ask->stages);
    row_count(row, "before", flow_before(flow));
    row_count(row, "in", bc_flow_group_n(flow, BC_FLOW_IN));
    row_count(row, "out", bc_flow_group_n(flow, BC_FLOW_OUT));
    row_count(row, "after", flow_after(flow));
    row_row(row, "inBy", fill_in, shown);
    row_row(row, "outBy", fill_out, shown);
    row_row(row, "stayedBy", fill_stayed, shown);
    row_rows(row, "moves", rows_of(fill_move, shown, flow->move_n));
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct flow_shown *shown = source;
    const struct bc_flow *flow = shown->flow;
    struct bc_str *deals;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->as_of_us);
    flow_cells(row, shown);
    if (shown->ask->list) {
        deals = row_make_texts(row, "deals", flow->deal_n);
        for (size_t d = 0; d < flow->deal_n; d++)
            deals[d] = flow->deals[d].deal;
    }
    notes_cells(row, &shown->basis->notes);
}

void flow_show_json(const struct cmd_env *env, const struct flow_shown *shown)
{
    print_json_of(env, fill, shown);
}

void flow_show_csv(const struct cmd_env *env, const struct flow_shown *shown)
{
    static const struct column columns[] = { { "from", "from", .dash = false },
                                             { "to", "to", .dash = false },
                                             { "n", "n", .right = true } };

    print_csv_of(env->out, COLUMNS_OF(columns), rows_of(fill_move, shown, shown->flow->move_n));
}

/* --- tables --- */

/* A line of the sum. */
struct line {
    const char *what;
    uint64_t n;
    bool sum;
};

enum { LINE_MAX_N = BC_FLOW_KIND_N + BC_FLOW_GROUP_N + 2 };

struct lines {
    struct line at[LINE_MAX_N];
    size_t n;
};

static void add_line(struct lines *lines, const char *what, uint64_t n, bool sum)
{
    if (n || sum)
        lines->at[lines->n++] = (struct line){ what, n, sum };
}

static void add_group(struct lines *lines, const struct bc_flow *flow, enum bc_flow_group group)
{
    add_line(lines, bc_flow_groups[group].word, bc_flow_group_n(flow, group), true);
    for (unsigned kind = bc_flow_groups[group].first; kind < bc_flow_groups[group].end; kind++)
        add_line(lines, bc_flow_kind_word((enum bc_flow_kind)kind), flow->n[kind], false);
}

static void fill_line(struct row *row, const void *source, size_t i)
{
    const struct line *line = &((const struct lines *)source)->at[i];

    row_format(row, "what", "%s%s", line->sum ? "" : "  ", line->what);
    if (line->sum)
        row_color(row, "bold");
    row_count(row, "n", line->n);
}

static void print_sum(const struct cmd_env *env, const struct bc_flow *flow)
{
    static const struct column columns[] = { { "WHAT", "what", .dash = false },
                                             { "N", "n", .right = true } };
    struct lines lines = { 0 };

    add_line(&lines, "before", flow_before(flow), true);
    add_group(&lines, flow, BC_FLOW_IN);
    add_group(&lines, flow, BC_FLOW_OUT);
    add_line(&lines, "after", flow_after(flow), true);
    add_group(&lines, flow, BC_FLOW_STAYED);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_line, &lines, lines.n));
}

static void print_moves(const struct cmd_env *env, const struct flow_shown *shown)
{
    static const struct column columns[] = { { "FROM", "from", .fit = COLUMN_MIDDLE },
                                             { "TO", "to", .fit = COLUMN_MIDDLE },
                                             { "N", "n", .right = true } };

    if (shown->flow->move_n == 0)
        return;
    fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_move, shown, shown->flow->move_n));
}

static void fill_deal(struct row *row, const void *source, size_t i)
{
    const struct bc_flow_deal *deal = &flow_of(source)->deals[i];

    row_text(row, "deal", deal->deal);
    flow_place_cell(row, "from", deal->from);
    flow_place_cell(row, "to", deal->to);
}

static void print_deals(const struct cmd_env *env, const struct flow_shown *shown)
{
    static const struct column columns[] = { { "DEAL", "deal", .fit = COLUMN_MIDDLE },
                                             COLUMN_NAME_OF("deal"),
                                             { "FROM", "from", .fit = COLUMN_MIDDLE },
                                             { "TO", "to", .fit = COLUMN_MIDDLE } };

    if (!shown->ask->list)
        return;
    fputs(shown->flow->deal_n ? "\n" : "\nno deals\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_deal, shown, shown->flow->deal_n));
}

void flow_show(const struct cmd_env *env, const struct flow_shown *shown)
{
    const struct bc_rules *rules = shown->basis->rules;
    char from[TIMES_LEN];
    struct bc_buf text = { 0 };

    times_print_exact(from, env->times, shown->basis->question.as_of_us[0]);
    bc_buf_printf(&text, "from %s on, slice %s, in ", from, rules->slices[shown->ask->slice].name);
    stage_list_add(&text, rules, shown->ask->stages);
    paragraph_print(env, 0, bc_buf_str(&text));
    fputc('\n', env->out);
    bc_buf_release(&text);
    print_sum(env, shown->flow);
    print_moves(env, shown);
    print_deals(env, shown);
    basis_print(env, shown->basis, &shown->basis->as_of_us);
}
