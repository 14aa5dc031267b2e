#include "tools/import/xes/xes_read.h"

#include "ledger/base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

#include <expat.h>

enum { BLOCK = 64 << 10, DEPTH_MAX = 100 };
/* Of a tag, and of the attributes of a trace or of an event. Expat looks at a tag again with every
 * block in which it goes on. Between tags there is nothing of use, which may never end. */
enum { TAG_MAX = 1 << 20, TEXT_MAX = 1 << 20, BETWEEN_MAX = 16 << 20 };
enum { LOOK_ON = 64 << 20 };

/* What is open. */
enum within { NOTHING, LOG, TRACE, EVENT, ATTRIBUTE, PASSED };

struct reading {
    XML_Parser parser;
    const char *name;
    enum within open[DEPTH_MAX];
    size_t depth;
    struct xes_event event;
    size_t trace_len, event_len; /* bytes of their attributes */
    bc_arena *of_trace, *of_event;
    uint64_t events; /* of the trace so far */
    XML_Index tag;   /* where the last one was */
    xes_take *take;
    void *to;
    struct xes_passed *passed;
    bc_status rc; /* of the first fault, which is in *err */
    struct bc_err *err;
};

static uint64_t line_of(const struct reading *reading)
{
    return (uint64_t)XML_GetCurrentLineNumber(reading->parser);
}

static struct csv_place place_of(const struct reading *reading)
{
    return (struct csv_place){ line_of(reading),
                               (size_t)XML_GetCurrentColumnNumber(reading->parser) + 1 };
}

static bc_status placed_at(struct reading *reading, bc_status rc, struct csv_place at)
{
    return bc_err_in(reading->err, rc, "%s:%" PRIu64 ":%zu", reading->name, at.line, at.column);
}

static bc_status placed(struct reading *reading, bc_status rc)
{
    return placed_at(reading, rc, place_of(reading));
}

static void fault(struct reading *reading, const char *what)
{
    if (reading->rc < 0)
        return;
    bc_err_set(reading->err, BC_E_INPUT, "%s", what);
    reading->rc = placed(reading, BC_E_INPUT);
    XML_StopParser(reading->parser, XML_FALSE);
}

/* "xes:event" is an event, whatever the prefix. */
static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

static bool is_one_of(const char *name, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return false;
}

static bool is_attribute(const char *name)
{
    static const char *const types[] = { "string", "date", "int", "float", "boolean", "id" };

    return is_one_of(name, types, sizeof(types) / sizeof(types[0]));
}

static bool is_nesting(const char *name)
{
    static const char *const types[] = { "list", "container" };

    return is_one_of(name, types, sizeof(types) / sizeof(types[0]));
}

static void add_attribute(struct reading *reading, enum within of, const XML_Char **xml)
{
    struct xes_attributes *to = of == TRACE ? &reading->event.of_trace : &reading->event.own;
    size_t *len = of == TRACE ? &reading->trace_len : &reading->event_len;
    bc_arena *arena = of == TRACE ? reading->of_trace : reading->of_event;
    const char *key = NULL, *value = "";
    struct xes_attribute attribute;

    for (; *xml; xml += 2) {
        if (strcmp(xml[0], "key") == 0)
            key = xml[1];
        else if (strcmp(xml[0], "value") == 0)
            value = xml[1];
    }
    if (!key || !*key) {
        fault(reading, "an attribute without a key");
        return;
    }
    *len += strlen(key) + strlen(value);
    if (*len > TEXT_MAX) {
        fault(reading, "more than 1 MiB of attributes");
        return;
    }
    attribute.key = bc_arena_copy(arena, bc_str_of(key));
    attribute.value = bc_arena_copy(arena, bc_str_of(value));
    attribute.at = place_of(reading);
    BC_GROW(to->at, to->n, to->cap);
    to->at[to->n++] = attribute;
}

static enum within begin_trace(struct reading *reading)
{
    bc_arena_reset(reading->of_trace);
    reading->event.of_trace.n = reading->trace_len = 0;
    reading->events = 0;
    return TRACE;
}

static enum within begin_event(struct reading *reading)
{
    bc_arena_reset(reading->of_event);
    reading->event.own.n = reading->event_len = 0;
    reading->event.at = place_of(reading);
    reading->events++;
    return EVENT;
}

/* What an element is where it stands. */
static enum within begin(struct reading *reading, enum within parent, const char *name,
                         const XML_Char **xml)
{
    const bool nesting = is_nesting(name), attribute = is_attribute(name);

    if (parent == NOTHING) {
        if (strcmp(name, "log") != 0)
            fault(reading, "no XES log, expected the element <log>");
        return LOG;
    }
    if (parent == LOG && strcmp(name, "trace") == 0)
        return begin_trace(reading);
    if (parent == TRACE && strcmp(name, "event") == 0)
        return begin_event(reading);
    if (parent == LOG && strcmp(name, "event") == 0)
        csv_times_add(&reading->passed->no_trace, line_of(reading));
    if (parent == TRACE && attribute && reading->events > 0)
        fault(reading, "an attribute of the trace after an event, expected before all of them");
    if ((parent == TRACE || parent == EVENT) && attribute) {
        add_attribute(reading, parent, xml);
        return ATTRIBUTE;
    }
    if (((parent == TRACE || parent == EVENT) && nesting) ||
        (parent == ATTRIBUTE && (attribute || nesting)))
        csv_times_add(&reading->passed->nested, line_of(reading));
    return PASSED;
}

