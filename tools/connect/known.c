#include "tools/connect/known.h"

#include "tools/connect/known_deals.h"
#include "tools/connect/told_ids.h"

#include <stdlib.h>

/* An event of the system. */
struct told {
    struct bc_str id;
    uint32_t object, deal; /* words */
    enum bc_body body;
    unsigned turns;   /* so often it was retracted, and that taken back */
    bool found_none;  /* by an import, and that stands */
    uint32_t next;    /* of the same base, the one before; its number from 1; 0: none */
    uint32_t next_of; /* of the same object, the one after */
    unsigned pass;    /* struct connect_stood */
    uint64_t seq;
    int64_t occurred_us;
};

struct known_object {
    struct connect_object is; /* first */
    uint32_t first, last;     /* of its events, by number from 1; 0: none */
    uint32_t next;            /* object with the same first two parts, its number from 1; 0: none */
};

struct connect_known {
    struct bc_str system;
    struct known_deals deals;
    bc_string_table *bases, *refs;
    uint32_t *first; /* by word of bases - 1: its last event, by number + 1 */
    size_t first_n, first_cap;
    struct told *told; /* in the order of the log */
    size_t told_n, told_cap;
    struct known_object *objects; /* by word of refs - 1 */
    size_t object_n, object_cap;
    bc_string_table *two_parts; /* of refs */
    uint32_t *below;            /* of each by its word - 1: its last object, by number from 1 */
    size_t below_n, below_cap;
    bc_arena *arena;
};

static connect_known *known_new(void)
{
    connect_known *known = bc_calloc(1, sizeof(*known));

    known->bases = bc_string_table_new();
    known->refs = bc_string_table_new();
    known->two_parts = bc_string_table_new();
    known->arena = bc_arena_new();
    return known;
}

void connect_known_free(connect_known *known)
{
    if (!known)
        return;
    known_deals_release(&known->deals);
    bc_string_table_free(known->two_parts);
    free(known->below);
    bc_string_table_free(known->bases);
    bc_string_table_free(known->refs);
    free(known->told);
    free(known->first);
    free(known->objects);
    bc_arena_free(known->arena);
    free(known);
}

/* ---- what the system told ---- */

static struct bc_str base_of(struct bc_str id)
{
    const char *as = memmem(id.at, id.len, TOLD_AS, strlen(TOLD_AS));

    return as ? bc_str_part(id, 0, (size_t)(as - id.at)) : id;
}

/* "enrolment/1200" of "enrolment/1200/77"; what has fewer parts, whole. */
static struct bc_str two_parts_of(struct bc_str ref)
{
    size_t len = 0;

    for (unsigned slashes = 0; len < ref.len; len++) {
        slashes += ref.at[len] == '/';
        if (slashes == 2)
            break;
    }
    return bc_str_part(ref, 0, len);
}

static void put_below(connect_known *known, uint32_t number)
{
    struct known_object *object = &known->objects[number - 1];
    const uint32_t word = bc_string_table_add(known->two_parts, two_parts_of(object->is.ref));

    if (word > known->below_n) {
        BC_GROW(known->below, known->below_n, known->below_cap);
        known->below[known->below_n++] = 0;
    }
    object->next = known->below[word - 1];
    known->below[word - 1] = number;
}

static uint32_t object_of(connect_known *known, struct bc_str ref)
{
    const uint32_t word = bc_string_table_add(known->refs, ref);

    if (word > known->object_n) {
        BC_GROW(known->objects, known->object_n, known->object_cap);
        known->objects[known->object_n++] =
            (struct known_object){ .is.ref = bc_string_table_text(known->refs, word) };
        put_below(known, word);
    }
    return word;
}

static void see_address(connect_known *known, uint32_t object, const struct bc_event *event)
{
    const unsigned field =
        event->body == BC_NO_BODY ? 0 : bc_field_of(event->body, BC_STR("issueUrl"));

    if (field && event->value[field].text.len)
        known->objects[object - 1].is.address =
            bc_arena_copy(known->arena, event->value[field].text);
}

/* The last one of its object. */
static void put_of_object(connect_known *known, uint32_t number)
{
    struct known_object *object = &known->objects[known->told[number - 1].object - 1];

    if (object->last)
        known->told[object->last - 1].next_of = number;
    else
        object->first = number;
    object->last = number;
}

