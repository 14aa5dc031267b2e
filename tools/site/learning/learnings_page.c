/* tools/site/learning/learnings_page.c - what was learned, by topic, and which deals closed without
 * it. */
#include "tools/pages/action_table.h"
#include "tools/pages/learning_table.h"
#include "tools/pages/page_ends.h"
#include "tools/site/learning/learning_pages.h"
#include "tools/site/parts/ask_with.h"
#include "tools/site/parts/form.h"
#include "tools/site/parts/paged.h"

#include <stdlib.h>

/* --- by topic, the newest first --- */

struct place {
    struct bc_str topic;
    size_t at;
};

struct sorted {
    struct rows rows;
    struct place *places;
};

/* What is of no topic comes last. */
static int by_topic(const void *a, const void *b)
{
    const struct place *left = a, *right = b;
    const int order = bc_str_cmp(left->topic, right->topic);

    if (!left->topic.len != !right->topic.len)
        return left->topic.len ? -1 : 1;
    return order ? order : left->at > right->at ? -1 : 1;
}

static void sort(struct sorted *sorted)
{
    struct row row = { .readers = ROW_FOR_PROGRAMS | ROW_FOR_PAGES };

    sorted->places = bc_calloc(sorted->rows.n + 1, sizeof(*sorted->places));
    for (size_t i = 0; i < sorted->rows.n; i++) {
        row_clear(&row);
        sorted->rows.fill(&row, sorted->rows.source, i);
        sorted->places[i] = (struct place){ page_cells_text(&row, "topic"), i };
    }
    qsort(sorted->places, sorted->rows.n, sizeof(*sorted->places), by_topic);
    row_release(&row);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct sorted *sorted = source;

    sorted->rows.fill(row, sorted->rows.source, sorted->places[i].at);
}

/* How many of each, with the way to it alone. */
static void put_topics(struct call_page *call, const struct sorted *sorted)
{
    struct html_out *out = &call->out;

    html_out_put(out, "<ul class=\"also\">");
    for (size_t i = 0, end; i < sorted->rows.n; i = end) {
        const struct document_pair topic = { "topic", sorted->places[i].topic };
        bool linked;

        for (end = i; end < sorted->rows.n && bc_str_eq(topic.value, sorted->places[end].topic);)
            end++;
        html_out_put(out, "<li>");
        linked = topic.value.len && document_link(out, "learnings", &topic, 1);
        html_out_text(out, topic.value.len ? topic.value : BC_STR("of no topic"));
        document_link_end(out, linked);
        html_out_put(out, " <span class=\"q\">%zu</span></li>\n", end - i);
    }
    html_out_put(out, "</ul>\n");
}

/* --- the page --- */

static void put_form(struct call_page *call)
{
    if (!form_begin(call, "Which learnings"))
        return;
    form_field(call, "topic", "Topic", "all");
    form_field(call, "days", "Days", "ever");
    form_field(call, "since", "or since", "a date");
    form_end(call);
}

static void put_learnings(struct call_page *call, const struct row *answer)
{
    struct sorted sorted = { .rows = call_rows(answer, "learnings") };
    struct paged paged = { .key = "page" };

    sort(&sorted);
    paged.all = rows_of(fill, &sorted, sorted.rows.n);
    paged_read(&paged, call);
    put_form(call);
    if (sorted.rows.n)
        put_topics(call, &sorted);
    learning_table_put_by_topic(&call->out, paged_rows(&paged));
    paged_put(call, &paged);
    free(sorted.places);
}

static void put_missing(struct call_page *call, const struct row *answer)
{
    struct paged paged = { .all = call_rows(answer, "missing"), .key = "missing-page" };

    paged_read(&paged, call);
    if (paged.all.n == 0)
        document_empty(&call->out, "None closed without one.");
    learning_table_put_missing(&call->out, paged_rows(&paged));
    paged_put(call, &paged);
}

bc_status learnings_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = {
        { "learnings", "Learnings", "Learnings", { 0 } },
        { "missing", "Closed without one", "Closed without one", { 0 } },
        { "actions", "Actions", "Actions", { 0 } },
    };
    const struct row *answer = NULL, *review = NULL;
    struct bc_buf lead = { 0 };
    bc_status rc = ask_with(&answer, call, "learnings", NULL, err);

    if (rc == BC_OK)
        rc = call_ask(&review, call, CALL_ALL, (const char *[]){ "review", NULL }, err);
    if (rc != BC_OK)
        return rc;
    page_ends_when(&lead, &call->basis, call->basis.as_of_us);
    call_page_begin(call, "Learnings", bc_buf_str(&lead), places, 3);
    document_section(&call->out, &places[0],
                     BC_STR("What was written down, by topic, the newest first; in every slice."),
                     true);
    put_learnings(call, answer);
    document_section_end(&call->out);
    document_section(&call->out, &places[1],
                     BC_STR("Deals that closed, and of which nothing was written down."), false);
    put_missing(call, answer);
    document_section_end(&call->out);
    document_section(&call->out, &places[2],
                     BC_STR("Decided and not closed, as the weekly review has them."), false);
    action_table_put(&call->out, call_rows(review, "actions"));
    document_section_end(&call->out);
    call_page_end(call);
    bc_buf_release(&lead);
    return BC_OK;
}