static void on_begin(void *payload, const XML_Char *name, const XML_Char **xml)
{
    struct reading *reading = payload;
    enum within parent = reading->depth > 0 ? reading->open[reading->depth - 1] : NOTHING;

    if (reading->rc < 0)
        return;
    reading->tag = XML_GetCurrentByteIndex(reading->parser);
    if (reading->depth == DEPTH_MAX) {
        fault(reading, "elements within elements, more than 100 deep");
        return;
    }
    reading->open[reading->depth++] = begin(reading, parent, local_name(name), xml);
}

static void on_end(void *payload, const XML_Char *name)
{
    struct reading *reading = payload;
    struct csv_place at = reading->event.at;

    (void)name;
    if (reading->rc < 0)
        return;
    reading->tag = XML_GetCurrentByteIndex(reading->parser);
    if (reading->open[--reading->depth] != EVENT)
        return;
    reading->rc = reading->take(reading->to, &reading->event, &at, reading->err);
    if (reading->rc == BC_E_INPUT)
        placed_at(reading, reading->rc, at);
    if (reading->rc < 0)
        XML_StopParser(reading->parser, XML_FALSE);
}

static void on_doctype(void *payload, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public_id, int internal)
{
    (void)name;
    (void)system;
    (void)public_id;
    (void)internal;
    fault(payload, "a document type declaration, which a log has not");
}

/* `fed`: all bytes so far, these too. */
static bc_status feed(struct reading *reading, const char *bytes, size_t len, uint64_t fed)
{
    const bool last = len == 0;
    const XML_Index at = XML_Parse(reading->parser, bytes, (int)len, last) == XML_STATUS_OK
                             ? XML_GetCurrentByteIndex(reading->parser)
                             : -1;
    const enum XML_Error code = XML_GetErrorCode(reading->parser);

    if (reading->rc < 0)
        return reading->rc;
    if (code == XML_ERROR_NO_MEMORY)
        bc_out_of_memory();
    if (code != XML_ERROR_NONE)
        fault(reading, XML_ErrorString(code));
    else if (!last && at >= 0 && fed - (uint64_t)at > TAG_MAX)
        fault(reading, "a tag of more than 1 MiB");
    else if (fed - (uint64_t)reading->tag > BETWEEN_MAX)
        fault(reading, "16 MiB without a tag");
    return reading->rc;
}

/* What is no XML may be so since its gzip data is damaged, which is said at a member's end; unless
 * that is far. */
static bc_status blame(struct reading *reading, gunzip *gz, char *block, uint64_t lines)
{
    struct bc_err why = { 0 };
    size_t len, more = 0;
    bc_status rc = BC_OK;

    while (rc == BC_OK && more < LOOK_ON) {
        rc = gunzip_read(gz, block, BLOCK, &len, &why);
        more += len;
    }
    if (rc != BC_E_INPUT)
        return reading->rc;
    *reading->err = why;
    return placed_at(reading, rc, (struct csv_place){ lines + 1, 1 });
}

static uint64_t line_ends(const char *bytes, size_t len)
{
    uint64_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += bytes[i] == '\n';
    return n;
}

static bc_status read_all(struct reading *reading, gunzip *gz, uint64_t *bytes)
{
    char *block = bc_malloc(BLOCK);
    uint64_t lines = 0;
    size_t len = 0;
    bc_status rc = BC_OK;

    *bytes = 0;
    while (rc == BC_OK) {
        rc = gunzip_read(gz, block, BLOCK, &len, reading->err);
        *bytes += len;
        lines += line_ends(block, len);
        if (rc == BC_E_INPUT)
            placed_at(reading, rc, (struct csv_place){ lines + 1, 1 });
        if (rc == BC_OK)
            rc = feed(reading, block, len, *bytes);
        if (rc < 0 && reading->rc == BC_E_INPUT)
            rc = blame(reading, gz, block, lines);
    }
    if (rc == BC_DONE)
        rc = feed(reading, block, 0, *bytes);
    free(block);
    return rc;
}

bc_status xes_read(gunzip *gz, const char *name, xes_take *take, void *to,
                   struct xes_passed *passed, uint64_t *bytes, struct bc_err *err)
{
    struct reading reading = { .name = name, .take = take, .to = to, .passed = passed, .err = err };
    bc_status rc;

    *passed = (struct xes_passed){ 0 };
    reading.parser = XML_ParserCreate(NULL);
    if (!reading.parser)
        bc_out_of_memory();
    reading.of_trace = bc_arena_new();
    reading.of_event = bc_arena_new();
    XML_SetUserData(reading.parser, &reading);
    XML_SetElementHandler(reading.parser, on_begin, on_end);
    XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
    rc = read_all(&reading, gz, bytes);
    XML_ParserFree(reading.parser);
    bc_arena_free(reading.of_trace);
    bc_arena_free(reading.of_event);
    free(reading.event.of_trace.at);
    free(reading.event.own.at);
    return rc;
}
