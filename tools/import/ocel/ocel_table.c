/* Columns, and what objects are, are not known before the end of the log, so it is read twice: for
 * these, and for its rows. */
#include "tools/import/ocel/ocel_table.h"

#include "ledger/base/instant.h"
#include "tools/cli/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#define NONE SIZE_MAX

/* An object of the current event. */
struct of_event {
    uint32_t number;
    size_t first, last; /* of the relationships to it, which are chained */
    size_t next;        /* the next one of its type, or NONE */
};
/* The objects of a type, chained, in the last event that has any. */
struct of_type {
    uint64_t event;
    size_t first, last;
};

struct making {
    struct ocel_table *table;
    struct csv_making *rows;
    struct ocel_objects objects;
    struct bc_str cases;
    uint32_t case_type; /* its number */
    uint64_t read;      /* bytes */
    uint64_t events;
    struct of_event *of_event; /* its objects, each once */
    size_t n, cap;
    size_t *next; /* of each relationship the next one to the same object, or NONE */
    size_t next_cap;
    struct of_type *of_type; /* by the number of the type */
    struct bc_buf name, as;  /* of a column; as what the row's object is there */
    bc_arena *arena;         /* of the current row */
    struct csv_place *fault;
    struct bc_err *err;
    bc_status rc;
};

/* The name of a column, which lives until the next one. */
static struct bc_str named(struct making *making, struct bc_str kind, struct bc_str name)
{
    making->name.len = 0;
    bc_buf_add_str(&making->name, kind);
    bc_buf_add_str(&making->name, name);
    return bc_buf_str(&making->name);
}

/* --- the first time --- */

static bc_status take_object(void *to, const struct ocel_entry *entry, struct csv_place *fault,
                             struct bc_err *err)
{
    struct making *making = to;
    const bool tells = bc_str_eq(entry->type, making->cases);
    bc_status rc = ocel_objects_add(&making->objects, entry, tells, fault, err);

    for (size_t i = 0; rc == BC_OK && tells && i < entry->attribute_n; i++) {
        *fault = entry->attributes[i].at;
        rc = csv_making_column(
            making->rows, named(making, BC_STR("case:"), entry->attributes[i].name), *fault, err);
    }
    return rc;
}

static bc_status take_columns(void *to, const struct ocel_entry *entry, struct csv_place *fault,
                              struct bc_err *err)
{
    struct making *making = to;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < entry->attribute_n; i++) {
        *fault = entry->attributes[i].at;
        rc = csv_making_column(making->rows, entry->attributes[i].name, *fault, err);
    }
    return rc;
}

static const char *const fixed[] = { "ocel:id", "ocel:type", "ocel:time", "case:ocel:id",
                                     "case:ocel:qualifier" };
enum { FIXED_N = sizeof(fixed) / sizeof(fixed[0]) };

/* An error that lists the types there are. */
static bc_status no_case(const struct making *making, const char *name, struct bc_err *err)
{
    struct bc_buf list = { 0 };

    for (uint32_t i = 1; i < bc_string_table_count(making->objects.types) && list.len < 500; i++) {
        const struct bc_str type = bc_string_table_text(making->objects.types, i);

        bc_buf_printf(&list, "%s\"%.*s\"", list.len > 0 ? ", " : "", (int)text_cut(type, 100),
                      type.at);
    }
    bc_err_set(err, BC_E_INPUT,
               "no object of the type \"%.*s\"; `objects` in the map says which type is the deals: "
               "the log has %.*s",
               (int)text_cut(making->cases, 100), making->cases.at,
               BC_STR_ARG(list.len > 0 ? bc_buf_str(&list) : BC_STR("none")));
    bc_buf_release(&list);
    return bc_err_in(err, BC_E_INPUT, "%s:1:1", name);
}

