#include "tools/pages/loss_table.h"

#include "tools/pages/behind.h"
#include "tools/pages/page_cells.h"
#include "tools/pages/page_pictures.h"
#include "tools/print/print_html.h"
#include "tools/show/labels.h"

#include <inttypes.h>

static void put_value(struct html_out *out, const struct row *row)
{
    const struct bc_str value = page_cells_text(row, "value");
    const bool linked = behind_link(out, value, NULL);

    html_out_text(out, value.len ? labels_stage(page_about(out)->rules, value) : BC_STR("none"));
    document_link_end(out, linked);
}

static void put_counts(struct html_out *out, const struct row *losses, const char *heading,
                       const char *key)
{
    const struct column columns[] = {
        { .name = heading, .about = true, .draw = put_value },
        { .name = "Deals", .key = "n", .right = true },
        { .name = "of all", .class = "pic", .draw = page_pictures_share },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "tight" };
    const void *kept = out->about;
    struct page_about about = *page_about(out);
    struct behind behind = about.behind ? *about.behind : (struct behind){ 0 };
    struct bc_buf before = { 0 };

    bc_buf_printf(&before, "%s.", key);
    behind.before = bc_buf_str(&before);
    if (about.behind)
        about.behind = &behind;
    about.around = losses;
    out->about = &about;
    print_html_of(out, &table, row_find(losses, key)->rows);
    out->about = kept;
    bc_buf_release(&before);
}

static void put_due(struct html_out *out, const struct row *row)
{
    const bool due = row_find(row, "due")->yes;

    page_cells_state(out, due ? PAGE_RISK : PAGE_KNOW, due ? BC_STR("due") : BC_STR("not yet"));
}

void loss_table_put(struct html_out *out, const struct row *losses)
{
    const bool any = row_find(losses, "n")->count > 0;
    bool linked;

    html_out_put(out, "<p class=\"sum\"><span><b>%" PRIu64 "</b> ", row_find(losses, "n")->count);
    linked = any && behind_link(out, BC_STR("n"), NULL);
    html_out_put(out, "lost");
    document_link_end(out, linked);
    html_out_put(out, "</span></p>\n");
    html_out_put(out, "<div class=\"beside\"><div>");
    put_counts(out, losses, "From stage", "byStage");
    html_out_put(out, "</div><div>");
    put_counts(out, losses, "Reason", "byReason");
    html_out_put(out, "</div><div>");
    put_counts(out, losses, "ICP then", "byIcp");
    html_out_put(out, "</div></div>\n");
}

/* --- the reasons of each stage --- */

static void put_stage_n(struct html_out *out, const struct row *row)
{
    const struct bc_str stage = page_cells_text(row, "stage");

    html_out_text(out, stage.len ? labels_stage(page_about(out)->rules, stage) : BC_STR("none"));
    html_out_put(out, ": ");
    page_cells_put(out, row, "stageN");
}

static void put_reason(struct html_out *out, const struct row *row)
{
    const struct bc_str reason = page_cells_text(row, "reason");

    html_out_text(out, reason.len ? reason : BC_STR("none"));
}

/* Against all that were lost out of the stage. */
static void put_of_stage(struct html_out *out, const struct row *row)
{
    page_pictures_put_share(out, row, "n", row, "stageN");
}

void loss_table_put_reasons(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Reason", .about = true, .draw = put_reason },
        { .name = "Deals", .key = "n", .right = true },
        { .name = "of the stage", .class = "pic", .draw = put_of_stage },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "tight",
                                      .group = "stage",
                                      .draw_group = put_stage_n,
                                      .uncounted = true,
                                      .all = true };

    print_html_of(out, &table, rows);
}

void loss_table_put_reengage(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Deal", .about = true, .draw = page_cells_deal },
        { .name = "From", .key = "date", .class = "nb" },
        { .name = "State", .draw = put_due },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };

    print_html_of(out, &table, rows);
}