static void see_told(connect_known *known, const struct bc_event *event)
{
    const uint32_t base = bc_string_table_add(known->bases, base_of(event->id));
    const uint32_t object = event->source_ref.len ? object_of(known, event->source_ref) : 0;

    if (base > known->first_n) {
        BC_GROW(known->first, known->first_n, known->first_cap);
        known->first[known->first_n++] = 0;
    }
    BC_GROW(known->told, known->told_n, known->told_cap);
    known->told[known->told_n] = (struct told){
        .id = bc_arena_copy(known->arena, event->id),
        .next = known->first[base - 1],
        .object = object,
        .deal = event->deal.len ? bc_string_table_add(known->deals.all, event->deal) : 0,
        .body = event->body,
        .seq = event->seq,
        .occurred_us = event->occurred_us,
    };
    known->first[base - 1] = (uint32_t)++known->told_n;
    if (object) {
        put_of_object(known, (uint32_t)known->told_n);
        see_address(known, object, event);
    }
}

/* A retraction, of whatever source, turns the event at the root of its chain. */
static bc_status see_retraction(connect_known *known, bc_log *log, const struct bc_event *event,
                                struct bc_err *err)
{
    uint64_t target, root;
    bc_status rc = bc_log_retraction(log, event->seq, &target, &root, err);

    if (rc != BC_OK)
        return rc < 0 ? rc : BC_OK;
    for (size_t low = 0, high = known->told_n; low < high;) {
        const size_t middle = low + (high - low) / 2;

        if (known->told[middle].seq == root) {
            known->told[middle].turns++;
            known->told[middle].found_none = told_is_ours(event->id, known->told[middle].id);
            break;
        }
        if (known->told[middle].seq < root)
            low = middle + 1;
        else
            high = middle;
    }
    return BC_OK;
}

static bc_status see(connect_known *known, bc_log *log, const struct bc_event *event,
                     struct bc_err *err)
{
    known_deals_see(&known->deals, event);
    if (event->body == BC_RETRACTED)
        return see_retraction(known, log, event, err);
    if (bc_str_eq(event->source_system, known->system))
        see_told(known, event);
    return BC_OK;
}

static bool stands(const struct told *told)
{
    return told->turns % 2 == 0;
}

static void sum_object(connect_known *known, struct known_object *object)
{
    object->is.bodies = 0;
    object->is.deal = (struct bc_str){ 0 };
    for (uint32_t i = object->first; i; i = known->told[i - 1].next_of) {
        const struct told *told = &known->told[i - 1];

        if (!stands(told) || told->body == BC_NO_BODY)
            continue;
        object->is.bodies |= connect_body_bit(told->body);
        if (told->deal)
            object->is.deal = bc_string_table_text(known->deals.all, told->deal);
    }
}

bc_status connect_known_read(connect_known **out, bc_log *log, struct bc_str system,
                             const struct bc_str *properties, size_t property_n, struct bc_err *err)
{
    connect_known *known = known_new();
    const uint64_t size = bc_log_head(log)->size;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc = size ? bc_cursor_open(&cursor, log, 1, size, err) : BC_DONE;

    known->system = system;
    known_deals_init(&known->deals, known->arena, properties, property_n);
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            rc = see(known, log, event, err);
    }
    bc_cursor_free(cursor);
    if (rc < 0) {
        connect_known_free(known);
        return rc;
    }
    for (size_t i = 0; i < known->object_n; i++)
        sum_object(known, &known->objects[i]);
    *out = known;
    return BC_OK;
}

/* ---- questions ---- */

bool connect_known_deal(const connect_known *known, struct bc_str deal)
{
    return connect_number(known->deals.all, deal) != 0;
}

size_t connect_known_deals_by(const connect_known *known, enum connect_by by, struct bc_str text,
                              const struct bc_str **out)
{
    return known_deals_by(&known->deals, by, text, out);
}

bool connect_known_property(const connect_known *known, struct bc_str property)
{
    for (size_t i = 0; i < known->deals.property_n; i++)
        if (bc_str_eq(known->deals.properties[i], property))
            return known->deals.had[i];
    return false;
}

/* Its number from 1; 0: none does. */
static uint32_t standing(const connect_known *known, struct bc_str id)
{
    const uint32_t base = connect_number(known->bases, base_of(id));
    uint32_t i = base ? known->first[base - 1] : 0;

    while (i && !stands(&known->told[i - 1]))
        i = known->told[i - 1].next;
    return i;
}

