/* Objects are known by what all events tell of them, so what is told is sorted:
 *
 *   key     type, id NUL, VALUE     name NUL, time, seq    or
 *           type, id NUL, RELATION  object NUL, qualifier NUL
 *   value   of VALUE the value */
#include "tools/export/ocel_log.h"

#include "ledger/record/codec.h"
#include "projections/facts/string_table.h"
#include "tools/export/activity.h"
#include "tools/export/sorter.h"

#include <assert.h>
#include <stdlib.h>

enum { VALUE = 1, RELATION };

struct writing {
    struct ocel_sink *sink;
    struct ocel_log_out *out;
    const struct counted *counted;
    const bc_rules *rules;
    struct progress *progress;
    sorter *events, *objects;
    bool objects_of[OCEL_OBJECT_N], kinds[BC_BODY_END];
    bc_string_table *properties, *stages; /* of deals; of moves */
    struct ocel_facts facts;
    bc_arena *arena;
    struct bc_buf key, id, other, name;
    uint64_t done;
};

/* --- all events, once --- */

static void begin_key(struct writing *w, enum ocel_object type, struct bc_str id, int class)
{
    w->key.len = 0;
    bc_buf_add_byte(&w->key, (char)type);
    sorter_key_text(&w->key, id);
    bc_buf_add_byte(&w->key, (char)class);
}

static bc_status put_value(struct writing *w, const struct ocel_told *told, int64_t us,
                           uint64_t seq, struct bc_err *err)
{
    begin_key(w, told->type, told->id, VALUE);
    sorter_key_text(&w->key, told->name);
    sorter_key_number(&w->key, (uint64_t)us);
    sorter_key_number(&w->key, seq);
    return sorter_add(w->objects, bc_buf_str(&w->key), told->value, err);
}

/* The object, by its `id`, and what it is to the event's deal. */
static bc_status put_relation(struct writing *w, const struct bc_event *event,
                              const struct ocel_relation *relation, struct bc_err *err)
{
    const struct ocel_told id = { relation->type, relation->id, BC_STR("id"), relation->id };
    bc_status rc = put_value(w, &id, 0, 0, err);

    w->objects_of[relation->type] = true;
    if (rc < 0 || event->deal.len == 0 || relation == w->facts.relations)
        return rc;
    begin_key(w, OCEL_DEAL, event->deal, RELATION);
    ocel_object_id(&w->other, relation->type, relation->id);
    sorter_key_text(&w->key, bc_buf_str(&w->other));
    sorter_key_text(&w->key, bc_str_of(relation->qualifier));
    return sorter_add(w->objects, bc_buf_str(&w->key), (struct bc_str){ 0 }, err);
}

static bc_status take(void *payload, const struct bc_event *event, struct bc_str stored,
                      struct bc_err *err)
{
    struct writing *w = payload;
    const struct ocel_facts *facts = &w->facts;
    bc_status rc = BC_OK;

    ocel_facts_take(&w->facts, w->rules, event);
    w->kinds[event->body] = true;
    if (event->body == BC_STAGE_CHANGED)
        (void)bc_string_table_add(w->stages, activity_stage(w->rules, event));
    for (size_t i = 0; rc == BC_OK && i < facts->relation_n; i++)
        rc = put_relation(w, event, &facts->relations[i], err);
    for (size_t i = 0; rc == BC_OK && i < facts->told_n; i++) {
        if (facts->told[i].type == OCEL_DEAL)
            (void)bc_string_table_add(w->properties, facts->told[i].name);
        rc = put_value(w, &facts->told[i], event->occurred_us, event->seq, err);
    }
    if (rc < 0)
        return rc;
    w->key.len = 0;
    sorter_key_number(&w->key, (uint64_t)event->occurred_us);
    sorter_key_number(&w->key, event->seq);
    return sorter_add(w->events, bc_buf_str(&w->key), stored, err);
}

/* --- types --- */

/* The texts of a table, each once, in byte order; the caller frees them. */
static struct bc_str *sorted_texts(const bc_string_table *strings, size_t *n)
{
    struct bc_str *out;

    *n = bc_string_table_count(strings) - 1; /* without the empty one */
    out = bc_reallocarray(NULL, *n, sizeof(*out));
    for (size_t i = 0; i < *n; i++)
        out[i] = bc_string_table_text(strings, (uint32_t)i + 1);
    *n = bc_str_sort_once(out, *n);
    return out;
}

