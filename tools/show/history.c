#include "tools/show/history.h"

#include "tools/cli/text.h"
#include "tools/json/event_json.h"
#include "tools/json/event_text.h"
#include "tools/print/deal_text.h"
#include "tools/print/paragraph.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"
#include "tools/show/event_words.h"
#include "tools/show/finding.h"

#include <inttypes.h>

/* --- rows --- */

/* How late an event was recorded, if it was a day or more. */
static void add_delay(struct row *row, const struct bc_event *event)
{
    int64_t late_us = event->recorded_us - event->occurred_us;

    if (late_us >= BC_DAY_US)
        row_format(row, "learnt", "%" PRId64 " d", late_us / BC_DAY_US);
}

static void add_source(struct row *row, const struct bc_event *event)
{
    struct bc_buf *text = row_make(row);

    bc_buf_add_str(text, event->source_system);
    if (event->source_how.len)
        bc_buf_printf(text, "%s%.*s", text->len ? " " : "", BC_STR_ARG(event->source_how));
    row_made(row, "source");
}

/* An event as people read it. */
static void add_event(struct row *row, const struct bc_deal_event *event)
{
    row_instant(row, "occurred", event->event.occurred_us);
    add_delay(row, &event->event);
    row_seq(row, "seq", event->event.seq);
    event_text_add(row_make(row), &event->event, row->times, row->names);
    row_made(row, "event");
    row_text(row, "id", event->event.id);
    row_text(row, "by", event->event.actor);
    add_source(row, &event->event);
    if (!event->retracted_by)
        return;
    row_format(row, "retractedBy", "by %" PRIu64, event->retracted_by);
    row_color(row, "red");
}

/* What a page says of an event, and where it draws it. */
static void add_for_pages(struct row *row, const struct bc_event *event, const bc_rules *rules)
{
    row_text(row, "id", event->id);
    row_seq(row, "seq", event->seq);
    row_instant(row, "occurred", event->occurred_us);
    row_instant(row, "recorded", event->recorded_us);
    add_delay(row, event);
    row_word(row, "body", event->body == BC_NO_BODY ? "" : bc_schema(event->body)->json_name);
    event_words_kind_add(row_make(row), event->body);
    row_made(row, "kind");
    event_words_add(row_make(row), event, rules, row->names);
    row_made(row, "says");
    row_text(row, "by", event->actor);
    add_source(row, event);
    row_text(row, "outcome",
             event->body == BC_MEETING_LOGGED ? event->value[BC_MEETING_LOGGED_OUTCOME].text
                                              : (struct bc_str){ 0 });
    if (event->body != BC_RETRACTED)
        return;
    row_text(row, "takesBack", event->value[BC_RETRACTED_EVENT].text);
    row_text(row, "reason", event->value[BC_RETRACTED_REASON].text);
}

static void fill_event(struct row *row, const void *source, size_t i)
{
    const struct history_shown *shown = source;
    const struct bc_deal_event *event = &shown->history->events.at[i];

    if (row_for_people(row)) {
        add_event(row, event);
        return;
    }
    (void)event_json_add(row_make(row), &event->event);
    row_made_json(row, "event");
    if (event->retracted_by)
        row_text(row, "retractedBy", event->retraction);
    else
        row_null(row, "retractedBy");
    if (row_for_pages(row))
        add_for_pages(row, &event->event, shown->basis->rules);
}

static void fill_visit(struct row *row, const void *source, size_t i)
{
    const struct history_shown *shown = source;
    const struct bc_history_visit *visit = &shown->history->visits[i];
    bool open = visit->visit.left_us == BC_NEVER;
    int64_t end_us = open ? shown->basis->question.as_of_us[0] : visit->visit.left_us;

    row_text(row, "stage", visit->stage);
    row_instant(row, "entered", visit->visit.entered_us);
    if (open)
        row_null(row, "left");
    else
        row_instant(row, "left", visit->visit.left_us);
    row_bool(row, "observed", visit->visit.observed);
    row_text(row, "event", visit->event);
    if (!row_for_people(row) && !row_for_pages(row))
        return;
    if (visit->visit.observed)
        row_word(row, "days", "found so");
    else
        row_figure(row, "days", CELL_TENTHS,
                   (double)(end_us - visit->visit.entered_us) / (double)BC_DAY_US);
}