/* What every row has, and a column for each type of objects. */
static bc_status end_columns(struct making *making, const char *name, struct bc_err *err)
{
    const struct csv_place begin = { 1, 1 };
    bc_status rc = BC_OK;

    making->case_type = bc_string_table_find(making->objects.types, making->cases);
    if (making->case_type == BC_WORD_NONE)
        return no_case(making, name, err);
    ocel_objects_sort(&making->objects);
    for (size_t i = 0; rc == BC_OK && i < FIXED_N; i++)
        rc = csv_making_column(making->rows, bc_str_of(fixed[i]), begin, err);
    making->of_type =
        bc_calloc(bc_string_table_count(making->objects.types), sizeof(*making->of_type));
    for (uint32_t i = 1; rc == BC_OK && i < bc_string_table_count(making->objects.types); i++)
        rc = csv_making_column(
            making->rows,
            named(making, BC_STR("object:"), bc_string_table_text(making->objects.types, i)), begin,
            err);
    if (rc == BC_OK)
        rc = csv_making_names(making->rows, err);
    return rc == BC_E_INPUT ? bc_err_in(err, rc, "%s:1:1", name) : rc;
}

/* --- the second time --- */

static void set(struct making *making, struct bc_str name, struct bc_str text)
{
    if (making->rc < 0 || csv_making_cell(making->rows, name, text))
        return;
    making->rc = bc_err_set(making->err, BC_E_INPUT, "the attribute \"%.*s\" twice",
                            (int)text_cut(name, 200), name.at);
}

static void set_told(void *to, struct bc_str name, struct bc_str value)
{
    struct making *making = to;

    set(making, named(making, BC_STR("case:"), name), value);
}

/* An object at its first relationship, the last one of its type so far. */
static void add_object(struct making *making, uint32_t number, size_t link)
{
    struct ocel_object_at *object = &making->objects.at[number];
    struct of_type *type = &making->of_type[object->type];
    const size_t place = making->n;

    object->of_event = making->events;
    object->place = place;
    if (type->event == making->events)
        making->of_event[type->last].next = place;
    else
        type->first = place;
    type->event = making->events;
    type->last = place;
    BC_GROW(making->of_event, making->n, making->cap);
    making->of_event[making->n++] = (struct of_event){ number, link, link, NONE };
}

/* Its objects, each once. */
static void find_objects(struct making *making, const struct ocel_entry *entry)
{
    making->events++;
    making->n = 0;
    for (size_t i = 0; i < entry->link_n; i++) {
        const struct ocel_link *link = &entry->links[i];
        const uint32_t number = ocel_objects_find(&making->objects, link->object);
        struct of_event *of_event;

        BC_GROW(making->next, i, making->next_cap);
        making->next[i] = NONE;
        if (number == OCEL_NO_OBJECT) {
            csv_times_add(&making->table->lost, link->at.line);
        } else if (making->objects.at[number].of_event != making->events) {
            add_object(making, number, i);
        } else {
            of_event = &making->of_event[making->objects.at[number].place];
            making->next[of_event->last] = i;
            of_event->last = i;
        }
    }
}

/* As what it has an object: the qualifiers of all its relationships to it. */
static struct bc_str qualifiers(struct making *making, const struct ocel_entry *entry, size_t place)
{
    size_t link = making->of_event[place].first;

    making->as.len = 0;
    bc_buf_add_str(&making->as, entry->links[link].qualifier);
    while ((link = making->next[link]) != NONE) {
        bc_buf_add_byte(&making->as, ';');
        bc_buf_add_str(&making->as, entry->links[link].qualifier);
    }
    return bc_buf_str(&making->as);
}

/* The ids of the objects of a type, but for one. */
static void set_others(struct making *making, uint32_t type, uint32_t but, uint64_t line)
{
    struct bc_buf ids = { 0 };

    for (size_t i = making->of_type[type].first; i != NONE; i = making->of_event[i].next) {
        const struct ocel_object_at *object = &making->objects.at[making->of_event[i].number];

        if (making->of_event[i].number == but)
            continue;
        if (ids.len > 0)
            bc_buf_add_byte(&ids, ';');
        bc_buf_add_str(&ids, object->id);
        if (memchr(object->id.at, ';', object->id.len))
            csv_times_add(&making->table->split, line);
    }
    if (ids.len > 0)
        set(making,
            named(making, BC_STR("object:"), bc_string_table_text(making->objects.types, type)),
            bc_arena_copy(making->arena, bc_buf_str(&ids)));
    bc_buf_release(&ids);
}