static bc_status deal_type(struct writing *w, struct bc_err *err)
{
    size_t n = 0, fixed = 0;
    struct bc_str *names = sorted_texts(w->properties, &n);
    struct ocel_column *columns = bc_reallocarray(NULL, n + OCEL_COLUMN_MAX, sizeof(*columns));
    bc_status rc;

    fixed = ocel_object_columns(columns, OCEL_DEAL);
    for (size_t i = 0; i < n; i++)
        if (!bc_str_eq(names[i], BC_STR("stage")))
            columns[fixed++] = (struct ocel_column){ names[i], "string" };
    rc = w->sink->object_type(w->sink, bc_str_of(ocel_object_word(OCEL_DEAL)), columns, fixed, err);
    free(columns);
    free(names);
    return rc;
}

static bc_status object_types(struct writing *w, struct bc_err *err)
{
    struct ocel_column columns[OCEL_COLUMN_MAX];
    bc_status rc = BC_OK;

    for (enum ocel_object i = 0; rc == BC_OK && i < OCEL_OBJECT_N; i++) {
        if (!w->objects_of[i])
            continue;
        if (i == OCEL_DEAL) {
            rc = deal_type(w, err);
            continue;
        }
        rc = w->sink->object_type(w->sink, bc_str_of(ocel_object_word(i)), columns,
                                  ocel_object_columns(columns, i), err);
    }
    return rc;
}

static bc_status move_types(struct writing *w, const struct ocel_column *columns, size_t column_n,
                            struct bc_err *err)
{
    size_t n = 0;
    struct bc_str *stages = sorted_texts(w->stages, &n);
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        activity_of_stage(&w->name, stages[i]);
        rc = w->sink->event_type(w->sink, bc_buf_str(&w->name), columns, column_n, err);
    }
    free(stages);
    return rc;
}

static bc_status event_types(struct writing *w, struct bc_err *err)
{
    struct ocel_column columns[OCEL_COLUMN_MAX];
    bc_status rc = BC_OK;

    for (enum bc_body i = BC_DEAL_CREATED; rc == BC_OK && i < BC_BODY_END; i++) {
        size_t n;

        if (!w->kinds[i])
            continue;
        n = ocel_event_columns(columns, i);
        rc =
            i == BC_STAGE_CHANGED
                ? move_types(w, columns, n, err)
                : w->sink->event_type(w->sink, bc_str_of(bc_schema(i)->json_name), columns, n, err);
    }
    return rc;
}

/* --- events and objects --- */

static bc_status write_events(struct writing *w, struct bc_err *err)
{
    struct bc_str key, stored;
    struct bc_event event;
    bc_status rc = sorter_begin(w->events, err);

    while (rc == BC_OK) {
        rc = sorter_next(w->events, &key, &stored, err);
        bc_arena_reset(w->arena);
        if (rc == BC_OK)
            rc = bc_decode(&event, stored, w->arena, err);
        if (rc != BC_OK)
            break;
        ocel_facts_take(&w->facts, w->rules, &event);
        activity_name(&w->name, w->rules, &event);
        w->out->lists += w->facts.lists;
        w->out->fields +=
            (event.unknown.len > 0) + (event.source_unknown.len > 0) + (event.body_unknown.len > 0);
        rc = w->sink->event(
            w->sink,
            &(struct ocel_event){ event.id, bc_buf_str(&w->name), event.occurred_us, &w->facts },
            err);
        progress_tick(w->progress, ++w->done, w->counted->n, "events");
    }
    return rc < 0 ? rc : BC_OK;
}

/* Of a key, in which each text ends with a NUL. */
static struct bc_str take_text(struct bc_str *from)
{
    struct bc_str text = { from->at, 0 };

    assert(text.at); /* a key of ours */
    while (text.at[text.len])
        text.len++;
    *from = bc_str_part(*from, text.len + 1, from->len);
    return text;
}

static uint64_t take_number(struct bc_str *from)
{
    uint64_t number = 0;

    for (size_t i = 0; i < 8; i++)
        number = number << 8 | (unsigned char)from->at[i];
    *from = bc_str_part(*from, 8, from->len);
    return number;
}

/* A value that waits for one of the same attribute and time, which would stand in its place. */
struct waiting {
    bool any;
    struct bc_buf name, value, written; /* written: the attribute's value before */
    bool again;                         /* `written` is of this attribute */
    int64_t us;
};

static bc_status write_waiting(struct writing *w, struct waiting *waiting, struct bc_err *err)
{
    const struct bc_str value = bc_buf_str(&waiting->value);
    const bool same = waiting->again && bc_str_eq(value, bc_buf_str(&waiting->written));

    if (!waiting->any || same) {
        waiting->any = false;
        return BC_OK;
    }
    waiting->any = false;
    waiting->again = true;
    waiting->written.len = 0;
    bc_buf_add_str(&waiting->written, value);
    return w->sink->value(w->sink, bc_buf_str(&waiting->name), value, waiting->us, err);
}

