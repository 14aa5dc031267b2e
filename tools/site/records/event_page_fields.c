/* tools/site/records/event_page_fields.c - of the page of an event, what it says: the fields of
 * its kind. */
#include "tools/print/print_html.h"
#include "tools/site/parts/event_cells.h"
#include "tools/site/records/event_page_part.h"

#include <string.h>

enum { LIST_SEEN = 4, TEXT_SEEN = 300 /* bytes */ };

/* As it was typed, with its lines. */
static void put_long(struct html_out *out, struct bc_str text)
{
    html_out_put(out, "<details><summary>%zu bytes</summary><pre>", text.len);
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        const size_t len = end ? (size_t)(end - text.at) - at : text.len - at;

        html_out_text(out, bc_str_part(text, at, at + len));
        html_out_put(out, "\n");
        at += len + 1;
    }
    html_out_put(out, "</pre></details>");
}

static void put_list(struct html_out *out, const struct cell *list)
{
    const bool folds = list->texts.n > LIST_SEEN;

    if (folds)
        html_out_put(out, "<details><summary>%zu texts</summary>", list->texts.n);
    for (size_t i = 0; i < list->texts.n; i++) {
        html_out_put(out, "<div>");
        html_out_text(out, list->texts.at[i]);
        html_out_put(out, "</div>");
    }
    if (folds)
        html_out_put(out, "</details>");
}

/* What a retraction takes back is an event, too. */
static void put_value(struct html_out *out, const struct row *row)
{
    const struct cell *value = row_find(row, "value");
    const struct bc_str name = page_cells_text(row, "name");

    if (value->kind == CELL_TEXTS)
        put_list(out, value);
    else if (value->kind == CELL_INSTANT)
        event_cells_put_exact(out, value);
    else if (value->kind == CELL_TEXT && bc_str_eq(name, BC_STR("event")))
        event_cells_put_id(out, value->text);
    else if (value->kind == CELL_TEXT && bc_str_eq(name, BC_STR("into")))
        page_cells_put_deal(out, value->text, (struct bc_str){ 0 });
    else if (value->kind == CELL_TEXT && value->text.len > TEXT_SEEN)
        put_long(out, value->text);
    else
        html_out_cell(out, value);
}

static void put_name(struct html_out *out, const struct row *row)
{
    html_out_put(out, "<span class=\"code\">");
    html_out_text(out, page_cells_text(row, "name"));
    html_out_put(out, "</span>");
}

void event_page_fields(struct html_out *out, const struct row *event)
{
    static const struct column columns[] = {
        { .name = "Field", .about = true, .draw = put_name },
        { .name = "Value", .draw = put_value },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .all = true };
    const struct rows fields = call_rows(event, "fields");

    if (fields.n == 0)
        document_empty(out, "It says nothing beside its kind.");
    print_html_of(out, &table, fields);
    if (row_find(event, "more") && row_find(event, "more")->yes)
        html_out_put(out, "<p class=\"note\">It also has what this version does not know.</p>\n");
}
