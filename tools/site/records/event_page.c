/* tools/site/records/event_page.c - one event, whole, and the proof that it is in the log. */
#include "tools/cli/names.h"
#include "tools/print/print_html.h"
#include "tools/site/parts/event_cells.h"
#include "tools/site/records/event_page_part.h"
#include "tools/site/records/record_pages.h"

#include <inttypes.h>

/* --- what it is --- */

static void begin_line(struct html_out *out, const char *name)
{
    html_out_put(out, "<tr><th scope=\"row\">%s</th><td>", name);
}

static void end_line(struct html_out *out)
{
    html_out_put(out, "</td></tr>\n");
}

static void put_text_line(struct html_out *out, const char *name, const struct row *event,
                          const char *key, const char *class)
{
    const struct bc_str text = page_cells_text(event, key);

    if (text.len == 0)
        return;
    begin_line(out, name);
    html_out_put(out, "<span class=\"%s\">", class);
    html_out_text(out, text);
    html_out_put(out, "</span>");
    end_line(out);
}

static void put_time_line(struct html_out *out, const char *name, const struct row *event,
                          const char *key)
{
    const struct cell *instant = row_find(event, key);

    if (!instant)
        return;
    begin_line(out, name);
    event_cells_put_exact(out, instant);
    end_line(out);
}

static void put_kind_line(struct html_out *out, const struct row *event)
{
    const struct bc_str kind = page_cells_text(event, "kind");
    struct bc_buf label = { 0 };
    bool linked;

    event_cells_add_kind(&label, kind);
    begin_line(out, "What");
    html_out_text(out, bc_buf_str(&label));
    html_out_put(out, " <span class=\"q code\">");
    linked = document_link(out, "log", &(struct document_pair){ "kind", kind }, 1);
    html_out_text(out, kind);
    document_link_end(out, linked);
    html_out_put(out, "</span>");
    end_line(out);
    bc_buf_release(&label);
}

static void put_who_lines(struct html_out *out, const struct row *event)
{
    const struct bc_str actor = page_cells_text(event, "by");

    if (actor.len) {
        begin_line(out, "Who");
        event_cells_put_actor(out, actor);
        if (!bc_str_eq(actor, names_of_person(out->env->names, actor))) {
            html_out_put(out, " <span class=\"q id\">");
            html_out_text(out, actor);
            html_out_put(out, "</span>");
        }
        end_line(out);
    }
    if (page_cells_text(event, "system").len) {
        begin_line(out, "Source");
        event_cells_put_source(out, page_cells_text(event, "system"));
        end_line(out);
    }
    put_text_line(out, "Its place there", event, "ref", "code");
    put_text_line(out, "How it came about", event, "how", "code");
}

static void put_event(struct html_out *out, const struct row *event)
{
    html_out_put(out, "<table aria-label=\"The event\"><tbody>\n");
    put_text_line(out, "Id", event, "id", "code");
    put_kind_line(out, event);
    if (page_cells_text(event, "deal").len) {
        begin_line(out, "Deal");
        page_cells_put_deal(out, page_cells_text(event, "deal"), (struct bc_str){ 0 });
        end_line(out);
    }
    put_who_lines(out, event);
    put_time_line(out, "Happened", event, "occurred");
    put_time_line(out, "The source learnt of it", event, "sourceRecorded");
    put_time_line(out, "Recorded", event, "recorded");
    put_text_line(out, "That is", event, "late", "q2");
    if (row_find(event, "takenBackBy")) {
        begin_line(out, "State");
        page_cells_state(out, PAGE_OFF, BC_STR("taken back"));
        html_out_put(out, " by event ");
        event_cells_put_seq(out, row_find(event, "takenBackBy")->count);
        end_line(out);
    }
    html_out_put(out, "</tbody></table>\n");
}

/* --- reports --- */

static void put_report(struct html_out *out, const struct row *row)
{
    const struct document_pair id = { "id", page_cells_text(row, "report") };
    const bool linked = document_link(out, "report", &id, 1);

    html_out_text(out, page_cells_text(row, "name"));
    document_link_end(out, linked);
}

static void put_of_report(struct html_out *out, const struct row *row)
{
    const uint64_t seq = row_find(page_about(out)->around, "seq")->count;
    const uint64_t report = row_find(row, "seq")->count;

    html_out_put(out, "%s",
                 report == seq  ? "this is its event"
                 : report > seq ? "was on record then"
                                : "was recorded after it");
}