static struct rows events_of(const struct history_shown *shown)
{
    return rows_of(fill_event, shown, shown->history->events.n);
}

static struct rows visits_of(const struct history_shown *shown)
{
    return rows_of(fill_visit, shown, shown->history->visit_n);
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct history_shown *shown = source;

    (void)i;
    basis_cells(row, shown->basis, shown->basis->question.as_of_us[0]);
    row_word(row, "deal", shown->deal);
    row_rows(row, "events", events_of(shown));
    row_rows(row, "visits", visits_of(shown));
    row_rows(row, "findings", finding_rows(shown->history->audit));
    notes_cells(row, &shown->basis->notes);
}

/* --- forms --- */

void history_json(const struct cmd_env *env, const struct history_shown *shown)
{
    print_json_of(env, fill, shown);
}

static const struct column event_columns[] = {
    { .name = "OCCURRED", .key = "occurred" },
    { .name = "LEARNT", .key = "learnt", .right = true },
    { .name = "SEQ", .key = "seq", .right = true, .leave = 1 },
    { .name = "EVENT", .key = "event", .fit = COLUMN_WRAP },
    { .name = "BY", .key = "by", .fit = COLUMN_MIDDLE, .leave = 2, .shows = COLUMN_PERSON },
    { .name = "SOURCE", .key = "source", .fit = COLUMN_MIDDLE, .leave = 3 },
    { .name = "RETRACTED", .key = "retractedBy", .fit = COLUMN_MIDDLE },
    { .name = "ID", .key = "id", .fit = COLUMN_MIDDLE }, /* the last one, where it is asked for */
};

static const struct column visit_columns[] = {
    { .name = "STAGE", .key = "stage", .fit = COLUMN_MIDDLE },
    { .name = "ENTERED", .key = "entered" },
    { .name = "LEFT", .key = "left" },
    { .name = "DAYS", .key = "days", .right = true },
};

static void print_findings(const struct cmd_env *env, const struct bc_audit *audit)
{
    struct bc_buf text = { 0 };

    for (size_t i = 0; i < audit->n; i++) {
        text.len = 0;
        finding_text_add(&text, &audit->findings[i]);
        fputs(i ? "finding: " : "\nfinding: ", env->out);
        paragraph_print(env, strlen("finding: "), bc_buf_str(&text));
    }
    bc_buf_release(&text);
}

static void print_head(const struct cmd_env *env, const struct history_shown *shown)
{
    const struct bc_str deal = bc_str_of(shown->deal);
    const struct bc_str owner = names_of_deal(env->names, deal).owner;
    const size_t n = shown->history->events.n;
    struct bc_buf said = { 0 };

    bc_buf_add_str(&said, BC_STR("deal "));
    deal_text_add(&said, env->names, deal);
    if (owner.len)
        bc_buf_printf(&said, ", owner %.*s", BC_STR_ARG(names_of_person(env->names, owner)));
    bc_buf_printf(&said, ": %zu event%s", n, text_plural(n));
    paragraph_print(env, 0, bc_buf_str(&said));
    fputc('\n', env->out);
    bc_buf_release(&said);
}

void history_print(const struct cmd_env *env, const struct history_shown *shown)
{
    const struct bc_history *history = shown->history;
    struct columns columns = COLUMNS_OF(event_columns);

    print_head(env, shown);
    columns.n -= !shown->ids;
    print_table_of(env, columns, events_of(shown));
    if (history->visit_n) {
        fputc('\n', env->out);
        print_table_of(env, COLUMNS_OF(visit_columns), visits_of(shown));
    }
    print_findings(env, history->audit);
    basis_print(env, shown->basis, shown->basis->question.as_of_us);
}
