#include "tools/site/parts/event_cells.h"

#include "tools/cli/names.h"
#include "tools/cli/times.h"
#include "tools/pages/document.h"
#include "tools/pages/page_cells.h"
#include "tools/show/labels.h"

#include <inttypes.h>
#include <string.h>

/* --- parts --- */

void event_cells_put_seq(struct html_out *out, uint64_t seq)
{
    char text[24];
    bool linked;

    (void)snprintf(text, sizeof(text), "%" PRIu64, seq);
    linked = document_link(out, "event", &(struct document_pair){ "seq", bc_str_of(text) }, 1);
    html_out_text(out, bc_str_of(text));
    document_link_end(out, linked);
}

static void put_linked(struct html_out *out, const char *page, const char *key, struct bc_str value,
                       struct bc_str text)
{
    const bool linked = document_link(out, page, &(struct document_pair){ key, value }, 1);

    html_out_text(out, text);
    document_link_end(out, linked);
}

void event_cells_put_id(struct html_out *out, struct bc_str id)
{
    html_out_put(out, "<span class=\"code\">");
    put_linked(out, "event", "id", id, id);
    html_out_put(out, "</span>");
}

void event_cells_ids(struct html_out *out, const struct row *row)
{
    const struct cell *ids = row_find(row, "events");

    for (size_t i = 0; ids && ids->kind == CELL_TEXTS && i < ids->texts.n; i++) {
        html_out_put(out, "%s", i ? ", " : "");
        event_cells_put_id(out, ids->texts.at[i]);
    }
}

void event_cells_id(struct html_out *out, const struct row *row)
{
    event_cells_put_id(out, page_cells_text(row, "event"));
}

void event_cells_add_kind(struct bc_buf *out, struct bc_str kind)
{
    if (bc_str_eq(kind, BC_STR("meetingLogged")))
        bc_buf_add_str(out, BC_STR("meeting logged"));
    else
        labels_body_add(out, kind);
}

void event_cells_put_actor(struct html_out *out, struct bc_str actor)
{
    if (actor.len)
        put_linked(out, "log", "actor", actor, names_of_person(out->env->names, actor));
}

void event_cells_put_source(struct html_out *out, struct bc_str system)
{
    if (system.len)
        put_linked(out, "log", "source", system, system);
}

void event_cells_put_exact(struct html_out *out, const struct cell *instant)
{
    char text[TIMES_LEN];

    times_print_exact(text, out->env->times, instant->us);
    html_out_text(out, bc_str_of(text));
}

/* The line begins with the kind as it is typed. */
void event_cells_says(struct html_out *out, const struct row *row)
{
    const struct bc_str kind = page_cells_text(row, "kind"), says = page_cells_text(row, "says");
    struct bc_buf label = { 0 };

    event_cells_add_kind(&label, kind);
    html_out_text(out, bc_buf_str(&label));
    bc_buf_release(&label);
    if (says.len > kind.len && memcmp(says.at, kind.at, kind.len) == 0) {
        html_out_put(out, "<span class=\"q2\">");
        html_out_text(out, bc_str_part(says, kind.len, says.len));
        html_out_put(out, "</span>");
    }
    if (row_find(row, "takenBackBy")) {
        html_out_put(out, "<br>");
        page_cells_state(out, PAGE_OFF, BC_STR("taken back"));
        html_out_put(out, " by event ");
        event_cells_put_seq(out, row_find(row, "takenBackBy")->count);
    }
}

/* --- the table --- */

static void put_seq(struct html_out *out, const struct row *row)
{
    event_cells_put_seq(out, row_find(row, "seq")->count);
}

static void put_deal(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "deal").len)
        page_cells_put_deal(out, page_cells_text(row, "deal"), (struct bc_str){ 0 });
}

/* On a phone with its deal and its time. */
static void put_what(struct html_out *out, const struct row *row)
{
    event_cells_says(out, row);
    html_out_put(out, "<span class=\"ph q\"><br>");
    put_deal(out, row);
    html_out_put(out, "%s", page_cells_text(row, "deal").len ? ", " : "");
    page_cells_put(out, row, "occurred");
    html_out_put(out, "</span>");
}

static void put_by(struct html_out *out, const struct row *row)
{
    event_cells_put_actor(out, page_cells_text(row, "by"));
}

static void put_source(struct html_out *out, const struct row *row)
{
    event_cells_put_source(out, page_cells_text(row, "system"));
}

void event_cells_put_table(struct html_out *out, struct rows rows)
{
    static const struct column columns[] = {
        { .name = "Event", .about = true, .class = "nb", .draw = put_seq },
        { .name = "Happened", .key = "occurred", .leave = 1, .class = "nb" },
        { .name = "Recorded", .key = "recorded", .leave = 2, .class = "nb" },
        { .name = "Deal", .draw = put_deal, .leave = 1 },
        { .name = "What", .draw = put_what },
        { .name = "Who", .leave = 2, .draw = put_by },
        { .name = "Source", .leave = 2, .draw = put_source },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full tight",
                                      .all = true };

    print_html_of(out, &table, rows);
}
