#include "tools/import/ocel/ocel_read.h"

#include "tools/import/ocel/json_stream.h"

#include <inttypes.h>

struct reading {
    json_stream *json;
    const char *name;
    const struct ocel_takers *takers;
    struct ocel_entry entry;
    uint64_t *bytes;
};

/* --- values --- */

static bc_status too_large(struct reading *r, struct bc_err *err)
{
    return json_stream_fault(r->json, err, OCEL_ENTRY_TOO_LARGE);
}

static bc_status keep(struct reading *r, struct bc_str *out, struct bc_str text, struct bc_err *err)
{
    return ocel_entry_keep(&r->entry, out, text) ? BC_OK : too_large(r, err);
}

static bc_status take_text(struct reading *r, struct bc_str *out, const char *what,
                           struct bc_err *err)
{
    enum json_type type;
    struct bc_str text;
    bc_status rc = json_stream_value(r->json, &type, &text, err);

    if (rc < 0)
        return rc;
    if (type != JSON_STRING)
        return json_stream_fault(r->json, err, "%s is %s, expected a string", what,
                                 json_type_name(type));
    return keep(r, out, text, err);
}

/* Of any type but one that has others within. */
static bc_status take_scalar(struct reading *r, struct bc_str *out, struct bc_err *err)
{
    enum json_type type;
    struct bc_str text;
    bc_status rc = json_stream_value(r->json, &type, &text, err);

    if (rc < 0)
        return rc;
    if (type == JSON_OBJECT || type == JSON_ARRAY)
        return json_stream_fault(r->json, err,
                                 "a value is %s, expected a text, a number or a "
                                 "boolean",
                                 json_type_name(type));
    if (type == JSON_NULL)
        text.len = 0;
    return keep(r, out, text, err);
}

static bc_status pass_over(struct reading *r, struct bc_err *err)
{
    const uint64_t line = json_stream_place(r->json).line;
    enum json_type type;
    struct bc_str text;
    bc_status rc = json_stream_value(r->json, &type, &text, err);

    csv_times_add(r->takers->unknown, line);
    return rc == BC_OK ? json_stream_skip(r->json, type, err) : rc;
}

static bc_status begin(struct reading *r, enum json_type wanted, const char *what,
                       struct bc_err *err)
{
    enum json_type type;
    struct bc_str text;
    bc_status rc = json_stream_value(r->json, &type, &text, err);

    if (rc == BC_OK && type != wanted)
        return json_stream_fault(r->json, err, "%s is %s, expected %s", what, json_type_name(type),
                                 json_type_name(wanted));
    return rc;
}

static bc_status needs(struct reading *r, struct bc_str text, struct csv_place at, const char *what,
                       struct bc_err *err)
{
    if (text.at)
        return BC_OK;
    bc_err_set(err, BC_E_INPUT, "%s", what);
    return bc_err_in(err, BC_E_INPUT, "%s:%" PRIu64 ":%zu", r->name, at.line, at.column);
}

/* --- the parts of an entry --- */

static bc_status take_attribute(struct reading *r, struct bc_err *err)
{
    struct ocel_attribute attribute = { .at = json_stream_place(r->json) };
    bool first = true, valued = false;
    struct bc_str key;
    bc_status rc;

    do {
        rc = json_stream_member(r->json, &first, &key, err);
        if (rc != BC_OK)
            break;
        if (bc_str_eq(key, BC_STR("name"))) {
            rc = take_text(r, &attribute.name, "the name of an attribute", err);
        } else if (bc_str_eq(key, BC_STR("value"))) {
            valued = true;
            rc = take_scalar(r, &attribute.value, err);
            attribute.at = json_stream_place(r->json);
        } else if (bc_str_eq(key, BC_STR("time"))) {
            rc = take_text(r, &attribute.time, "the time of an attribute", err);
            attribute.time_at = json_stream_place(r->json);
        } else {
            rc = pass_over(r, err);
        }
    } while (rc == BC_OK);
    if (rc == BC_DONE)
        rc = needs(r, attribute.name, attribute.at, "an attribute without a name", err);
    if (rc == BC_OK && !valued)
        rc = needs(r, (struct bc_str){ 0 }, attribute.at, "an attribute without a value", err);
    if (rc == BC_OK && !ocel_entry_attribute(&r->entry, &attribute))
        rc = too_large(r, err);
    return rc;
}

static bc_status take_link(struct reading *r, struct bc_err *err)
{
    struct ocel_link link = { .at = json_stream_place(r->json) };
    bool first = true;
    struct bc_str key;
    bc_status rc;

    do {
        rc = json_stream_member(r->json, &first, &key, err);
        if (rc != BC_OK)
            break;
        if (bc_str_eq(key, BC_STR("objectId")))
            rc = take_text(r, &link.object, "objectId", err);
        else if (bc_str_eq(key, BC_STR("qualifier")))
            rc = take_scalar(r, &link.qualifier, err);
        else
            rc = pass_over(r, err);
    } while (rc == BC_OK);
    if (rc == BC_DONE)
        rc = needs(r, link.object, link.at, "a relationship without an objectId", err);
    if (rc == BC_OK && !ocel_entry_link(&r->entry, &link))
        rc = too_large(r, err);
    return rc;
}

