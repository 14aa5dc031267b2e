#include "tools/export/xes_log.h"

#include "ledger/base/instant.h"
#include "ledger/record/codec.h"
#include "tools/cli/outfile.h"
#include "tools/export/activity.h"
#include "tools/export/sorter.h"
#include "tools/export/xml_text.h"

struct writing {
    FILE *file;
    struct xes_log_out *out;
    const struct counted *counted;
    const bc_rules *rules;
    struct progress *progress;
    sorter *sorter; /* (deal, occurred, seq) -> the stored event */
    bc_arena *arena;
    struct bc_buf text, key, name, deal;
    uint64_t done;
    bool open; /* a trace is */
};

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<log xes.version=\"1849.2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n"
    "  <extension name=\"Concept\" prefix=\"concept\" "
    "uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
    "  <extension name=\"Time\" prefix=\"time\" "
    "uri=\"http://www.xes-standard.org/time.xesext\"/>\n"
    "  <extension name=\"Organizational\" prefix=\"org\" "
    "uri=\"http://www.xes-standard.org/org.xesext\"/>\n"
    "  <extension name=\"Lifecycle\" prefix=\"lifecycle\" "
    "uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n"
    "  <global scope=\"trace\">\n"
    "    <string key=\"concept:name\" value=\"\"/>\n"
    "  </global>\n"
    "  <global scope=\"event\">\n"
    "    <string key=\"concept:name\" value=\"\"/>\n"
    "    <date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000000Z\"/>\n"
    "    <string key=\"lifecycle:transition\" value=\"complete\"/>\n"
    "    <string key=\"eventId\" value=\"\"/>\n"
    "    <string key=\"eventKind\" value=\"\"/>\n"
    "    <date key=\"recordedAt\" value=\"1970-01-01T00:00:00.000000Z\"/>\n"
    "  </global>\n"
    "  <classifier name=\"Activity\" keys=\"concept:name\"/>\n"
    "  <classifier name=\"Kind\" keys=\"eventKind\"/>\n"
    "  <classifier name=\"Resource\" keys=\"org:resource\"/>\n"
    "  <string key=\"concept:name\" value=\"deals\"/>\n"
    "  <string key=\"lifecycle:model\" value=\"standard\"/>\n";

/* --- attributes --- */

static void add_text(struct writing *w, const char *type, const char *key, struct bc_str value)
{
    bc_buf_printf(&w->text, "      <%s key=\"%s\" value=\"", type, key);
    w->out->replaced += xml_text_add(&w->text, value);
    bc_buf_add_str(&w->text, BC_STR("\"/>\n"));
}

static void add_filled(struct writing *w, const char *key, struct bc_str value)
{
    if (value.len > 0)
        add_text(w, "string", key, value);
}

static void add_time(struct writing *w, const char *key, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print(text, us);
    add_text(w, "date", key, bc_str_of(text));
}

/* The steps of the standard's model: a meeting is one activity that is planned, and then takes
 * place or does not. What else happens, happens at once. */
static const char *step_of(const struct bc_event *event)
{
    static const struct {
        const char *outcome, *step;
    } steps[] = {
        { "scheduled", "schedule" }, { "rescheduled", "schedule" }, { "completed", "complete" },
        { "canceled", "withdraw" },  { "no_show", "ate_abort" },
    };
    struct bc_str outcome;

    if (event->body != BC_MEETING_LOGGED)
        return "complete";
    outcome = event->value[BC_MEETING_LOGGED_OUTCOME].text;
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (bc_str_eq(outcome, bc_str_of(steps[i].outcome)))
            return steps[i].step;
    return "unknown";
}

static void add_field(struct writing *w, const struct bc_field *field, const struct bc_value *value)
{
    switch (field->type) {
    case BC_TEXT:
    case BC_DAY:
        add_filled(w, field->json_name, value->text);
        break;
    case BC_BOOL:
        if (value->yes)
            add_text(w, "boolean", field->json_name, BC_STR("true"));
        break;
    case BC_TIME:
        if (value->set)
            add_time(w, field->json_name, value->us);
        break;
    case BC_LIST:
        w->out->lists += value->item_n > 0;
        break;
    }
}

