/* tools/pages/review_page_deals.c - of the page of a review, deals that stall, that closed and that
 * wait for their hand-off, the red lines, and the open actions. */
#include "tools/draw/days.h"
#include "tools/pages/action_table.h"
#include "tools/pages/closed_table.h"
#include "tools/pages/document.h"
#include "tools/pages/handoff_table.h"
#include "tools/pages/line_table.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/review_page_part.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"

#include <inttypes.h>

/* --- stalled and parked --- */

static void put_lasted(struct html_out *out, const struct row *row)
{
    struct days_lasted lasted = { .title = BC_STR("Days in the stage") };
    struct bc_buf said = { 0 }, svg = { 0 };

    if (!page_cells_number(&lasted.days, row, "days"))
        return;
    lasted.limit = (double)page_about(out)->rules->learning.stalled_after_us / (double)BC_DAY_US;
    page_cells_add(&said, row, "days");
    bc_buf_printf(&said, " on a scale to %d; limit %.0f", (int)DAYS_MOST, lasted.limit);
    lasted.desc = bc_buf_str(&said);
    days_lasted_draw(&svg, &lasted, ++out->drawings);
    html_out_drawing(out, bc_buf_str(&svg));
    bc_buf_release(&said);
    bc_buf_release(&svg);
}

static void put_action(struct html_out *out, const struct row *row)
{
    struct row action;

    if (!html_out_within(&action, row, "action")) {
        html_out_put(out, "<span class=\"nil\">none</span>");
    } else {
        page_cells_put(out, &action, "text");
        if (page_cells_text(&action, "due").len) {
            html_out_put(out, ", due ");
            action_table_due(out, &action);
        }
    }
    row_release(&action);
}

/* On a narrow page the stage stands below the name. */
static void put_deal(struct html_out *out, const struct row *row)
{
    page_cells_deal(out, row);
    html_out_put(out, "<span class=\"ph q\"><br>");
    page_cells_stage(out, row);
    html_out_put(out, "</span>");
}

static void put_parked(struct html_out *out, const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = put_deal },
        { .name = "Stage", .leave = 1, .draw = page_cells_stage },
        { .name = "Days there", .key = "days", .right = true },
        { .name = "Parked until", .key = "until", .class = "nb" },
        { .name = "Last activity", .leave = 1, .draw = page_cells_last_done },
        { .name = "Next meeting", .leave = 2, .draw = page_cells_next_meeting },
        { .name = "Owner", .key = "owner", .leave = 1, .shows = COLUMN_PERSON },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full" };
    const struct rows rows = row_find(answer, "parked")->rows;

    if (rows.n == 0)
        return;
    html_out_put(out, "<h3>Left out only because %s parked</h3>\n",
                 rows.n == 1 ? "it is" : "they are");
    print_html_of(out, &table, rows);
}

void review_page_stalled(struct html_out *out, const struct review_shown *shown,
                         const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = put_deal },
        { .name = "Stage", .leave = 1, .draw = page_cells_stage },
        { .name = "Days there", .key = "days", .right = true },
        { .name = "0 to 120, and the limit", .class = "pic", .leave = 1, .draw = put_lasted },
        { .name = "Last activity", .draw = page_cells_last_done },
        { .name = "Next meeting", .leave = 2, .draw = page_cells_next_meeting },
        { .name = "Action", .draw = put_action },
        { .name = "Owner", .key = "owner", .leave = 1, .shows = COLUMN_PERSON },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full" };
    const struct rows rows = row_find(answer, "stalled")->rows;

    (void)shown;
    if (rows.n == 0)
        document_empty(out, "No deal is stalled.");
    print_html_of(out, &table, rows);
    put_parked(out, answer);
}

/* --- closed --- */

void review_page_closed(struct html_out *out, const struct review_shown *shown,
                        const struct row *answer)
{
    (void)shown;
    closed_table_put(out, row_find(answer, "closed")->rows);
}

/* --- hand-off --- */

static void put_step_counts(struct html_out *out, const struct row *handoff)
{
    html_out_put(out,
                 "<details class=\"tab\"><summary>Steps of the %" PRIu64 " that were won in "
                 "the last %d days</summary>\n",
                 row_find(handoff, "n")->count, BC_REVIEW_DAYS);
    handoff_table_put_steps(out, row_find(handoff, "steps")->rows);
    html_out_put(out, "</details>\n");
}

void review_page_handoff(struct html_out *out, const struct review_shown *shown,
                         const struct row *answer)
{
    struct row handoff;

    (void)shown;
    (void)html_out_within(&handoff, answer, "handoff");
    handoff_table_put(out, row_find(&handoff, "deals")->rows);
    put_step_counts(out, &handoff);
    row_release(&handoff);
}

/* --- red lines --- */

void review_page_red_lines(struct html_out *out, const struct review_shown *shown,
                           const struct row *answer)
{
    (void)shown;
    line_table_put(out, row_find(answer, "redLines")->rows);
}

/* --- actions --- */

void review_page_actions(struct html_out *out, const struct review_shown *shown,
                         const struct row *answer)
{
    (void)shown;
    action_table_put(out, row_find(answer, "actions")->rows);
}