/* Each type that the event has an object of, once. */
static void set_objects(struct making *making, uint32_t but, uint64_t line)
{
    for (size_t i = 0; i < making->n; i++) {
        const uint32_t type = making->objects.at[making->of_event[i].number].type;

        if (making->of_type[type].first == i)
            set_others(making, type, but, line);
    }
}

static bc_status add_row(struct making *making, const struct ocel_entry *entry, size_t of,
                         int64_t us)
{
    const uint32_t object = of < making->n ? making->of_event[of].number : OCEL_NO_OBJECT;

    bc_arena_reset(making->arena);
    set(making, bc_str_of(fixed[0]), entry->id);
    set(making, bc_str_of(fixed[1]), entry->type);
    set(making, bc_str_of(fixed[2]), entry->time);
    for (size_t i = 0; i < entry->attribute_n && making->rc >= 0; i++) {
        *making->fault = entry->attributes[i].at;
        set(making, entry->attributes[i].name, entry->attributes[i].value);
    }
    if (making->rc >= 0)
        *making->fault = entry->at;
    if (object != OCEL_NO_OBJECT) {
        set(making, bc_str_of(fixed[3]), making->objects.at[object].id);
        set(making, bc_str_of(fixed[4]), qualifiers(making, entry, of));
        ocel_objects_then(&making->objects, object, us, set_told, making);
    }
    set_objects(making, object, entry->at.line);
    return making->rc < 0 ? making->rc
                          : csv_making_row(making->rows, entry->at, making->read, making->err);
}

static bc_status take_rows(void *to, const struct ocel_entry *entry, struct csv_place *fault,
                           struct bc_err *err)
{
    struct making *making = to;
    int64_t us = BC_INSTANT_MAX; /* of a time that is none, which the map refuses */
    bool any = false;
    bc_status rc = BC_OK;

    making->fault = fault;
    making->err = err;
    making->rc = BC_OK;
    (void)ocel_time(&us, entry->time, &making->table->no_zone, entry->time_at.line);
    find_objects(making, entry);
    for (size_t i = 0; rc == BC_OK && i < making->n; i++) {
        if (making->objects.at[making->of_event[i].number].type != making->case_type)
            continue;
        any = true;
        rc = add_row(making, entry, i, us);
    }
    return any ? rc : add_row(making, entry, making->n, us);
}

bc_status ocel_table_make(struct ocel_table *out, const struct ocel_source *source,
                          const char *name, struct bc_str cases, struct bc_err *err)
{
    struct making making = {
        .table = out, .rows = &out->making, .cases = cases, .arena = bc_arena_new()
    };
    struct csv_times none = { 0 };
    const struct ocel_takers first = { .object = take_object,
                                       .event = take_columns,
                                       .to = &making,
                                       .between = &out->between,
                                       .unknown = &out->unknown };
    const struct ocel_takers again = { .event = take_rows, .to = &making, .unknown = &none };
    bc_status rc;

    *out = (struct ocel_table){ .fd = -1 };
    ocel_objects_init(&making.objects);
    rc = csv_making_open(&out->making, name, err);
    if (rc == BC_OK)
        rc = source->read(source->from, false, &first, &making.read, err);
    if (rc == BC_OK)
        rc = end_columns(&making, name, err);
    out->no_zone = making.objects.no_zone;
    if (rc == BC_OK)
        rc = source->read(source->from, true, &again, &making.read, err);
    if (rc == BC_OK)
        rc = csv_making_file(&out->making, &out->fd, name, err);
    if (rc < 0)
        ocel_table_release(out);
    ocel_objects_release(&making.objects);
    bc_arena_free(making.arena);
    free(making.of_event);
    free(making.next);
    free(making.of_type);
    bc_buf_release(&making.name);
    bc_buf_release(&making.as);
    return rc;
}

void ocel_table_release(struct ocel_table *table)
{
    if (table->fd >= 0)
        (void)close(table->fd);
    csv_making_release(&table->making);
    *table = (struct ocel_table){ .fd = -1 };
}
