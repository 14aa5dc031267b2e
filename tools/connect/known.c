#include "tools/connect/known.h"

#include <stdlib.h>

#define AS "/as/" /* before what tells apart an event that was told in another's place */

/* An event of the system. */
struct told {
    struct bc_str id;
    uint32_t object, deal; /* words */
    enum bc_body body;
    unsigned turns; /* so often it was retracted, and that taken back */
    uint32_t next;  /* of the same base, its number + 1; 0: none */
    uint64_t seq;
    int64_t occurred_us;
};

/* What deals have at the moment, under some text. */
struct meant {
    struct bc_str *deals;
    size_t n, cap;
};
struct meanings {
    bc_string_table *texts;
    struct meant *at; /* by word - 1 */
    size_t n, cap;
};

struct connect_known {
    struct bc_str system;
    const struct bc_str *properties;
    size_t property_n;
    bc_string_table *bases, *deals, *refs;
    uint32_t *first; /* by word of bases - 1: its last event, by number + 1 */
    size_t first_n, first_cap;
    struct told *told; /* in the order of the log */
    size_t told_n, told_cap;
    struct connect_object *objects; /* by word of refs - 1 */
    size_t object_n, object_cap;
    struct meanings by[CONNECT_BY_N];
    bc_string_table *held_keys; /* "DEAL<NUL>PROPERTY": its value in `held`, by word - 1 */
    struct bc_str *held;
    size_t held_n, held_cap;
    bc_arena *arena;
};

static connect_known *known_new(void)
{
    connect_known *known = bc_calloc(1, sizeof(*known));

    known->bases = bc_string_table_new();
    known->deals = bc_string_table_new();
    known->refs = bc_string_table_new();
    known->held_keys = bc_string_table_new();
    for (size_t i = 0; i < CONNECT_BY_N; i++)
        known->by[i].texts = bc_string_table_new();
    known->arena = bc_arena_new();
    return known;
}

void connect_known_free(connect_known *known)
{
    if (!known)
        return;
    for (size_t i = 0; i < CONNECT_BY_N; i++) {
        for (size_t m = 0; m < known->by[i].n; m++)
            free(known->by[i].at[m].deals);
        bc_string_table_free(known->by[i].texts);
        free(known->by[i].at);
    }
    bc_string_table_free(known->bases);
    bc_string_table_free(known->deals);
    bc_string_table_free(known->refs);
    bc_string_table_free(known->held_keys);
    free(known->told);
    free(known->first);
    free(known->objects);
    free(known->held);
    bc_arena_free(known->arena);
    free(known);
}

/* ---- what deals are meant by ---- */

static void means_drop(struct meanings *by, struct bc_str text, struct bc_str deal)
{
    const uint32_t word = connect_number(by->texts, text);
    struct meant *meant = word ? &by->at[word - 1] : NULL;
    size_t kept = 0;

    for (size_t i = 0; meant && i < meant->n; i++)
        if (!bc_str_eq(meant->deals[i], deal))
            meant->deals[kept++] = meant->deals[i];
    if (meant)
        meant->n = kept;
}

static void means_add(struct meanings *by, struct bc_str text, struct bc_str deal)
{
    const uint32_t word = bc_string_table_add(by->texts, text);
    struct meant *meant;

    if (word > by->n) {
        BC_GROW(by->at, by->n, by->cap);
        by->at[by->n++] = (struct meant){ 0 };
    }
    means_drop(by, text, deal); /* each once */
    meant = &by->at[word - 1];
    BC_GROW(meant->deals, meant->n, meant->cap);
    meant->deals[meant->n++] = deal;
}

/* A deal has another value than before. */
static void hold(connect_known *known, enum connect_by by, struct bc_str deal,
                 struct bc_str property, struct bc_str value)
{
    struct bc_buf key = { 0 };
    uint32_t word;

    bc_buf_add_str(&key, deal);
    bc_buf_add_byte(&key, '\0');
    bc_buf_add_str(&key, property);
    word = bc_string_table_add(known->held_keys, bc_buf_str(&key));
    bc_buf_release(&key);
    if (word > known->held_n) {
        BC_GROW(known->held, known->held_n, known->held_cap);
        known->held[known->held_n++] = (struct bc_str){ 0 };
    } else {
        means_drop(&known->by[by], known->held[word - 1], deal);
    }
    value = bc_arena_copy(known->arena, value);
    known->held[word - 1] = value;
    if (value.len)
        means_add(&known->by[by], value, deal);
}

static bool is_asked_for(const connect_known *known, struct bc_str property)
{
    for (size_t i = 0; i < known->property_n; i++)
        if (bc_str_eq(known->properties[i], property))
            return true;
    return false;
}

static void see_property(connect_known *known, struct bc_str deal, const struct bc_event *event)
{
    const struct bc_str name = event->value[BC_PROPERTY_CHANGED_NAME].text;
    const struct bc_str value = event->value[BC_PROPERTY_CHANGED_VALUE].text;

    if (bc_str_eq(name, BC_STR("deal_name")))
        hold(known, CONNECT_BY_NAME, deal, BC_STR("deal_name"), value);
    if (is_asked_for(known, name))
        hold(known, CONNECT_BY_PROPERTY, deal, name, value);
}

