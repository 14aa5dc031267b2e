#include "tools/pages/handoff_table.h"

#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"

#include <inttypes.h>

/* By the calendar of the rules: what was done the evening before was not done on the same day. */
static void put_since_win(struct html_out *out, const struct cell *at, const struct cell *won)
{
    const bc_zone *zone = page_about(out)->rules->zone;
    const int32_t days = bc_zone_day(zone, at->us) - bc_zone_day(zone, won->us);

    html_out_put(out, " <span class=\"q2\">");
    if (days == 0)
        html_out_put(out, "same day");
    else
        html_out_put(out,
                     "%s%" PRId32 "\xc2\xa0"
                     "d",
                     days < 0 ? "\xe2\x88\x92" : "+", days < 0 ? -days : days);
    html_out_put(out, "</span>");
}

/* Each step with its shape, and how many days it was from the win. */
static void put_steps(struct html_out *out, const struct row *row)
{
    const struct rows *rows = &row_find(row, "steps")->rows;
    const struct cell *won = row_find(row, "wonAt");
    struct row step = { .readers = row->readers };

    html_out_put(out, "<ol class=\"steps\">");
    for (size_t i = 0; i < rows->n; i++) {
        const struct cell *at;
        struct bc_str state;

        row_clear(&step);
        rows->fill(&step, rows->source, i);
        at = row_find(&step, "at");
        state = page_cells_text(&step, "state");
        html_out_put(out, "<li><svg class=\"g\" aria-hidden=\"true\"><use href=\"#g-");
        html_out_plain(out, state);
        html_out_put(out, "\"/></svg>");
        html_out_text(out, labels_step(page_cells_text(&step, "step")));
        if (at->kind != CELL_INSTANT) {
            html_out_put(out, " <span class=\"q2\">");
            html_out_text(out, state);
            html_out_put(out, "</span>");
        } else if (i == 0) {
            html_out_put(out, " <span class=\"q2\">");
            page_cells_day(out, &step);
            html_out_put(out, "</span>");
        } else {
            put_since_win(out, at, won);
        }
        html_out_put(out, "</li>");
    }
    html_out_put(out, "</ol>");
    row_release(&step);
}

/* On a narrow page the steps stand below the name. */
static void put_handed_deal(struct html_out *out, const struct row *row)
{
    page_cells_deal(out, row);
    html_out_put(out, "<div class=\"ph\">");
    put_steps(out, row);
    html_out_put(out, "</div>");
}

static void put_waiting(struct html_out *out, const struct row *row)
{
    const struct bc_str step = page_cells_text(row, "waiting");

    if (step.len)
        html_out_text(out, labels_step(step));
    else
        page_cells_put(out, row, "waiting");
}

static void put_step(struct html_out *out, const struct row *row)
{
    html_out_text(out, labels_step(page_cells_text(row, "step")));
}

void handoff_table_put_steps(struct html_out *out, struct rows steps)
{
    static const struct column columns[] = {
        { .name = "Step", .about = true, .draw = put_step },
        { .name = "Done", .key = "done", .right = true },
        { .name = "Skipped", .key = "skipped", .right = true, .leave = 1 },
        { .name = "Pending", .key = "pending", .right = true },
        { .name = "Median, from the win", .key = "medianDays", .right = true },
        { .name = "p90", .key = "p90Days", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .all = true };

    print_html_of(out, &table, steps);
}

void handoff_table_put(struct html_out *out, struct rows deals)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = put_handed_deal },
        { .name = "Steps, days from the win", .leave = 1, .draw = put_steps },
        { .name = "Waits for", .draw = put_waiting },
        { .name = "Days", .key = "waitingDays", .right = true },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full" };

    if (deals.n == 0)
        document_empty(out, "No deal waits for a step.");
    print_html_of(out, &table, deals);
}