static bc_status take_list(struct reading *r, const char *what,
                           bc_status (*one)(struct reading *, struct bc_err *), struct bc_err *err)
{
    bool first = true;
    bc_status rc = begin(r, JSON_ARRAY, what, err);

    while (rc == BC_OK) {
        rc = json_stream_item(r->json, &first, err);
        if (rc == BC_OK)
            rc = begin(r, JSON_OBJECT, "an entry of the list", err);
        if (rc == BC_OK)
            rc = one(r, err);
        *r->bytes = json_stream_bytes(r->json);
    }
    return rc < 0 ? rc : BC_OK;
}

static bc_status take_member(struct reading *r, struct bc_str key, struct bc_err *err)
{
    bc_status rc;

    if (bc_str_eq(key, BC_STR("id")))
        return take_text(r, &r->entry.id, "id", err);
    if (bc_str_eq(key, BC_STR("type")))
        return take_text(r, &r->entry.type, "type", err);
    if (bc_str_eq(key, BC_STR("attributes")))
        return take_list(r, "attributes", take_attribute, err);
    if (bc_str_eq(key, BC_STR("relationships")))
        return take_list(r, "relationships", take_link, err);
    if (!bc_str_eq(key, BC_STR("time")))
        return pass_over(r, err);
    rc = take_text(r, &r->entry.time, "time", err);
    r->entry.time_at = json_stream_place(r->json);
    return rc;
}

static bc_status take_entry(struct reading *r, bool event, ocel_take *take, struct bc_err *err)
{
    struct ocel_entry *entry = &r->entry;
    struct csv_place at = json_stream_place(r->json);
    bool first = true;
    struct bc_str key;
    bc_status rc;

    ocel_entry_begin(entry, at);
    do {
        rc = json_stream_member(r->json, &first, &key, err);
        if (rc == BC_OK)
            rc = take_member(r, key, err);
    } while (rc == BC_OK);
    if (rc == BC_DONE)
        rc = needs(r, entry->id, at, event ? "an event without an id" : "an object without an id",
                   err);
    if (rc == BC_OK)
        rc = needs(r, entry->type, at,
                   event ? "an event without a type" : "an object without a type", err);
    if (rc == BC_OK && event)
        rc = needs(r, entry->time, at, "an event without a time", err);
    if (rc < 0)
        return rc;
    for (size_t i = 0; !event && i < entry->link_n; i++)
        csv_times_add(r->takers->between, entry->links[i].at.line);
    rc = take(r->takers->to, entry, &at, err);
    return rc == BC_E_INPUT ? bc_err_in(err, rc, "%s:%" PRIu64 ":%zu", r->name, at.line, at.column)
                            : rc;
}

static bc_status one_event(struct reading *r, struct bc_err *err)
{
    return take_entry(r, true, r->takers->event, err);
}

static bc_status one_object(struct reading *r, struct bc_err *err)
{
    return take_entry(r, false, r->takers->object, err);
}

/* --- the log --- */

struct seen {
    bool events, objects;
};

static bc_status skip_list(struct reading *r, const char *what, struct bc_err *err)
{
    bc_status rc = begin(r, JSON_ARRAY, what, err);

    return rc == BC_OK ? json_stream_skip(r->json, JSON_ARRAY, err) : rc;
}

static bc_status twice(struct reading *r, bool *seen, const char *what, struct bc_err *err)
{
    if (*seen)
        return json_stream_fault(r->json, err, "\"%s\" twice", what);
    *seen = true;
    return BC_OK;
}

static bc_status take_part(struct reading *r, struct bc_str key, struct seen *seen,
                           struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (bc_str_eq(key, BC_STR("events"))) {
        rc = twice(r, &seen->events, "events", err);
        return rc == BC_OK ? take_list(r, "events", one_event, err) : rc;
    }
    if (bc_str_eq(key, BC_STR("objects"))) {
        rc = twice(r, &seen->objects, "objects", err);
        if (rc < 0)
            return rc;
        return r->takers->object ? take_list(r, "objects", one_object, err)
                                 : skip_list(r, "objects", err);
    }
    if (bc_str_eq(key, BC_STR("objectTypes")))
        return skip_list(r, "objectTypes", err);
    if (bc_str_eq(key, BC_STR("eventTypes")))
        return skip_list(r, "eventTypes", err);
    if (bc_str_begins(key, BC_STR("ocel:")))
        return json_stream_fault(r->json, err, "a log of OCEL 1.0, expected OCEL 2.0");
    return pass_over(r, err);
}

static bc_status read_log(struct reading *r, struct bc_err *err)
{
    struct seen seen = { 0 };
    bool first = true;
    struct bc_str key;
    bc_status rc = begin(r, JSON_OBJECT, "the log", err);

    while (rc == BC_OK) {
        rc = json_stream_member(r->json, &first, &key, err);
        if (rc == BC_OK)
            rc = take_part(r, key, &seen, err);
    }
    if (rc == BC_DONE)
        rc = json_stream_end(r->json, err);
    if (rc == BC_OK && (!seen.events || !seen.objects))
        return json_stream_fault(r->json, err, "no OCEL log, expected an object with \"%s\"",
                                 seen.events ? "objects" : "events");
    return rc;
}

bc_status ocel_read(gunzip *gz, const char *name, const struct ocel_takers *takers, uint64_t *bytes,
                    struct bc_err *err)
{
    struct reading r = {
        .json = json_stream_new(gz, name), .name = name, .takers = takers, .bytes = bytes
    };
    bc_status rc;

    *bytes = 0;
    ocel_entry_init(&r.entry);
    rc = read_log(&r, err);
    json_stream_free(r.json);
    ocel_entry_release(&r.entry);
    return rc;
}