static bc_status put_reports(struct call_page *call, const struct row *event, struct bc_err *err)
{
    static const struct column columns[] = {
        { .name = "Report", .about = true, .draw = put_report },
        { .name = "Issued", .key = "issued" },
        { .name = "This event", .draw = put_of_report },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };
    const struct row *reports;
    bc_status rc = call_ask(&reports, call, 0, (const char *[]){ "report", "list", NULL }, err);

    if (rc < 0)
        return rc;
    if (call_rows(reports, "reports").n == 0)
        document_empty(&call->out, "No report was issued. `backcast report issue` does.");
    call->about.around = event;
    print_html_of(&call->out, &table, call_rows(reports, "reports"));
    call->about.around = NULL;
    return BC_OK;
}

/* --- the page --- */

/* The event before, or after. */
static void put_beside(struct html_out *out, const struct row *event)
{
    const uint64_t seq = row_find(event, "seq")->count;
    const struct cell *head = row_find(event, "ledger");

    html_out_put(out, "<p class=\"note\">");
    if (seq > 1) {
        html_out_put(out, "Before it ");
        event_cells_put_seq(out, seq - 1);
    }
    if (seq > 1 && seq < head->head->size)
        html_out_put(out, ", ");
    if (seq < head->head->size) {
        html_out_put(out, "after it ");
        event_cells_put_seq(out, seq + 1);
    }
    html_out_put(out, "</p>\n");
}

static bc_status find_event(const struct row **out, struct call_page *call, struct bc_err *err)
{
    const bool by_id = call_param(call, "id").len > 0;
    const char *first =
        by_id ? call_option(call, "--id=", "id") : call_option(call, "--from-seq=", "seq");
    const char *last = by_id ? NULL : call_option(call, "--to-seq=", "seq");
    bc_status rc;

    if (!first)
        return bc_err_set(err, BC_E_USAGE, "which event? its number is `seq` in the address");
    rc = call_ask(out, call, 0, (const char *[]){ "log", "--json", "--proof", first, last, NULL },
                  err);
    if (rc == BC_OK && !row_find(*out, "seq"))
        return bc_err_set(err, BC_E_USAGE, "the ledger has no event %.*s",
                          BC_STR_ARG(call_param(call, "seq")));
    return rc;
}

static void put_lead(struct bc_buf *lead, const struct row *event)
{
    event_cells_add_kind(lead, page_cells_text(event, "kind"));
    bc_buf_printf(lead, ", recorded %.*s", BC_STR_ARG(page_cells_text(event, "late")));
}

bc_status event_page(struct call_page *call, struct bc_err *err)
{
    static const struct document_place places[] = {
        { "event", "Event", "Event", { 0 } },
        { "fields", "What it says", "What it says", { 0 } },
        { "proof", "Proof", "Proof", { 0 } },
        { "reports", "Reports", "Reports", { 0 } },
    };
    struct html_out *out = &call->out;
    const struct row *event;
    struct bc_buf heading = { 0 }, lead = { 0 };
    bc_status rc = find_event(&event, call, err);

    if (rc < 0)
        return rc;
    bc_buf_printf(&heading, "Event %" PRIu64 "%c", row_find(event, "seq")->count, '\0');
    put_lead(&lead, event);
    call_page_begin(call, heading.at, bc_buf_str(&lead), places,
                    sizeof(places) / sizeof(places[0]));
    document_section(out, &places[0], BC_STR("As the ledger took it; it never changes."), true);
    put_event(out, event);
    put_beside(out, event);
    document_section_end(out);
    document_section(out, &places[1], BC_STR("The fields of its kind."), false);
    event_page_fields(out, event);
    document_section_end(out);
    document_section(out, &places[2],
                     BC_STR("From its bytes to the root of the ledger, with SHA-256 (RFC 6962)."),
                     false);
    event_page_proof(out, event);
    document_section_end(out);
    document_section(out, &places[3],
                     BC_STR("A report rests on what was on record when it was issued."), false);
    rc = put_reports(call, event, err);
    document_section_end(out);
    call_page_end(call);
    bc_buf_release(&heading);
    bc_buf_release(&lead);
    return rc;
}
