/* tools/pages/review_page_figures.c - of the page of a review, the figures and the red lines. */
#include "tools/draw/guard.h"
#include "tools/draw/spark.h"
#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/page_pictures.h"
#include "tools/pages/review_page_part.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"

#include <inttypes.h>

enum { INTERVAL_WIDTH = 120, LINE_WIDTH = 140 };

/* --- the ground of a figure --- */

/* "converted" or "opened": the count that stands after "n". */
static const struct cell *hit_of(const struct row *row)
{
    for (size_t i = 0; i + 1 < row->n; i++)
        if (row->cells[i].key && bc_str_eq(bc_str_of(row->cells[i].key), BC_STR("n")) &&
            row->cells[i + 1].kind == CELL_COUNT)
            return &row->cells[i + 1];
    return NULL;
}

static bool has(const struct row *row, const char *key)
{
    double ignored;

    return page_cells_number(&ignored, row, key);
}

static void put_rests(struct html_out *out, const struct row *row)
{
    const struct cell *hit = hit_of(row);

    if (hit)
        page_cells_put_of(out, row, hit->key);
    else if (row_find(row, "median"))
        html_out_put(out, "n %" PRIu64, row_find(row, "n")->count);
}

static void put_interval_text(struct html_out *out, const struct row *row)
{
    if (hit_of(row)) {
        page_cells_put_range(out, row, "low", "high");
    } else if (has(row, "median")) {
        html_out_put(out, "median ");
        page_cells_put(out, row, "median");
        html_out_put(out, ", p90 ");
        page_cells_put(out, row, "p90");
    }
}

/* On a narrow page what has left stands below the name. */
static void put_figure_name(struct html_out *out, const struct row *row)
{
    page_cells_metric_named(out, row);
    if (!hit_of(row) && !row_find(row, "median"))
        return;
    html_out_put(out, "<span class=\"ph q\"><br>");
    put_rests(out, row);
    if (has(row, "low") || has(row, "median"))
        html_out_put(out, ", ");
    put_interval_text(out, row);
    html_out_put(out, "</span>");
}

/* --- figures --- */

static void put_change(struct html_out *out, const struct row *row)
{
    const struct bc_str change = page_cells_text(row, "change");

    if (bc_str_eq(change, BC_STR("0")))
        html_out_put(out, "<span class=\"nil\">0</span>");
    else if (change.len)
        html_out_figure(out, change);
    else
        page_cells_put(out, row, "change");
}

enum { POINTS_MOST = 64 };

/* The weeks of a figure as points, and in words. */
static size_t read_weeks(struct spark_point *at, struct bc_buf *said, const struct row *figure)
{
    const struct rows *rows = &row_find(figure, "line")->rows;
    const size_t n = rows->n < POINTS_MOST ? rows->n : POINTS_MOST;
    struct row week = { .readers = figure->readers, .times = figure->times };

    for (size_t i = 0; i < n; i++) {
        row_clear(&week);
        rows->fill(&week, rows->source, i);
        week.cells[0].key = "value";
        at[i].known = page_cells_number(&at[i].value, &week, "value");
        bc_buf_printf(said, "%s", i ? ", " : "Weekly, the oldest first: ");
        page_cells_add(said, &week, "value");
    }
    row_release(&week);
    return n;
}

static void put_spark(struct html_out *out, const struct row *row)
{
    const struct bc_str name = labels_metric(page_cells_text(row, "name"));
    struct spark_point points[POINTS_MOST] = { { 0 } };
    struct bc_buf title = { 0 }, said = { 0 }, svg = { 0 };
    const size_t n = read_weeks(points, &said, row);

    bc_buf_printf(&title, "%.*s: %zu weeks", BC_STR_ARG(name), n);
    spark_draw(&svg,
               &(struct spark){ .title = bc_buf_str(&title),
                                .desc = bc_buf_str(&said),
                                .columns = !hit_of(row) && !row_find(row, "median"),
                                .at = points,
                                .n = n },
               ++out->drawings);
    html_out_drawing(out, bc_buf_str(&svg));
    bc_buf_release(&title);
    bc_buf_release(&said);
    bc_buf_release(&svg);
}

