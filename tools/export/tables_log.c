/* tools/export/tables_log.c - every event of the log, and what the rules find odd. */
#include "projections/audit/audit.h"
#include "tools/export/tables_impl.h"
#include "tools/json/event_json.h"
#include "tools/show/finding.h"
#include "tools/show/taken_back.h"

/* --- findings --- */

static bc_status write_finding(const struct tables_out *out, const struct bc_finding *finding,
                               size_t number, struct bc_err *err)
{
    const struct bc_finding_row *kind = bc_finding_row(finding->kind);
    struct tables_row row = tables_row_of(TABLE_FINDINGS);
    struct bc_buf says = { 0 };
    bc_status rc;

    finding_text_add(&says, finding);
    tables_integer(&row, "number", (int64_t)number + 1);
    tables_text(&row, "finding", bc_str_of(kind->word));
    tables_bool(&row, "usual", kind->usual);
    tables_text_or_null(&row, "deal", finding->deal);
    if (bc_finding_has(finding->kind, BC_CELL_AT))
        tables_instant(&row, "happened", finding->at_us);
    else
        tables_null(&row, "happened");
    tables_text_or_null(&row, "event", finding->event);
    tables_text_or_null(&row, "actor", finding->actor);
    tables_text_or_null(&row, "source", finding->source);
    tables_text(&row, "says", bc_buf_str(&says));
    rc = tables_row_end(&row, out, err);
    bc_buf_release(&says);
    return rc;
}

bc_status tables_write_findings(const struct tables_out *out, struct bc_err *err)
{
    const struct basis *basis = out->ask->basis;
    struct bc_audit *audit = NULL;
    bc_status rc =
        bc_audit_make(&audit, basis->timelines, &basis->question, bc_findings_all(), true, err);

    for (size_t i = 0; rc == BC_OK && i < audit->n; i++)
        rc = write_finding(out, &audit->findings[i], i, err);
    bc_audit_free(audit);
    return rc;
}

/* --- events --- */

struct log_walk {
    const struct tables_out *out;
    struct bc_visible visible;
    struct taken_back taken;
    struct bc_buf body;
};

static void put_body(struct tables_row *row, struct log_walk *walk, const struct bc_event *event)
{
    struct tables_left *left = walk->out->left;

    if (event->body == BC_NO_BODY) {
        left->bodies++;
        tables_null(row, "body");
        return;
    }
    walk->body.len = 0;
    left->fields += event_json_body_add(&walk->body, event);
    tables_text(row, "body", bc_buf_str(&walk->body));
}

static bc_status write_event(struct log_walk *walk, const struct bc_event *event,
                             struct bc_err *err)
{
    struct tables_row row = tables_row_of(TABLE_EVENTS);

    tables_integer(&row, "seq", (int64_t)event->seq);
    tables_text(&row, "id", event->id);
    tables_text_or_null(&row, "kind",
                        event->body == BC_NO_BODY ? (struct bc_str){ 0 }
                                                  : bc_str_of(bc_schema(event->body)->json_name));
    tables_text_or_null(&row, "deal", event->deal);
    tables_instant(&row, "occurred", event->occurred_us);
    tables_instant(&row, "recorded", event->recorded_us);
    if (event->has_source_recorded)
        tables_instant(&row, "source_recorded", event->source_recorded_us);
    else
        tables_null(&row, "source_recorded");
    tables_text_or_null(&row, "actor", event->actor);
    tables_text_or_null(&row, "source_system", event->source_system);
    tables_text_or_null(&row, "source_ref", event->source_ref);
    tables_text_or_null(&row, "source_how", event->source_how);
    tables_bool(&row, "retracted", taken_back_by(&walk->taken, event->seq) != 0);
    put_body(&row, walk, event);
    return tables_row_end(&row, walk->out, err);
}

static bc_status walk_log(struct log_walk *walk, bc_log *log, struct bc_err *err)
{
    const uint64_t size = bc_log_head(log)->size;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc = size > 0 ? bc_cursor_open(&cursor, log, 1, size, err) : BC_DONE;

    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK &&
            bc_visible_has(&walk->visible, event->seq,
                           event->has_source_recorded ? &event->source_recorded_us : NULL))
            rc = write_event(walk, event, err);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : BC_OK;
}

bc_status tables_write_events(const struct tables_out *out, struct bc_err *err)
{
    const struct basis *basis = out->ask->basis;
    struct log_walk walk = { .out = out };
    bc_status rc = bc_question_known(&basis->question, basis->log, &walk.visible, err);

    if (rc == BC_OK)
        rc = taken_back_known(&walk.taken, basis->log, &walk.visible, err);
    if (rc == BC_OK)
        rc = walk_log(&walk, basis->log, err);
    taken_back_release(&walk.taken);
    bc_buf_release(&walk.body);
    return rc;
}