static void add_event(struct writing *w, const struct bc_event *event)
{
    const struct bc_schema *schema = bc_schema(event->body);

    bc_buf_add_str(&w->text, BC_STR("    <event>\n"));
    activity_name(&w->name, w->rules, event);
    add_text(w, "string", "concept:name", bc_buf_str(&w->name));
    add_time(w, "time:timestamp", event->occurred_us);
    add_filled(w, "org:resource", event->actor);
    add_text(w, "string", "lifecycle:transition", bc_str_of(step_of(event)));
    add_text(w, "string", "eventId", event->id);
    add_text(w, "string", "eventKind", bc_str_of(schema->json_name));
    add_filled(w, "eventStage", activity_stage(w->rules, event));
    add_time(w, "recordedAt", event->recorded_us);
    if (event->has_source_recorded)
        add_time(w, "sourceRecordedAt", event->source_recorded_us);
    add_filled(w, "sourceSystem", event->source_system);
    add_filled(w, "sourceRef", event->source_ref);
    add_filled(w, "sourceHow", event->source_how);
    for (unsigned i = 1; i < schema->field_end; i++)
        if (schema->field[i].name)
            add_field(w, &schema->field[i], &event->value[i]);
    bc_buf_add_str(&w->text, BC_STR("    </event>\n"));
    w->out->fields +=
        (event->unknown.len > 0) + (event->source_unknown.len > 0) + (event->body_unknown.len > 0);
}

/* --- traces --- */

static void end_trace(struct writing *w)
{
    if (w->open)
        bc_buf_add_str(&w->text, BC_STR("  </trace>\n"));
    w->open = false;
}

static void begin_trace(struct writing *w, struct bc_str deal)
{
    end_trace(w);
    w->open = true;
    w->deal.len = 0;
    bc_buf_add_str(&w->deal, deal);
    bc_buf_add_str(&w->text, BC_STR("  <trace>\n    <string key=\"concept:name\" value=\""));
    w->out->replaced += xml_text_add(&w->text, deal);
    bc_buf_add_str(&w->text, BC_STR("\"/>\n"));
}

static bc_status put_aside(void *payload, const struct bc_event *event, struct bc_str stored,
                           struct bc_err *err)
{
    struct writing *w = payload;

    if (event->deal.len == 0) {
        w->out->no_deal++;
        return BC_OK;
    }
    w->key.len = 0;
    sorter_key_text(&w->key, event->deal);
    sorter_key_number(&w->key, (uint64_t)event->occurred_us);
    sorter_key_number(&w->key, event->seq);
    return sorter_add(w->sorter, bc_buf_str(&w->key), stored, err);
}

static bc_status write_all(struct writing *w, struct bc_err *err)
{
    struct bc_str key, stored;
    struct bc_event event;
    bc_status rc = sorter_begin(w->sorter, err);

    bc_buf_add(&w->text, head, sizeof(head) - 1);
    while (rc == BC_OK) {
        rc = sorter_next(w->sorter, &key, &stored, err);
        bc_arena_reset(w->arena);
        if (rc == BC_OK)
            rc = bc_decode(&event, stored, w->arena, err);
        if (rc != BC_OK)
            break;
        if (!w->open || !bc_str_eq(bc_buf_str(&w->deal), event.deal))
            begin_trace(w, event.deal);
        add_event(w, &event);
        progress_tick(w->progress, ++w->done, w->counted->n, "events");
        if (w->text.len >= OUTFILE_CHUNK)
            (void)outfile_flush(w->file, &w->text); /* the stream keeps its error */
    }
    end_trace(w);
    bc_buf_add_str(&w->text, BC_STR("</log>\n"));
    (void)outfile_flush(w->file, &w->text);
    return rc < 0 ? rc : BC_OK;
}

bc_status xes_log_write(FILE *file, struct xes_log_out *out, const struct counted *counted,
                        const bc_rules *rules, struct progress *progress, struct bc_err *err)
{
    struct writing w = { .file = file,
                         .out = out,
                         .counted = counted,
                         .rules = rules,
                         .progress = progress,
                         .sorter = sorter_new(),
                         .arena = bc_arena_new() };
    bc_status rc;

    *out = (struct xes_log_out){ 0 };
    rc = counted_walk(counted, put_aside, &w, err);
    if (rc == BC_OK)
        rc = write_all(&w, err);
    sorter_free(w.sorter);
    bc_arena_free(w.arena);
    bc_buf_release(&w.text);
    bc_buf_release(&w.key);
    bc_buf_release(&w.name);
    bc_buf_release(&w.deal);
    return rc;
}
