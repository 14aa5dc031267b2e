#include "tools/export/ocel_json.h"

#include "ledger/base/instant.h"
#include "tools/cli/outfile.h"
#include "tools/json/json.h"

/* The lists of a log, in this order. */
enum section { OBJECT_TYPES, EVENT_TYPES, EVENTS, OBJECTS, SECTION_N };

struct json_sink {
    struct ocel_sink sink;
    FILE *file;
    struct bc_buf text, id;
    enum section section;
    bool any;       /* the list has a line */
    bool object;    /* an object is open, */
    bool relations; /* and its relations are, */
    bool listed;    /* of which, or of its values, there is one */
};

static void add(struct json_sink *sink, const char *text)
{
    bc_buf_add_str(&sink->text, bc_str_of(text));
}

static void add_member(struct json_sink *sink, const char *key, struct bc_str value)
{
    bc_buf_printf(&sink->text, "\"%s\": ", key);
    json_add_string(&sink->text, value);
}

static void add_time(struct json_sink *sink, int64_t us)
{
    char text[BC_INSTANT_LEN];

    bc_instant_print(text, us);
    add_member(sink, "time", bc_str_of(text));
}

/* The stream keeps its error. */
static void end_object(struct json_sink *sink)
{
    if (sink->object)
        add(sink, sink->relations ? "]}" : "], \"relationships\": []}");
    sink->object = false;
}

/* Ends the lists before this one. */
static void begin_list(struct json_sink *sink, enum section section)
{
    static const char *const keys[SECTION_N] = { "objectTypes", "eventTypes", "events", "objects" };

    end_object(sink);
    while (sink->section < section) {
        sink->section++;
        bc_buf_printf(&sink->text, "\n],\n\"%s\": [", keys[sink->section]);
        sink->any = false;
    }
}

static void begin_line(struct json_sink *sink, enum section section)
{
    begin_list(sink, section);
    add(sink, sink->any ? ",\n" : "\n");
    sink->any = true;
    if (sink->text.len >= OUTFILE_CHUNK)
        (void)outfile_flush(sink->file, &sink->text); /* the stream keeps its error */
}

static bc_status add_type(struct json_sink *sink, enum section section, struct bc_str name,
                          const struct ocel_column *columns, size_t n)
{
    begin_line(sink, section);
    add(sink, "{");
    add_member(sink, "name", name);
    add(sink, ", \"attributes\": [");
    for (size_t i = 0; i < n; i++) {
        add(sink, i ? ", {" : "{");
        add_member(sink, "name", columns[i].name);
        add(sink, ", ");
        add_member(sink, "type", bc_str_of(columns[i].type));
        add(sink, "}");
    }
    add(sink, "]}");
    return BC_OK;
}

static bc_status on_object_type(struct ocel_sink *self, struct bc_str name,
                                const struct ocel_column *columns, size_t n, struct bc_err *err)
{
    (void)err;
    return add_type((struct json_sink *)self, OBJECT_TYPES, name, columns, n);
}

static bc_status on_event_type(struct ocel_sink *self, struct bc_str name,
                               const struct ocel_column *columns, size_t n, struct bc_err *err)
{
    (void)err;
    return add_type((struct json_sink *)self, EVENT_TYPES, name, columns, n);
}

static void add_relation(struct json_sink *sink, struct bc_str object, struct bc_str qualifier)
{
    add(sink, "{");
    add_member(sink, "objectId", object);
    add(sink, ", ");
    add_member(sink, "qualifier", qualifier);
    add(sink, "}");
}

static bc_status on_event(struct ocel_sink *self, const struct ocel_event *event,
                          struct bc_err *err)
{
    struct json_sink *sink = (struct json_sink *)self;
    const struct ocel_facts *facts = event->facts;

    (void)err;
    begin_line(sink, EVENTS);
    add(sink, "{");
    add_member(sink, "id", event->id);
    add(sink, ", ");
    add_member(sink, "type", event->type);
    add(sink, ", ");
    add_time(sink, event->us);
    add(sink, ", \"attributes\": [");
    for (size_t i = 0; i < facts->value_n; i++) {
        add(sink, i ? ", {" : "{");
        add_member(sink, "name", facts->values[i].name);
        add(sink, ", ");
        add_member(sink, "value", facts->values[i].text);
        add(sink, "}");
    }
    add(sink, "], \"relationships\": [");
    for (size_t i = 0; i < facts->relation_n; i++) {
        add(sink, i ? ", " : "");
        ocel_object_id(&sink->id, facts->relations[i].type, facts->relations[i].id);
        add_relation(sink, bc_buf_str(&sink->id), bc_str_of(facts->relations[i].qualifier));
    }
    add(sink, "]}");
    return BC_OK;
}

static bc_status on_object(struct ocel_sink *self, struct bc_str id, struct bc_str type,
                           struct bc_err *err)
{
    struct json_sink *sink = (struct json_sink *)self;

    (void)err;
    begin_line(sink, OBJECTS);
    add(sink, "{");
    add_member(sink, "id", id);
    add(sink, ", ");
    add_member(sink, "type", type);
    add(sink, ", \"attributes\": [");
    sink->object = true;
    sink->relations = sink->listed = false;
    return BC_OK;
}

static bc_status on_value(struct ocel_sink *self, struct bc_str name, struct bc_str value,
                          int64_t us, struct bc_err *err)
{
    struct json_sink *sink = (struct json_sink *)self;

    (void)err;
    add(sink, sink->listed ? ", {" : "{");
    sink->listed = true;
    add_member(sink, "name", name);
    add(sink, ", ");
    add_time(sink, us);
    add(sink, ", ");
    add_member(sink, "value", value);
    add(sink, "}");
    return BC_OK;
}

static bc_status on_relation(struct ocel_sink *self, struct bc_str object, struct bc_str qualifier,
                             struct bc_err *err)
{
    struct json_sink *sink = (struct json_sink *)self;

    (void)err;
    add(sink, sink->relations ? ", " : "], \"relationships\": [");
    sink->relations = true;
    add_relation(sink, object, qualifier);
    return BC_OK;
}

static bc_status on_end(struct ocel_sink *self, struct bc_err *err)
{
    struct json_sink *sink = (struct json_sink *)self;

    (void)err;
    begin_list(sink, OBJECTS);
    add(sink, "\n]\n}\n");
    (void)outfile_flush(sink->file, &sink->text);
    return BC_OK;
}

bc_status ocel_json_write(FILE *file, struct ocel_log_out *out, const struct counted *counted,
                          const bc_rules *rules, struct progress *progress, struct bc_err *err)
{
    struct json_sink sink = { .sink = { .object_type = on_object_type,
                                        .event_type = on_event_type,
                                        .event = on_event,
                                        .object = on_object,
                                        .value = on_value,
                                        .relation = on_relation,
                                        .end = on_end },
                              .file = file };
    bc_status rc;

    add(&sink, "{\n\"objectTypes\": [");
    rc = ocel_log_write(&sink.sink, out, counted, rules, progress, err);
    bc_buf_release(&sink.text);
    bc_buf_release(&sink.id);
    return rc;
}