static void see_deal(connect_known *known, const struct bc_event *event)
{
    uint32_t word;
    struct bc_str deal;

    if (event->deal.len == 0)
        return;
    word = bc_string_table_add(known->deals, event->deal);
    deal = bc_string_table_text(known->deals, word);
    if (event->body == BC_DEAL_CREATED)
        hold(known, CONNECT_BY_NAME, deal, BC_STR("deal_name"),
             event->value[BC_DEAL_CREATED_NAME].text);
    else if (event->body == BC_PROPERTY_CHANGED)
        see_property(known, deal, event);
    else if (event->body == BC_ORDER_PLACED &&
             event->value[BC_ORDER_PLACED_CONFIGURATOR_URL].text.len)
        means_add(&known->by[CONNECT_BY_URL], event->value[BC_ORDER_PLACED_CONFIGURATOR_URL].text,
                  deal);
}

/* ---- what the system told ---- */

static struct bc_str base_of(struct bc_str id)
{
    const char *as = memmem(id.at, id.len, AS, strlen(AS));

    return as ? bc_str_part(id, 0, (size_t)(as - id.at)) : id;
}

static uint32_t object_of(connect_known *known, struct bc_str ref)
{
    const uint32_t word = bc_string_table_add(known->refs, ref);

    if (word > known->object_n) {
        BC_GROW(known->objects, known->object_n, known->object_cap);
        known->objects[known->object_n++] =
            (struct connect_object){ .ref = bc_string_table_text(known->refs, word) };
    }
    return word;
}

static void see_address(connect_known *known, uint32_t object, const struct bc_event *event)
{
    const unsigned field =
        event->body == BC_NO_BODY ? 0 : bc_field_of(event->body, BC_STR("issueUrl"));

    if (field && event->value[field].text.len)
        known->objects[object - 1].address = bc_arena_copy(known->arena, event->value[field].text);
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
        .deal = event->deal.len ? bc_string_table_add(known->deals, event->deal) : 0,
        .body = event->body,
        .seq = event->seq,
        .occurred_us = event->occurred_us,
    };
    known->first[base - 1] = (uint32_t)++known->told_n;
    if (object)
        see_address(known, object, event);
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
    see_deal(known, event);
    if (event->body == BC_RETRACTED)
        return see_retraction(known, log, event, err);
    if (bc_str_eq(event->source_system, known->system))
        see_told(known, event);
    return BC_OK;
}

static void sum_objects(connect_known *known)
{
    for (size_t i = 0; i < known->told_n; i++) {
        const struct told *told = &known->told[i];
        struct connect_object *object = told->object ? &known->objects[told->object - 1] : NULL;

        if (!object || told->turns % 2 != 0 || told->body == BC_NO_BODY)
            continue;
        object->bodies |= connect_body_bit(told->body);
        if (told->deal)
            object->deal = bc_string_table_text(known->deals, told->deal);
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
    known->properties = properties;
    known->property_n = property_n;
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
    sum_objects(known);
    *out = known;
    return BC_OK;
}

/* ---- questions ---- */

bool connect_known_deal(const connect_known *known, struct bc_str deal)
{
    return connect_number(known->deals, deal) != 0;
}

size_t connect_known_deals_by(const connect_known *known, enum connect_by by, struct bc_str text,
                              const struct bc_str **out)
{
    const uint32_t word = connect_number(known->by[by].texts, text);

    *out = word ? known->by[by].at[word - 1].deals : NULL;
    return word ? known->by[by].at[word - 1].n : 0;
}

struct bc_str connect_known_standing(const connect_known *known, struct bc_str id)
{
    const uint32_t base = connect_number(known->bases, id);

    for (uint32_t i = base ? known->first[base - 1] : 0; i; i = known->told[i - 1].next)
        if (known->told[i - 1].turns % 2 == 0)
            return known->told[i - 1].id;
    return (struct bc_str){ 0 };
}

bool connect_known_stands(const connect_known *known, struct bc_str id)
{
    return connect_known_standing(known, id).len > 0;
}

bool connect_known_when(const connect_known *known, struct bc_str id, int64_t *us)
{
    const uint32_t base = connect_number(known->bases, id);

    if (base)
        *us = known->told[known->first[base - 1] - 1].occurred_us;
    return base != 0;
}

size_t connect_known_objects(const connect_known *known)
{
    return known->object_n;
}

const struct connect_object *connect_known_object_at(const connect_known *known, size_t i)
{
    return &known->objects[i];
}

const struct connect_object *connect_known_object(const connect_known *known, struct bc_str ref)
{
    const uint32_t word = connect_number(known->refs, ref);

    return word ? &known->objects[word - 1] : NULL;
}

bool connect_known_next(const connect_known *known, const struct connect_object *object, size_t *at,
                        struct connect_stood *out)
{
    const uint32_t wanted = (uint32_t)(object - known->objects) + 1;

    while (*at < known->told_n) {
        const struct told *told = &known->told[(*at)++];

        if (told->object != wanted || told->turns % 2 != 0)
            continue;
        *out = (struct connect_stood){ base_of(told->id), told->body, told->occurred_us };
        return true;
    }
    return false;
}
