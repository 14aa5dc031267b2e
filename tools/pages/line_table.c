#include "tools/pages/line_table.h"

#include "tools/draw/guard.h"
#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/page_pictures.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"
#include "tools/show/rule_labels.h"

#include <inttypes.h>

enum { LINE_WIDTH = 140 };

void line_table_state(struct html_out *out, struct bc_str state)
{
    const enum page_state page = bc_str_eq(state, BC_STR("breached"))       ? PAGE_OFF
                                 : bc_str_eq(state, BC_STR("would_breach")) ? PAGE_RISK
                                 : bc_str_eq(state, BC_STR("ok"))           ? PAGE_FINE
                                                                            : PAGE_KNOW;

    page_cells_state(out, page, labels_state(state));
}

static void put_line_state(struct html_out *out, const struct row *row)
{
    line_table_state(out, page_cells_text(row, "state"));
}

static const struct bc_red_line_rule *line_rule(const struct html_out *out, const struct row *row)
{
    const bc_rules *rules = page_about(out)->rules;
    const struct bc_str name = page_cells_text(row, "name");

    for (size_t i = 0; i < rules->red_line_n; i++)
        if (bc_str_eq(name, bc_str_of(rules->red_lines[i].name)))
            return &rules->red_lines[i];
    return NULL;
}

/* A rate against its line; of a count, the way to its guard. */
static void put_line_drawing(struct html_out *out, const struct row *row)
{
    const struct bc_red_line_rule *rule = line_rule(out, row);
    const uint64_t guard = row_find(row, "guard")->count;
    const uint64_t needs = row_find(row, "guardNeeds")->count;
    struct interval interval = { .width = LINE_WIDTH, .to = 1, .has_limit = true };
    struct bc_buf said = { 0 }, svg = { 0 };

    if (guard < needs && needs <= GUARD_MOST) {
        bc_buf_printf(&said, "%" PRIu64 " of %" PRIu64, guard, needs);
        guard_draw(&svg,
                   &(struct guard){ .title = BC_STR("Way to the guard"),
                                    .desc = bc_buf_str(&said),
                                    .width = LINE_WIDTH,
                                    .n = guard,
                                    .needs = needs },
                   ++out->drawings);
    } else if (rule && rule->conversion && page_cells_number(&interval.value, row, "value")) {
        (void)page_cells_number(&interval.limit, row, "threshold");
        interval.has_worst = page_cells_number(&interval.worst, row, "worst");
        page_cells_add(&said, row, "value");
        bc_buf_printf(&said, "; breached under ");
        page_cells_add(&said, row, "threshold");
        bc_buf_printf(&said, "; at worst ");
        page_cells_add(&said, row, "worst");
        interval.title = BC_STR("Against its red line");
        interval.desc = bc_buf_str(&said);
        page_pictures_put(out, &interval);
    }
    html_out_drawing(out, bc_buf_str(&svg));
    bc_buf_release(&said);
    bc_buf_release(&svg);
}

static void put_guard(struct html_out *out, const struct row *row)
{
    const uint64_t guard = row_find(row, "guard")->count;
    const uint64_t needs = row_find(row, "guardNeeds")->count;

    if (guard < needs)
        html_out_put(out, "%" PRIu64 " to go, ", needs - guard);
    else
        html_out_put(out, "reached, ");
    html_out_put(out, "%" PRIu64 " of %" PRIu64, guard, needs);
}

void line_table_label(struct html_out *out, const struct row *row)
{
    struct bc_buf label = { 0 };

    rule_labels_red_line_add(&label, page_about(out)->rules, page_cells_text(row, "name"));
    html_out_text(out, bc_buf_str(&label));
    bc_buf_release(&label);
}

/* On a narrow page what has left stands below the name. */
static void put_line_name(struct html_out *out, const struct row *row)
{
    const struct bc_red_line_rule *rule = line_rule(out, row);
    double ignored;

    line_table_label(out, row);
    html_out_put(out, "<span class=\"ph q\"><br>guard ");
    put_guard(out, row);
    if (page_cells_number(&ignored, row, "worst")) {
        html_out_put(out, "; at worst ");
        page_cells_put(out, row, "worst");
    }
    html_out_put(out, "</span>");
    if (!rule || !rule->says)
        return;
    html_out_put(out, "<br><span class=\"q\">breached, it says: ");
    html_out_text(out, bc_str_of(rule->says));
    html_out_put(out, "</span>");
}

static const char lines_key[] =
    "<ul class=\"key p2\"><li><svg width=\"12\" height=\"12\" aria-hidden=\"true\">"
    "<circle class=\"ivd\" cx=\"6\" cy=\"6\" r=\"3.25\"/></svg>value</li>\n"
    "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\">"
    "<circle class=\"dot0\" cx=\"6\" cy=\"6\" r=\"4\"/></svg>"
    "at worst: had all that are open for long failed</li>\n"
    "<li><svg width=\"8\" height=\"14\" aria-hidden=\"true\">"
    "<path class=\"limit\" d=\"M4 0V14\"/></svg>breached under</li></ul>\n";

void line_table_put(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "State", .draw = put_line_state },
        { .name = "Red line", .about = true, .draw = put_line_name },
        { .name = "Value", .key = "value", .right = true, .class = "big" },
        { .name = "Breached\nunder", .key = "threshold", .right = true },
        { .name = "0 to 100 %, or way to the guard",
          .class = "pic",
          .leave = 1,
          .draw = put_line_drawing },
        { .name = "At\nworst", .key = "worst", .right = true, .leave = 1 },
        { .name = "Guard", .leave = 1, .class = "nb", .draw = put_guard },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full tight" };

    if (rows.n == 0) {
        document_empty(out, "These rules have none.");
        return;
    }
    print_html_of(out, &table, rows);
    html_out_put(out, "%s", lines_key);
}
