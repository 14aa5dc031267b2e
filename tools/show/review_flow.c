/* tools/show/review_flow.c - of a review, what moved, how fast, and what waits for its hand-off. */
#include "tools/cli/text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_table.h"
#include "tools/show/review_part.h"
#include "tools/show/section.h"
#include "tools/show/stage_list.h"

#include <inttypes.h>

static const char *slice_name(const struct review_shown *shown, unsigned slice)
{
    return shown->basis->rules->slices[slice].name;
}

/* --- flow --- */

static void fill_moved(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;
    const struct bc_flow_deal *deal = &shown->review->flow->deals[i];

    named_deal(row, &shown->named, deal->deal);
    flow_place_cell(row, "from", deal->from);
    flow_place_cell(row, "to", deal->to);
}

static void fill_flow(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;

    (void)i;
    flow_cells(row, &shown->flow);
    row_rows(row, "moved", rows_of(fill_moved, shown, shown->review->flow->deal_n));
}

void review_part_flow_cells(struct row *row, const struct review_shown *shown)
{
    row_row(row, "flow", fill_flow, shown);
}

/* "1 in: 1 new", "2 stayed: 1 advanced, 1 same" */
static void add_group(struct bc_buf *out, const struct bc_flow *flow, enum bc_flow_group group,
                      const char *sign)
{
    const char *between = ": ";

    bc_buf_printf(out, "%s%" PRIu64 " %s", sign, bc_flow_group_n(flow, group),
                  bc_flow_groups[group].word);
    for (unsigned kind = bc_flow_groups[group].first; kind < bc_flow_groups[group].end; kind++) {
        if (!flow->n[kind])
            continue;
        bc_buf_printf(out, "%s%" PRIu64 " %s", between, flow->n[kind],
                      bc_flow_kind_word((enum bc_flow_kind)kind));
        between = ", ";
    }
}

static void print_sum(const struct cmd_env *env, const struct review_shown *shown)
{
    const struct bc_flow *flow = shown->review->flow;
    struct bc_buf sum = { 0 };

    bc_buf_printf(&sum, "%" PRIu64 " as of %s", flow_before(flow), shown->since);
    add_group(&sum, flow, BC_FLOW_IN, "; +");
    add_group(&sum, flow, BC_FLOW_OUT, "; -");
    bc_buf_printf(&sum, "; = %" PRIu64 " now", flow_after(flow));
    paragraph_print(env, 0, bc_buf_str(&sum));
    sum.len = 0;
    add_group(&sum, flow, BC_FLOW_STAYED, "of them ");
    paragraph_print(env, 0, bc_buf_str(&sum));
    bc_buf_release(&sum);
}

void review_part_flow(const struct cmd_env *env, const struct review_shown *shown)
{
    static const struct column columns[] = {
        NAMED_DEAL_COLUMN,
        { .name = "FROM", .key = "from", .fit = COLUMN_MIDDLE },
        { .name = "TO", .key = "to", .fit = COLUMN_MIDDLE },
    };
    const size_t n = shown->review->flow->deal_n;
    struct bc_buf said = { 0 };

    bc_buf_printf(&said, "slice %s, in ", slice_name(shown, shown->review->flow_ask.slice));
    stage_list_add(&said, shown->basis->rules, shown->review->flow_ask.stages);
    section_begin(env, "Flow", bc_buf_str(&said));
    bc_buf_release(&said);
    print_sum(env, shown);
    if (n)
        fputc('\n', env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_moved, shown, section_rows(n)));
    section_print_more(env, n, "review --json");
}

/* --- stages --- */

static void fill_stages(struct row *row, const void *source, size_t i)
{
    (void)i;
    stages_cells(row, &((const struct review_shown *)source)->stages);
}

void review_part_stages_cells(struct row *row, const struct review_shown *shown)
{
    row_row(row, "stages", fill_stages, shown);
}

/* For people those that deals are to leave again: stages are so few that each is tried. */
static bc_status find_open(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const struct review_shown *shown = *(const struct review_shown *const *)finder;
    const struct rows rows = stages_rows(&shown->stages);
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < rows.n; i++) {
        if (shown->basis->rules->stages[i].kind != BC_STAGE_OPEN)
            continue;
        rows.fill(taker->row, rows.source, i);
        rc = row_take(taker, err);
    }
    return rc;
}

void review_part_stages(const struct cmd_env *env, const struct review_shown *shown)
{
    static const struct column columns[] = {
        { .name = "STAGE", .key = "stage" },
        { .name = "NOW", .key = "now", .right = true },
        { .name = "STALLED", .key = "stalled", .right = true },
        { .name = "OPEN FOR", .key = "openMedianDays", .right = true },
        { .name = "OLDEST", .key = "oldestDays", .right = true },
        { .name = "OUT", .key = "left", .right = true },
        { .name = "AFTER", .key = "medianDays", .right = true },
        { .name = "WENT ON TO", .key = "next", .fit = COLUMN_WRAP, .dash = true },
    };
    const char *bottleneck = stages_bottleneck(&shown->stages);

    section_format(env, "Stages", "slice %s, exits of %d days; medians in days",
                   slice_name(shown, shown->review->stages_ask.slice), BC_REVIEW_DAYS);
    print_table_of(env, COLUMNS_OF(columns), rows_found(find_open, &shown));
    if (!bottleneck)
        return;
    fputs("\nbottleneck: ", env->out);
    text_put(env->out, bc_str_of(bottleneck));
    fputs(", where most days pass for each deal that leaves\n", env->out);
}

/* --- hand-off --- */

static void fill_handoff(struct row *row, const void *source, size_t i)
{
    (void)i;
    handoff_cells(row, &((const struct review_shown *)source)->handoff);
}

void review_part_handoff_cells(struct row *row, const struct review_shown *shown)
{
    row_row(row, "handoff", fill_handoff, shown);
}

static void fill_waiting(struct row *row, const void *source, size_t i)
{
    const struct review_shown *shown = source;
    const struct rows rows = handoff_deals(&shown->handoff);

    rows.fill(row, rows.source, i);
    named_deal_shown(row, "dealShown", &shown->named, shown->review->handoff->deals[i].deal);
}

void review_part_handoff(const struct cmd_env *env, const struct review_shown *shown)
{
    static const struct column columns[] = {
        NAMED_DEAL_COLUMN,
        { .name = "WAITS FOR", .key = "waitingShown", .dash = true },
        { .name = "DAYS", .key = "waitingDays", .right = true, .dash = true },
        { .name = "WON", .key = "day" },
        { .name = "THEN", .key = "then", .fit = COLUMN_WRAP, .dash = true },
    };
    const size_t n = shown->review->handoff->deal_n;

    section_format(env, "Hand-offs", "won deals with a step to go; off after %d days",
                   (int)shown->basis->rules->learning.handoff_days);
    if (n == 0)
        fputs("no deal waits for a step\n", env->out);
    print_table_of(env, COLUMNS_OF(columns), rows_of(fill_waiting, shown, section_rows(n)));
    section_print_more(env, n, "handoff --pending");
}
