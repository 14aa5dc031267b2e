#include "tools/pages/page_ends.h"

#include "ledger/base/instant.h"
#include "tools/cli/times.h"
#include "tools/pages/page_cells.h"
#include "tools/print/print_html.h"

void page_ends_when_short(char out[TIMES_LEN], const struct basis *basis, int64_t us)
{
    const bc_zone *zone = basis->rules->zone;
    const int32_t day = bc_zone_day(zone, us);

    if (us == bc_zone_day_end(zone, day))
        bc_day_print(out, day);
    else
        times_print(out, &(struct times){ .zone = zone }, us);
}

void page_ends_when(struct bc_buf *out, const struct basis *basis, int64_t us)
{
    static const char *const days[] = { "Thursday", "Friday",  "Saturday", "Sunday",
                                        "Monday",   "Tuesday", "Wednesday" };
    const bc_zone *zone = basis->rules->zone;
    const int32_t day = bc_zone_day(zone, us);
    char text[TIMES_LEN];

    page_ends_when_short(text, basis, us);
    bc_buf_printf(out, "%s %s", days[((day % 7) + 7) % 7], text);
    if (us != bc_zone_day_end(zone, day))
        bc_buf_printf(out, " %s", basis->rules->timezone);
}

void page_ends_begin(struct html_out *out, const char *heading, const struct basis *basis,
                     const struct row *answer, const char *slice,
                     const struct document_place *places, size_t n)
{
    struct bc_buf title = { 0 }, lead = { 0 };

    page_ends_when(&lead, basis, row_find(answer, "asOf")->us);
    bc_buf_printf(&title, "%s, %.*s", heading, BC_STR_ARG(bc_buf_str(&lead)));
    bc_buf_printf(&lead, ", since ");
    page_ends_when(&lead, basis, row_find(answer, "since")->us);
    if (slice)
        bc_buf_printf(&lead, ", slice %s", slice);
    document_begin(out, &(struct document_head){ .title = bc_buf_str(&title),
                                                 .heading = bc_str_of(heading),
                                                 .lead = bc_buf_str(&lead),
                                                 .places = places,
                                                 .place_n = n });
    bc_buf_release(&title);
    bc_buf_release(&lead);
}

void page_ends_beside(struct html_out *out, const char *page, const char *words)
{
    const size_t before = out->text.len;

    html_out_put(out, "<p class=\"go note\">");
    if (!document_link(out, page, NULL, 0)) {
        out->text.len = before;
        return;
    }
    html_out_put(out, "%s", words);
    document_link_end(out, true);
    html_out_put(out, "</p>\n");
}

/* --- the end --- */

const struct document_place page_ends_notes = { "notes", "Notes", "Notes", { 0 } };

bool page_ends_has_notes(const struct row *answer)
{
    return row_find(answer, "notes") || row_find(answer, "recorded");
}

static void put_recorded(struct html_out *out, const struct row *answer)
{
    struct row recorded;

    if (html_out_within(&recorded, answer, "recorded")) {
        html_out_put(out, "<p>Put on record, this page too: ");
        page_cells_put(out, &recorded, "report");
        if (page_cells_text(&recorded, "review").len) {
            html_out_put(out, ", ");
            page_cells_put(out, &recorded, "review");
        }
        html_out_put(
            out, ". <code>backcast report page</code> writes the page again, byte for byte.</p>\n");
    }
    row_release(&recorded);
}

static void put_text(struct html_out *out, const struct row *row)
{
    html_out_marked(out, page_cells_text(row, "text"));
}

void page_ends_put_notes(struct html_out *out, const struct row *answer)
{
    static const struct column columns[] = {
        { .name = "Note", .key = "note", .about = true },
        { .name = "What to know", .draw = put_text },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .all = true };
    const struct cell *notes = row_find(answer, "notes");

    if (!page_ends_has_notes(answer))
        return;
    document_section(out, &page_ends_notes, BC_STR("On the answer as a whole."), false);
    put_recorded(out, answer);
    if (notes)
        print_html_of(out, &table, notes->rows);
    document_section_end(out);
}

void page_ends_end(struct html_out *out, const struct basis *basis, const struct row *answer)
{
    struct bc_buf rules = { 0 };

    page_ends_put_notes(out, answer);
    for (size_t ref = 0; ref < basis->ref_n; ref++)
        bc_buf_printf(&rules, "%s%s", ref ? " and " : "", basis_label(basis, ref));
    bc_buf_printf(&rules, ", times in %s", times_zone_name(out->env->times));
    document_end(out, answer, bc_buf_str(&rules));
    bc_buf_release(&rules);
}
