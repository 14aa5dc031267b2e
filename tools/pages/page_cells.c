#include "tools/pages/page_cells.h"

#include "ledger/base/amount.h"
#include "ledger/base/instant.h"
#include "tools/cli/names.h"
#include "tools/pages/document.h"
#include "tools/print/cell_text.h"
#include "tools/show/labels.h"
#include "tools/show/rule_labels.h"

#include <inttypes.h>
#include <string.h>

struct bc_str page_cells_text(const struct row *row, const char *key)
{
    const struct cell *cell = row_find(row, key);

    return cell && cell->kind == CELL_TEXT ? cell->text : (struct bc_str){ 0 };
}

/* --- states --- */

void page_cells_state(struct html_out *out, enum page_state state, struct bc_str word)
{
    static const char *const names[] = {
        [PAGE_OFF] = "off", [PAGE_RISK] = "risk", [PAGE_FINE] = "fine", [PAGE_KNOW] = "know"
    };

    html_out_put(out,
                 "<span class=\"st %s\"><svg class=\"g\" aria-hidden=\"true\">"
                 "<use href=\"#g-%s\"/></svg>",
                 names[state], names[state]);
    html_out_text(out, word);
    html_out_put(out, "</span>");
}

/* --- whole cells --- */

void page_cells_put_deal(struct html_out *out, struct bc_str deal, struct bc_str name)
{
    const struct document_pair id = { "id", deal };
    bool by_id, linked;

    if (deal.len == 0) {
        html_out_put(out, CELL_TEXT_NULL);
        return;
    }
    if (name.len == 0)
        name = names_of_deal(out->env->names, deal).name;
    by_id = name.len == 0 || (out->env->names && out->env->names->off);
    linked = document_link(out, "deal", &id, 1);
    html_out_text(out, by_id ? deal : name);
    document_link_end(out, linked);
    if (by_id)
        return;
    html_out_put(out, " <span class=\"q id\">");
    html_out_text(out, deal);
    html_out_put(out, "</span>");
}

void page_cells_deal(struct html_out *out, const struct row *row)
{
    page_cells_put_deal(out, page_cells_text(row, "deal"), page_cells_text(row, "name"));
}

void page_cells_stage(struct html_out *out, const struct row *row)
{
    html_out_text(out, labels_stage(page_about(out)->rules, page_cells_text(row, "stage")));
}

void page_cells_put_day(struct html_out *out, const struct cell *instant)
{
    char day[BC_DAY_LEN];

    if (!instant || instant->kind != CELL_INSTANT) {
        html_out_put(out, CELL_TEXT_NULL);
        return;
    }
    bc_day_print(day, bc_zone_day(page_about(out)->rules->zone, instant->us));
    html_out_put(out, "<span class=\"nb\">%s</span>", day);
}

void page_cells_day(struct html_out *out, const struct row *row)
{
    page_cells_put_day(out, row_find(row, "at"));
}

void page_cells_put_metric(struct html_out *out, struct bc_str name)
{
    const struct document_pair pair = { "name", name };
    const bool linked =
        bc_rules_metric(page_about(out)->rules, name) && document_link(out, "metric", &pair, 1);
    struct bc_buf label = { 0 };

    rule_labels_metric_add(&label, page_about(out)->rules, name);
    html_out_text(out, bc_buf_str(&label));
    document_link_end(out, linked);
    bc_buf_release(&label);
}

void page_cells_last_done(struct html_out *out, const struct row *row)
{
    struct bc_buf text = { 0 };
    struct row last;

    if (!html_out_within(&last, row, "lastActivity")) {
        page_cells_put(out, row, "lastActivity");
    } else {
        labels_body_add(&text, page_cells_text(&last, "what"));
        html_out_text(out, bc_buf_str(&text));
        html_out_put(out, " ");
        page_cells_day(out, &last);
    }
    bc_buf_release(&text);
    row_release(&last);
}

void page_cells_next_meeting(struct html_out *out, const struct row *row)
{
    page_cells_put_day(out, row_find(row, "nextMeeting"));
}

void page_cells_metric(struct html_out *out, const struct row *row)
{
    page_cells_put_metric(out, page_cells_text(row, "metric"));
}

