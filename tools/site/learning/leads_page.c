/* tools/site/learning/leads_page.c - leads by where they came from: how many qualified, and what
 * each cost. */
#include "tools/pages/cohort_table.h"
#include "tools/pages/page_ends.h"
#include "tools/site/learning/learning_pages.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"

#include <string.h>

/* The same deals in three ways, a section each. */
static const struct way {
    const char *by, *heading, *note;
    struct document_place place;
} ways[] = {
    { "campaign",
      "Campaign",
      "With what it cost, where an experiment of the campaign says so.",
      { "campaign", "Campaigns", "Campaigns", { 0 } } },
    { "channel",
      "Channel",
      "Where the lead came from.",
      { "channel", "Channels", "Channels", { 0 } } },
    { "month", "Month", "When it came.", { "month", "Months", "Months", { 0 } } },
};
enum { WAY_N = sizeof(ways) / sizeof(ways[0]) };

static void put_form(struct call_page *call)
{
    if (!form_begin(call, "Which leads"))
        return;
    form_field(call, "mature", "Within days", "any time");
    form_field(call, "days", "In the last days", "ever");
    form_field(call, "since", "or since", "a date");
    form_end(call);
}

static void put_way(struct call_page *call, const struct way *way, const struct row *answer)
{
    struct document_pair pairs[ASK_WITH_KEYS + 1];
    struct ask_with_behind behind;
    struct row all;
    size_t n = 1;

    (void)html_out_within(&all, answer, "all");
    ask_with_links(&behind, call, "leads");
    pairs[0] = (struct document_pair){ "by", bc_str_of(way->by) };
    for (size_t i = 0; i < behind.behind.asked_n; i++)
        if (strcmp(behind.pairs[i].key, "by") != 0)
            pairs[n++] = behind.pairs[i];
    behind.behind.asked = pairs;
    behind.behind.asked_n = n;
    if (call_rows(answer, "rows").n == 0)
        html_out_put(&call->out, "<p class=\"empty\">No lead came. <code>backcast record "
                                 "leadCaptured</code> tells of one.</p>\n");
    else
        cohort_table_put(&call->out, &(struct cohort_table){ .heading = way->heading,
                                                             .key = bc_str_of(way->by),
                                                             .leads = true,
                                                             .costs = way == &ways[0],
                                                             .rows = call_rows(answer, "rows"),
                                                             .all = &all });
    call->about.behind = NULL;
    if (way == &ways[0])
        cohort_table_put_left_out(&call->out, &all);
    row_release(&all);
}

static void add_lead(struct bc_buf *out, const struct call_page *call, const struct row *answer)
{
    page_ends_when(out, &call->basis, call->basis.as_of_us);
    bc_buf_printf(out, ". Qualified: came to a qualified stage, or was won; the target is ");
    page_cells_add(out, answer, "target");
    bc_buf_printf(out, ".");
}

bc_status leads_page(struct call_page *call, struct bc_err *err)
{
    const struct row *answers[WAY_N] = { NULL };
    struct document_place places[WAY_N];
    struct bc_buf lead = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; i < WAY_N; i++) {
        struct bc_buf by = { 0 };
        const char *word;

        places[i] = ways[i].place;
        bc_buf_printf(&by, "--by=%s", ways[i].by);
        word = bc_arena_copy(call->arena, bc_buf_str(&by)).at;
        bc_buf_release(&by);
        rc = ask_with(&answers[i], call, "leads", (const char *[]){ word, NULL }, err);
        if (rc != BC_OK)
            return rc;
    }
    add_lead(&lead, call, answers[0]);
    call_page_begin(call, "Leads", bc_buf_str(&lead), places, WAY_N);
    for (size_t i = 0; i < WAY_N; i++) {
        document_section(&call->out, &places[i], bc_str_of(ways[i].note), i == 0);
        if (i == 0)
            put_form(call);
        put_way(call, &ways[i], answers[i]);
        document_section_end(&call->out);
    }
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