/* The red line of a metric is that of the conversion between the same stages. */
static bool limit_of(double *limit, const bc_rules *rules, struct bc_str metric)
{
    const struct bc_metric_rule *rule = bc_rules_metric(rules, metric);

    for (size_t i = 0; rule && i < rules->red_line_n; i++) {
        const struct bc_red_line_rule *line = &rules->red_lines[i];

        if (line->conversion && line->from == rule->from && line->to == rule->to) {
            *limit = line->threshold;
            return true;
        }
    }
    return false;
}

static void put_interval(struct html_out *out, const struct row *row)
{
    const struct bc_str name = page_cells_text(row, "name");
    struct interval interval = { .width = INTERVAL_WIDTH, .to = 1 };
    struct bc_buf title = { 0 }, said = { 0 };

    if (hit_of(row) && page_pictures_read_rate(&interval, &said, row, "now")) {
        interval.has_limit = limit_of(&interval.limit, page_about(out)->rules, name);
        if (interval.has_limit)
            bc_buf_printf(&said, "; red line %.0f %%", 100 * interval.limit);
        bc_buf_printf(&title, "%.*s: interval", BC_STR_ARG(labels_metric(name)));
        interval.title = bc_buf_str(&title);
        interval.desc = bc_buf_str(&said);
        page_pictures_put(out, &interval);
    }
    bc_buf_release(&title);
    bc_buf_release(&said);
}

static void put_low_to_high(struct html_out *out, const struct row *row)
{
    const struct rows *rows = &row_find(row, "line")->rows;
    struct row ends = { .readers = row->readers }, week = { .readers = row->readers };
    double low = 0, high = 0, value;
    enum cell_kind kind = CELL_NULL;

    for (size_t i = 0; i < rows->n; i++) {
        row_clear(&week);
        rows->fill(&week, rows->source, i);
        week.cells[0].key = "value";
        if (!page_cells_number(&value, &week, "value"))
            continue;
        low = kind != CELL_NULL && low < value ? low : value;
        high = kind != CELL_NULL && high > value ? high : value;
        kind = week.cells[0].kind;
    }
    row_figure(&ends, "low", kind, low);
    row_figure(&ends, "high", kind, high);
    page_cells_put_range(out, &ends, "low", "high");
    row_release(&ends);
    row_release(&week);
}

static void put_weeks_row(struct html_out *out, const struct row *figure)
{
    const struct rows *rows = &row_find(figure, "line")->rows;
    struct row week = { .readers = figure->readers };

    html_out_put(out, "<tr><th scope=\"row\" class=\"nb\">");
    page_cells_metric_named(out, figure);
    html_out_put(out, "</th>");
    for (size_t i = 0; i < rows->n; i++) {
        row_clear(&week);
        rows->fill(&week, rows->source, i);
        html_out_put(out, "<td class=\"n\">");
        html_out_cell(out, &week.cells[0]);
        html_out_put(out, "</td>");
    }
    html_out_put(out, "</tr>\n");
    row_release(&week);
}

/* The table of the drawings: on paper as on the screen it is there when it is unfolded. */
static void put_weeks(struct html_out *out, const struct row *answer)
{
    const struct cell *weeks = row_find(answer, "weeks");
    const struct rows *figures = &row_find(answer, "figures")->rows;
    struct row figure = { .readers = answer->readers, .times = answer->times };

    html_out_put(out,
                 "<details class=\"tab\"><summary>The %zu weeks in figures</summary>\n"
                 "<div class=\"scroll\" role=\"region\" aria-label=\"The weeks in figures\" "
                 "tabindex=\"0\"><table class=\"tight\"><thead><tr><th scope=\"col\">Figure"
                 "</th>",
                 weeks->texts.n);
    for (size_t i = 0; i < weeks->texts.n; i++) {
        html_out_put(out, "<th scope=\"col\" class=\"n\">");
        html_out_text(out, weeks->texts.at[i]);
        html_out_put(out, "</th>");
    }
    html_out_put(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < figures->n; i++) {
        row_clear(&figure);
        figures->fill(&figure, figures->source, i);
        put_weeks_row(out, &figure);
    }
    html_out_put(out, "</tbody></table></div></details>\n");
    row_release(&figure);
}