void page_cells_metric_named(struct html_out *out, const struct row *row)
{
    page_cells_put_metric(out, page_cells_text(row, "name"));
}

void page_cells_slice_group(struct html_out *out, const struct row *row)
{
    html_out_text(out, labels_slice(page_cells_text(row, "slice")));
}

void page_cells_converted(struct html_out *out, const struct row *row)
{
    page_cells_put_of(out, row, "converted");
}

void page_cells_interval(struct html_out *out, const struct row *row)
{
    page_cells_put_range(out, row, "low", "high");
}

/* --- parts --- */

void page_cells_put(struct html_out *out, const struct row *row, const char *key)
{
    const struct cell *cell = row_find(row, key);

    if (cell)
        html_out_cell(out, cell);
}

void page_cells_add_words(struct bc_buf *text, const char *key)
{
    for (; *key; key++) {
        if (*key >= 'A' && *key <= 'Z')
            bc_buf_printf(text, " %c", *key - 'A' + 'a');
        else
            bc_buf_add_byte(text, *key);
    }
}

void page_cells_add(struct bc_buf *text, const struct row *row, const char *key)
{
    const struct cell *cell = row_find(row, key);

    if (cell)
        cell_text_add(text, cell, row->times);
}

bool page_cells_number(double *value, const struct row *row, const char *key)
{
    const struct cell *cell = row_find(row, key);

    if (!cell)
        return false;
    switch (cell->kind) {
    case CELL_NUMBER:
    case CELL_TENTHS:
    case CELL_RATE:
    case CELL_POINTS:
    case CELL_DAYS:
        *value = cell->number;
        return true;
    case CELL_COUNT:
        *value = (double)cell->count;
        return true;
    case CELL_INTEGER:
        *value = (double)cell->integer;
        return true;
    case CELL_NULL:
    case CELL_TEXT:
    case CELL_TEXTS:
    case CELL_BOOL:
    case CELL_SEQ:
    case CELL_AMOUNT:
    case CELL_INSTANT:
    case CELL_HEAD:
    case CELL_JSON:
    case CELL_ROW:
    case CELL_ROWS:
    case CELL_REST:
        break;
    }
    return false;
}

/* The unit is that of the second. */
void page_cells_put_range(struct html_out *out, const struct row *row, const char *low,
                          const char *high)
{
    struct bc_buf text = { 0 };
    const char *bare; /* where the unit begins */
    double ignored;

    if (!page_cells_number(&ignored, row, low) || !page_cells_number(&ignored, row, high))
        return;
    page_cells_add(&text, row, low);
    bare = text.len ? memchr(text.at, ' ', text.len) : NULL;
    html_out_put(out, "<span class=\"nb\">");
    html_out_figure(out, (struct bc_str){ text.at, bare ? (size_t)(bare - text.at) : text.len });
    html_out_put(out, " to ");
    page_cells_put(out, row, high);
    html_out_put(out, "</span>");
    bc_buf_release(&text);
}

void page_cells_put_of(struct html_out *out, const struct row *row, const char *hit)
{
    const struct cell *n = row_find(row, "n"), *of = row_find(row, hit);

    if (n && of)
        html_out_put(out, "%" PRIu64 " of %" PRIu64, of->count, n->count);
}

void page_cells_put_rests_on(struct html_out *out, const struct row *row)
{
    double ignored;

    html_out_put(out, "<span class=\"ph q\"><br>");
    page_cells_put_of(out, row, "converted");
    if (page_cells_number(&ignored, row, "low"))
        html_out_put(out, ", ");
    page_cells_put_range(out, row, "low", "high");
    html_out_put(out, "</span>");
}

void page_cells_put_amount(struct html_out *out, const struct row *row, const char *key)
{
    int64_t millionths;
    bc_int128 amount;

    if (bc_amount_parse(&millionths, page_cells_text(row, key))) {
        amount = millionths;
        html_out_cell(out, &(struct cell){ .kind = CELL_AMOUNT, .millionths = &amount });
    } else {
        page_cells_put(out, row, key);
    }
}