struct bc_str connect_known_standing(const connect_known *known, struct bc_str id)
{
    const uint32_t i = standing(known, id);

    return i ? known->told[i - 1].id : (struct bc_str){ 0 };
}

static struct connect_stood stood(const connect_known *known, const struct told *told)
{
    return (struct connect_stood){
        .id = base_of(told->id),
        .as = told->id,
        .deal =
            told->deal ? bc_string_table_text(known->deals.all, told->deal) : (struct bc_str){ 0 },
        .body = told->body,
        .occurred_us = told->occurred_us,
        .pass = told->pass,
    };
}

bool connect_known_stood(const connect_known *known, struct bc_str id, struct connect_stood *out)
{
    const uint32_t i = standing(known, id);

    if (i)
        *out = stood(known, &known->told[i - 1]);
    return i != 0;
}

bool connect_known_stands(const connect_known *known, struct bc_str id)
{
    return connect_known_standing(known, id).len > 0;
}

bool connect_known_when(const connect_known *known, struct bc_str id, int64_t *us)
{
    const uint32_t base = connect_number(known->bases, id);
    const struct told *last = base ? &known->told[known->first[base - 1] - 1] : NULL;

    if (!last || (!stands(last) && last->found_none))
        return false;
    *us = last->occurred_us;
    return true;
}

size_t connect_known_objects(const connect_known *known)
{
    return known->object_n;
}

const struct connect_object *connect_known_object_at(const connect_known *known, size_t i)
{
    return &known->objects[i].is;
}

const struct connect_object *connect_known_object(const connect_known *known, struct bc_str ref)
{
    const uint32_t word = connect_number(known->refs, ref);

    return word ? &known->objects[word - 1].is : NULL;
}

bool connect_known_below(const connect_known *known, struct bc_str two_parts, size_t *at,
                         size_t *out)
{
    const uint32_t word = connect_number(known->two_parts, two_parts);
    const size_t number = *at ? *at : word ? known->below[word - 1] : 0;

    if (number == 0 || number == SIZE_MAX)
        return false;
    *out = number - 1;
    *at = known->objects[number - 1].next ? known->objects[number - 1].next : SIZE_MAX;
    return true;
}

bool connect_known_next(const connect_known *known, const struct connect_object *object, size_t *at,
                        struct connect_stood *out)
{
    size_t number = *at ? *at : ((const struct known_object *)object)->first;

    while (number && number != SIZE_MAX && !stands(&known->told[number - 1]))
        number = known->told[number - 1].next_of;
    *at = SIZE_MAX;
    if (number == 0 || number == SIZE_MAX)
        return false;
    *out = stood(known, &known->told[number - 1]);
    if (known->told[number - 1].next_of)
        *at = known->told[number - 1].next_of;
    return true;
}

/* ---- what a run does ---- */

static void turn(connect_known *known, struct told *told)
{
    told->turns++;
    if (told->object)
        sum_object(known, &known->objects[told->object - 1]);
}

void connect_known_tell(connect_known *known, const struct bc_event *event, unsigned pass)
{
    const uint32_t base = connect_number(known->bases, base_of(event->id));
    struct told *told;

    for (uint32_t i = base ? known->first[base - 1] : 0; i; i = known->told[i - 1].next)
        if (bc_str_eq(known->told[i - 1].id, event->id)) {
            known->told[i - 1].pass = pass;
            return;
        }
    for (uint32_t i = standing(known, event->id); i; i = standing(known, event->id))
        turn(known, &known->told[i - 1]); /* this one stands in its place */
    see_told(known, event);
    told = &known->told[known->told_n - 1];
    told->pass = pass;
    if (told->object)
        sum_object(known, &known->objects[told->object - 1]);
}

void connect_known_leave(connect_known *known, struct bc_str id, unsigned pass)
{
    const uint32_t i = standing(known, id);

    if (i)
        known->told[i - 1].pass = pass;
}

void connect_known_take_back(connect_known *known, struct bc_str as)
{
    const uint32_t i = standing(known, as);

    if (!i)
        return;
    known->told[i - 1].found_none = true;
    turn(known, &known->told[i - 1]);
}