static bc_status see_value(struct writing *w, struct waiting *waiting, struct bc_str key,
                           struct bc_str value, struct bc_err *err)
{
    const struct bc_str name = take_text(&key);
    const int64_t us = (int64_t)take_number(&key);
    const bool same_name = bc_str_eq(name, bc_buf_str(&waiting->name));
    bc_status rc = BC_OK;

    if (waiting->any && (!same_name || us != waiting->us))
        rc = write_waiting(w, waiting, err);
    if (!same_name)
        waiting->again = false;
    waiting->any = true;
    waiting->us = us;
    waiting->name.len = waiting->value.len = 0;
    bc_buf_add_str(&waiting->name, name);
    bc_buf_add_str(&waiting->value, value);
    return rc;
}

static bc_status see_object(struct writing *w, struct waiting *waiting, enum ocel_object type,
                            struct bc_str id, struct bc_err *err)
{
    bc_status rc;

    ocel_object_id(&w->other, type, id);
    if (bc_str_eq(bc_buf_str(&w->other), bc_buf_str(&w->id)))
        return BC_OK;
    rc = write_waiting(w, waiting, err);
    waiting->again = false;
    waiting->name.len = 0;
    w->id.len = 0;
    bc_buf_add_str(&w->id, bc_buf_str(&w->other));
    if (rc < 0)
        return rc;
    return w->sink->object(w->sink, bc_buf_str(&w->id), bc_str_of(ocel_object_word(type)), err);
}

static bc_status see_row(struct writing *w, struct waiting *waiting, struct bc_str key,
                         struct bc_str value, struct bc_err *err)
{
    struct bc_str rest = bc_str_part(key, 1, key.len);
    const struct bc_str id = take_text(&rest);
    const char class = rest.at[0];
    bc_status rc = see_object(w, waiting, (enum ocel_object)key.at[0], id, err);

    rest = bc_str_part(rest, 1, rest.len);
    if (rc == BC_OK && class == VALUE)
        return see_value(w, waiting, rest, value, err);
    if (rc == BC_OK)
        rc = write_waiting(w, waiting, err);
    if (rc == BC_OK) {
        const struct bc_str object = take_text(&rest);

        rc = w->sink->relation(w->sink, object, take_text(&rest), err);
    }
    return rc;
}

static bc_status write_objects(struct writing *w, struct bc_err *err)
{
    struct waiting waiting = { 0 };
    struct bc_str key, value;
    bc_status rc = sorter_begin(w->objects, err);

    w->key.len = 0;
    while (rc == BC_OK) {
        rc = sorter_next(w->objects, &key, &value, err);
        /* The same relation is told again and again. */
        if (rc != BC_OK || bc_str_eq(key, bc_buf_str(&w->key)))
            continue;
        w->key.len = 0;
        bc_buf_add_str(&w->key, key);
        rc = see_row(w, &waiting, key, value, err);
    }
    if (rc == BC_DONE)
        rc = write_waiting(w, &waiting, err);
    bc_buf_release(&waiting.name);
    bc_buf_release(&waiting.value);
    bc_buf_release(&waiting.written);
    return rc;
}

static void release(struct writing *w)
{
    sorter_free(w->events);
    sorter_free(w->objects);
    bc_string_table_free(w->properties);
    bc_string_table_free(w->stages);
    ocel_facts_release(&w->facts);
    bc_arena_free(w->arena);
    bc_buf_release(&w->key);
    bc_buf_release(&w->id);
    bc_buf_release(&w->other);
    bc_buf_release(&w->name);
}

bc_status ocel_log_write(struct ocel_sink *sink, struct ocel_log_out *out,
                         const struct counted *counted, const bc_rules *rules,
                         struct progress *progress, struct bc_err *err)
{
    struct writing w = { .sink = sink,
                         .out = out,
                         .counted = counted,
                         .rules = rules,
                         .progress = progress,
                         .events = sorter_new(),
                         .objects = sorter_new(),
                         .properties = bc_string_table_new(),
                         .stages = bc_string_table_new(),
                         .arena = bc_arena_new() };
    bc_status rc;

    *out = (struct ocel_log_out){ 0 };
    rc = counted_walk(counted, take, &w, err);
    if (rc == BC_OK)
        rc = object_types(&w, err);
    if (rc == BC_OK)
        rc = event_types(&w, err);
    if (rc == BC_OK)
        rc = write_events(&w, err);
    if (rc == BC_OK)
        rc = write_objects(&w, err);
    if (rc == BC_OK)
        rc = sink->end(sink, err);
    release(&w);
    return rc;
}