static const char figures_key[] =
    "<ul class=\"key\"><li><svg width=\"12\" height=\"12\" aria-hidden=\"true\">"
    "<rect class=\"sb\" x=\"1\" y=\"3\" width=\"4\" height=\"9\"/>"
    "<rect class=\"sb now\" x=\"7\" y=\"1\" width=\"4\" height=\"11\"/></svg>"
    "counts: columns from zero, the dark one is now</li>\n"
    "<li><svg width=\"18\" height=\"12\" aria-hidden=\"true\">"
    "<path class=\"spark\" d=\"M1 9L6 5L10 7L15 3\"/>"
    "<circle class=\"sdot\" cx=\"15\" cy=\"3\" r=\"2.25\"/></svg>"
    "rates and days: each on its own scale</li>\n"
    "<li class=\"p2\"><svg width=\"24\" height=\"12\" aria-hidden=\"true\">"
    "<path class=\"iv\" d=\"M3 6H21\"/><circle class=\"ivd\" cx=\"11\" cy=\"6\" r=\"3.25\"/></svg>"
    "value and 95\xc2\xa0% interval</li>\n"
    "<li class=\"p2\"><svg width=\"8\" height=\"14\" aria-hidden=\"true\">"
    "<path class=\"limit\" d=\"M4 0V14\"/></svg>red line</li></ul>\n";

void review_page_figures(struct html_out *out, const struct review_shown *shown,
                         const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Figure", .about = true, .draw = put_figure_name },
        { .name = "Now", .key = "now", .right = true, .class = "big" },
        { .name = "Since the\nlast review", .right = true, .draw = put_change },
        { .name = "13 weeks", .class = "pic", .draw = put_spark },
        { .name = "low to high", .class = "q2", .leave = 2, .draw = put_low_to_high },
        { .name = "4 weeks\nago", .key = "weeks4", .right = true, .class = "q2", .leave = 3 },
        { .name = "13 weeks\nago", .key = "weeks13", .right = true, .class = "q2", .leave = 3 },
        { .name = "Rests on", .right = true, .leave = 1, .draw = put_rests },
        { .name = "0 to 100 %", .class = "pic", .leave = 1, .draw = put_interval },
        { .name = "95 % interval", .class = "q2", .leave = 1, .draw = put_interval_text },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight",
                                      .group = "slice",
                                      .draw_group = page_cells_slice_group };

    (void)shown;
    print_html_of(out, &table, row_find(answer, "figures")->rows);
    html_out_put(out, "%s", figures_key);
    put_weeks(out, answer);
}

/* --- red lines --- */

static void put_line_state(struct html_out *out, const struct row *row)
{
    const struct bc_str state = page_cells_text(row, "state");
    const enum page_state page = bc_str_eq(state, BC_STR("breached"))       ? PAGE_OFF
                                 : bc_str_eq(state, BC_STR("would_breach")) ? PAGE_RISK
                                 : bc_str_eq(state, BC_STR("ok"))           ? PAGE_FINE
                                                                            : PAGE_KNOW;

    page_cells_state(out, page, labels_state(state));
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
    const uint64_t to_go = row_find(row, "toGuard")->count;

    if (to_go)
        html_out_put(out, "%" PRIu64 " to go, ", to_go);
    else
        html_out_put(out, "reached, ");
    html_out_put(out, "%" PRIu64 " of %" PRIu64, row_find(row, "guard")->count,
                 row_find(row, "guardNeeds")->count);
}

/* On a narrow page what has left stands below the name. */
static void put_line_name(struct html_out *out, const struct row *row)
{
    const struct bc_red_line_rule *rule = line_rule(out, row);

    html_out_text(out, labels_red_line(page_cells_text(row, "name")));
    html_out_put(out, "<span class=\"ph q\"><br>guard ");
    put_guard(out, row);
    if (has(row, "worst")) {
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

void review_page_red_lines(struct html_out *out, const struct review_shown *shown,
                           const struct row *answer)
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
    const struct rows rows = row_find(answer, "redLines")->rows;

    (void)shown;
    if (rows.n == 0) {
        document_empty(out, "These rules have none.");
        return;
    }
    print_html_of(out, &table, rows);
    html_out_put(out, "%s", lines_key);
}
