#include "tools/pages/figure_cells.h"

#include "tools/pages/page_cells.h"
#include "tools/pages/page_pictures.h"
#include "tools/show/rule_labels.h"

#include <inttypes.h>

enum { INTERVAL_WIDTH = 120 };

/* "converted" or "opened": the count that stands after "n". */
const struct cell *figure_cells_hit(const struct row *row)
{
    for (size_t i = 0; row_find(row, "low") && i + 1 < row->n; i++)
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

void figure_cells_rests(struct html_out *out, const struct row *row)
{
    const struct cell *hit = figure_cells_hit(row);

    if (hit)
        page_cells_put_of(out, row, hit->key);
    else if (row_find(row, "median"))
        html_out_put(out, "n %" PRIu64, row_find(row, "n")->count);
}

void figure_cells_interval_text(struct html_out *out, const struct row *row)
{
    if (figure_cells_hit(row)) {
        page_cells_put_range(out, row, "low", "high");
    } else if (has(row, "median")) {
        html_out_put(out, "median ");
        page_cells_put(out, row, "median");
        html_out_put(out, ", p90 ");
        page_cells_put(out, row, "p90");
    }
}

/* That of the conversion between the same stages. */
const struct bc_red_line_rule *figure_cells_line(const bc_rules *rules, struct bc_str metric)
{
    const struct bc_metric_rule *rule = bc_rules_metric(rules, metric);

    for (size_t i = 0; rule && i < rules->red_line_n; i++) {
        const struct bc_red_line_rule *line = &rules->red_lines[i];

        if (line->conversion && line->from == rule->from && line->to == rule->to)
            return line;
    }
    return NULL;
}

void figure_cells_put_interval(struct html_out *out, const struct row *row, const char *key)
{
    const struct bc_str name = page_cells_text(row, "name");
    const struct bc_red_line_rule *line = figure_cells_line(page_about(out)->rules, name);
    struct interval interval = { .width = INTERVAL_WIDTH, .to = 1 };
    struct bc_buf title = { 0 }, said = { 0 };

    if (figure_cells_hit(row) && page_pictures_read_rate(&interval, &said, row, key)) {
        interval.has_limit = line != NULL;
        interval.limit = line ? line->threshold : 0;
        if (line)
            bc_buf_printf(&said, "; red line %.0f %%", 100 * interval.limit);
        rule_labels_metric_add(&title, page_about(out)->rules, name);
        bc_buf_printf(&title, ": interval");
        interval.title = bc_buf_str(&title);
        interval.desc = bc_buf_str(&said);
        page_pictures_put(out, &interval);
    }
    bc_buf_release(&title);
    bc_buf_release(&said);
}

void figure_cells_campaigns(struct html_out *out, const struct row *row)
{
    const struct cell *campaigns = row_find(row, "byCampaign");
    struct row campaign = { .readers = row->readers };

    for (size_t i = 0; campaigns && i < campaigns->rows.n; i++) {
        row_clear(&campaign);
        campaigns->rows.fill(&campaign, campaigns->rows.source, i);
        html_out_put(out, "%s", i ? "<br>" : "");
        page_cells_put(out, &campaign, "campaign");
        html_out_put(out, " %" PRIu64 " of %" PRIu64 ", ", row_find(&campaign, "opened")->count,
                     row_find(&campaign, "sent")->count);
        page_cells_put(out, &campaign, "value");
    }
    row_release(&campaign);
}
