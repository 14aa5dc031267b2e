#include "tools/cli/names.h"
#include "tools/print/print_html.h"
#include "tools/site/deals/deal_part.h"
#include "tools/site/parts/paged.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct place {
    struct bc_str id;
    size_t at;
};

struct events {
    struct page_about about; /* first, so that cells of pages find it */
    struct rows all;
    struct place *places; /* by id */
};

static const struct events *events_of(const struct html_out *out)
{
    return (const struct events *)page_about(out);
}

/* --- events by their ids --- */

static int by_id(const void *a, const void *b)
{
    return bc_str_cmp(((const struct place *)a)->id, ((const struct place *)b)->id);
}

static void read_places(struct events *events)
{
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    events->places = bc_calloc(events->all.n + 1, sizeof(*events->places));
    for (size_t i = 0; i < events->all.n; i++) {
        row_clear(&row);
        events->all.fill(&row, events->all.source, i);
        events->places[i] = (struct place){ page_cells_text(&row, "id"), i };
    }
    row_release(&row);
    if (events->all.n > 1)
        qsort(events->places, events->all.n, sizeof(*events->places), by_id);
}

/* The row of an event of this deal; false: it has none of that id. */
static bool find(struct row *out, const struct events *events, struct bc_str id)
{
    const struct place key = { .id = id };
    const struct place *found =
        events->all.n ? bsearch(&key, events->places, events->all.n, sizeof(key), by_id) : NULL;

    *out = (struct row){ .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };
    if (found)
        events->all.fill(out, events->all.source, found->at);
    return found != NULL;
}

/* --- cells --- */

static bool is_retracted(const struct row *row)
{
    return page_cells_text(row, "retractedBy").len > 0;
}

static void put_struck(struct html_out *out, const struct row *row, const char *key)
{
    html_out_put(out, is_retracted(row) ? "<del>" : "");
    page_cells_put(out, row, key);
    html_out_put(out, is_retracted(row) ? "</del>" : "");
}

static void put_kind(struct html_out *out, const struct row *row)
{
    put_struck(out, row, "kind");
}

static void put_late(struct html_out *out, const struct row *row)
{
    if (!page_cells_text(row, "learnt").len)
        return;
    html_out_put(out, "<span class=\"late\">");
    html_out_figure(out, page_cells_text(row, "learnt"));
    html_out_put(out, " late</span>");
}

/* On a narrow page what has left stands below. */
static void put_occurred(struct html_out *out, const struct row *row)
{
    page_cells_put(out, row, "occurred");
    if (!page_cells_text(row, "learnt").len)
        return;
    html_out_put(out, "<span class=\"ph\"><br> learnt ");
    put_late(out, row);
    html_out_put(out, "</span>");
}

static void put_person(struct html_out *out, struct bc_str id)
{
    html_out_text(out, names_of_person(out->env->names, id));
}

/* "retracted 2025-12-31 by user:13: they were there, in the other room". */
static void put_retraction(struct html_out *out, struct bc_str id)
{
    struct row by;

    html_out_put(out, "<br>retracted");
    if (find(&by, events_of(out), id)) {
        html_out_put(out, " ");
        page_cells_put_day(out, row_find(&by, "occurred"));
        html_out_put(out, " by ");
        put_person(out, page_cells_text(&by, "by"));
        if (page_cells_text(&by, "reason").len)
            html_out_put(out, ": ");
        html_out_text(out, page_cells_text(&by, "reason"));
    }
    row_release(&by);
}

/* "takes back Meeting of 2025-12-29 17:19: they were there, in the other room". */
static void put_takes_back(struct html_out *out, const struct row *row)
{
    struct row target;

    html_out_put(out, is_retracted(row) ? "<del>takes back " : "takes back ");
    if (find(&target, events_of(out), page_cells_text(row, "takesBack"))) {
        page_cells_put(out, &target, "kind");
        html_out_put(out, " of ");
        page_cells_put(out, &target, "occurred");
    } else {
        html_out_text(out, page_cells_text(row, "takesBack"));
    }
    if (page_cells_text(row, "reason").len)
        html_out_put(out, ": ");
    html_out_text(out, page_cells_text(row, "reason"));
    html_out_put(out, is_retracted(row) ? "</del>" : "");
    row_release(&target);
}

static void put_says(struct html_out *out, const struct row *row)
{
    if (page_cells_text(row, "takesBack").len)
        put_takes_back(out, row);
    else
        put_struck(out, row, "says");
    if (is_retracted(row))
        put_retraction(out, page_cells_text(row, "retractedBy"));
}

static void put_seq(struct html_out *out, const struct row *row)
{
    struct bc_buf seq = { 0 };
    bool linked;

    page_cells_add(&seq, row, "seq");
    linked = document_link(out, "event", &(struct document_pair){ "seq", bc_buf_str(&seq) }, 1);
    html_out_text(out, bc_buf_str(&seq));
    document_link_end(out, linked);
    bc_buf_release(&seq);
}

/* --- the section --- */

void deal_events_put(struct call_page *call, const struct row *history)
{
    static const struct column columns[] = {
        { .name = "Occurred", .class = "when", .draw = put_occurred },
        { .name = "Learnt a day\nor more after",
          .class = "nb",
          .right = true,
          .leave = 1,
          .draw = put_late },
        { .name = "Event", .about = true, .draw = put_kind },
        { .name = "What", .draw = put_says },
        { .name = "By", .key = "by", .leave = 1, .shows = COLUMN_PERSON },
        { .name = "Source", .key = "source", .class = "q2", .leave = 3 },
        { .name = "Seq", .right = true, .leave = 2, .draw = put_seq },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns),
                                      .class = "full ev",
                                      .all = true };
    struct events events = { .about = { .rules = call->basis.rules },
                             .all = call_rows(history, "events") };
    struct paged paged = { .all = events.all, .key = "page" };

    read_places(&events);
    paged_read(&paged, call);
    call->out.about = &events.about;
    print_html_of(&call->out, &table, paged_rows(&paged));
    call->out.about = &call->about;
    paged_put(call, &paged);
    free(events.places);
}

void deal_events_say(struct bc_buf *out, const struct row *history)
{
    const struct rows rows = call_rows(history, "events");
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };
    size_t retracted = 0, late = 0;

    for (size_t i = 0; i < rows.n; i++) {
        row_clear(&row);
        rows.fill(&row, rows.source, i);
        retracted += is_retracted(&row);
        late += page_cells_text(&row, "learnt").len > 0;
    }
    row_release(&row);
    bc_buf_printf(out, "%zu event%s", rows.n, rows.n == 1 ? "" : "s");
    if (retracted)
        bc_buf_printf(out, ", %zu retracted", retracted);
    if (late)
        bc_buf_printf(out, ", %zu learnt a day or more late", late);
}
