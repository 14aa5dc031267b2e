/* Length-delimited protobuf: before each record a varint that says how many bytes it has. */
#include "ledger/record/codec.h"
#include "tools/cli/input.h"
#include "tools/import/importers.h"
#include "tools/import/source.h"

#include <inttypes.h>
#include <stdlib.h>

enum { VARINT_MAX = 10 };

struct proto {
    struct importer importer; /* first, so that a pointer to one is a pointer to the other */
    struct input input;
    source_file *source;
    bc_arena *lists;
    struct bc_event event;
};

static bc_status broken(struct proto *proto, struct bc_err *err, const char *what)
{
    proto->importer.broken = true;
    return bc_err_set(err, BC_E_INPUT, "%s", what);
}

/* Takes a record into importer.raw. */
static bc_status take_record(struct proto *proto, struct bc_err *err)
{
    struct input *input = &proto->input;
    uint64_t len;
    size_t prefix;
    bc_status rc = input_fill(input, VARINT_MAX, err);

    if (rc < 0 || (rc == BC_DONE && input_rest(input).len == 0))
        return rc;
    proto->importer.line++;
    proto->importer.raw = (struct bc_str){ 0 };
    prefix = bc_varint_get(&len, input_rest(input));
    if (prefix == 0)
        return broken(proto, err,
                      rc == BC_DONE ? "the file ends within a record's length"
                                    : "no length of a record, expected a varint");
    if (len > BC_EVENT_MAX) {
        proto->importer.broken = true;
        return bc_err_set(err, BC_E_INPUT, "a record of %" PRIu64 " bytes, expected at most %d",
                          len, BC_EVENT_MAX);
    }
    rc = input_fill(input, prefix + (size_t)len, err);
    if (rc == BC_DONE)
        return broken(proto, err, "the file ends within a record");
    if (rc < 0)
        return rc;
    proto->importer.raw = (struct bc_str){ input_rest(input).at + prefix, (size_t)len };
    input_take(input, prefix + (size_t)len);
    proto->importer.bytes = input->taken;
    return BC_OK;
}

/* A text of the event, whose pointer gives its place in the record; empty if unknown. */
static struct bc_str text_of(const struct bc_event *event, struct bc_where where)
{
    const struct {
        const char *part;
        struct bc_str text;
    } texts[] = {
        { "id", event->id },
        { "deal", event->deal },
        { "actor", event->actor },
        { "source", event->source_system },
        { "source", event->source_ref },
        { "source", event->source_how },
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (strcmp(where.part, texts[i].part) == 0 && texts[i].text.len > 0)
            return texts[i].text;
    if (event->body != BC_NO_BODY && where.field > 0 &&
        strcmp(where.part, bc_schema(event->body)->json_name) == 0) {
        const struct bc_value *value = &event->value[where.field];

        return value->item_n ? value->items[0] : value->text;
    }
    return (struct bc_str){ 0 };
}

static size_t proto_column(struct importer *self, struct bc_where where)
{
    struct bc_str text = text_of(&((struct proto *)self)->event, where);

    return text.len ? (size_t)(text.at - self->raw.at) + 1 : 1;
}

static bc_status proto_next(struct importer *self, const struct bc_event **out, struct bc_err *err)
{
    struct proto *proto = (struct proto *)self;
    struct bc_where where;
    size_t column = 1;
    bc_status rc = take_record(proto, err);

    self->unsound = source_broken(proto->source);
    self->broken |= self->unsound;
    if (self->unsound)
        return rc;
    if (rc == BC_OK) {
        bc_arena_reset(proto->lists);
        rc = bc_decode(&proto->event, self->raw, proto->lists, err);
        if (rc == BC_OK) {
            proto->event.seq = 0; /* the ledger gives it anew */
            rc = bc_event_check(&proto->event, &where, err);
            if (rc < 0)
                column = proto_column(self, where);
        }
    }
    if (rc == BC_E_INPUT)
        return bc_err_in(err, rc, "%s:%" PRIu64 ":%zu", self->name, self->line, column);
    if (rc == BC_OK)
        *out = &proto->event;
    return rc;
}

static void proto_free(struct importer *self)
{
    struct proto *proto = (struct proto *)self;

    bc_arena_free(proto->lists);
    input_close(&proto->input);
    source_free(proto->source);
    free(proto);
}

bc_status importer_proto(struct importer **out, const char *path, struct bc_err *err)
{
    struct proto *proto;
    struct input input;
    source_file *source;
    bc_status rc = source_input(&input, &source, path, err);

    if (rc < 0)
        return rc;
    proto = bc_calloc(1, sizeof(*proto));
    proto->input = input;
    proto->source = source;
    proto->lists = bc_arena_new();
    proto->importer = (struct importer){
        .next = proto_next, .column = proto_column, .free = proto_free, .name = input.name
    };
    *out = &proto->importer;
    return BC_OK;
}

static bc_status open_row(struct importer **out, const char *path, const char *map_path,
                          struct bc_err *err)
{
    (void)map_path;
    return importer_proto(out, path, err);
}

const struct importer_row importer_proto_row = {
    .word = "proto",
    .open = open_row,
};
