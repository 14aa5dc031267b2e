#include "tools/import/ocel/ocel_objects.h"

#include "ledger/base/instant.h"

#include <stdlib.h>

void ocel_objects_init(struct ocel_objects *objects)
{
    *objects = (struct ocel_objects){ .types = bc_string_table_new(),
                                      .names = bc_string_table_new(),
                                      .arena = bc_arena_new() };
}

void ocel_objects_release(struct ocel_objects *objects)
{
    free(objects->at);
    free(objects->told);
    bc_table_release(&objects->by_id);
    bc_string_table_free(objects->types);
    bc_string_table_free(objects->names);
    bc_arena_free(objects->arena);
    *objects = (struct ocel_objects){ 0 };
}

/* --- times --- */

enum { SECONDS_LEN = sizeof("2025-03-31T09:30:00") - 1, TIME_MAX = 64 };

static bool has_zone(struct bc_str text)
{
    for (size_t i = SECONDS_LEN; i < text.len; i++)
        if (text.at[i] == 'Z' || text.at[i] == 'z' || text.at[i] == '+' || text.at[i] == '-')
            return true;
    return false;
}

static bool is_before_1970(struct bc_str text)
{
    const struct bc_str year = bc_str_part(text, 0, 4);

    for (size_t i = 0; i < year.len; i++)
        if (year.at[i] < '0' || year.at[i] > '9')
            return false;
    return bc_str_cmp(year, BC_STR("1970")) < 0;
}

bool ocel_time(int64_t *us, struct bc_str text, struct csv_times *no_zone, uint64_t line)
{
    char whole[TIME_MAX + 1];
    const bool zone = has_zone(text);

    if (text.len < SECONDS_LEN || text.len > TIME_MAX - 1)
        return false;
    memcpy(whole, text.at, text.len);
    whole[text.len] = 'Z';
    if (whole[10] == ' ')
        whole[10] = 'T';
    if (is_before_1970(text)) {
        *us = 0;
        return true;
    }
    if (bc_instant_parse(us, (struct bc_str){ whole, text.len + !zone }, NULL) != BC_OK)
        return false;
    if (!zone)
        csv_times_add(no_zone, line);
    return true;
}

/* --- objects --- */

uint32_t ocel_objects_find(const struct ocel_objects *objects, struct bc_str id)
{
    struct bc_table_probe probe = bc_table_find(&objects->by_id, bc_str_hash(id));
    uint32_t number;

    while (bc_table_next(&objects->by_id, &probe, &number))
        if (bc_str_eq(objects->at[number].id, id))
            return number;
    return OCEL_NO_OBJECT;
}

static bc_status add_told(struct ocel_objects *objects, uint32_t object,
                          const struct ocel_attribute *attribute, struct csv_place *fault,
                          struct bc_err *err)
{
    struct ocel_told_at told = { .object = object, .order = objects->told_n };

    *fault = attribute->time_at;
    if (attribute->time.at &&
        !ocel_time(&told.us, attribute->time, &objects->no_zone, attribute->time_at.line))
        return bc_err_set(err, BC_E_INPUT,
                          "the time of an attribute is none of ISO 8601, such as "
                          "2025-03-31T09:30:00Z");
    told.name = bc_string_table_add(objects->names, attribute->name);
    told.value = bc_arena_copy(objects->arena, attribute->value);
    BC_GROW(objects->told, objects->told_n, objects->told_cap);
    objects->told[objects->told_n++] = told;
    return BC_OK;
}

bc_status ocel_objects_add(struct ocel_objects *objects, const struct ocel_entry *entry, bool tells,
                           struct csv_place *fault, struct bc_err *err)
{
    const uint32_t number = (uint32_t)objects->n;
    bc_status rc = BC_OK;

    if (ocel_objects_find(objects, entry->id) != OCEL_NO_OBJECT)
        return bc_err_set(err, BC_E_INPUT, "a second object of this id");
    if (number == OCEL_NO_OBJECT - 1)
        bc_out_of("more objects in a log than can be numbered");
    BC_GROW(objects->at, objects->n, objects->cap);
    objects->at[objects->n++] =
        (struct ocel_object_at){ .id = bc_arena_copy(objects->arena, entry->id),
                                 .type = bc_string_table_add(objects->types, entry->type) };
    bc_table_add(&objects->by_id, bc_str_hash(entry->id), number);
    for (size_t i = 0; rc == BC_OK && tells && i < entry->attribute_n; i++)
        rc = add_told(objects, number, &entry->attributes[i], fault, err);
    return rc;
}

static int told_cmp(const void *a, const void *b)
{
    const struct ocel_told_at *left = a, *right = b;

    if (left->object != right->object)
        return left->object < right->object ? -1 : 1;
    if (left->name != right->name)
        return left->name < right->name ? -1 : 1;
    if (left->us != right->us)
        return left->us < right->us ? -1 : 1;
    return (left->order > right->order) - (left->order < right->order);
}

void ocel_objects_sort(struct ocel_objects *objects)
{
    if (objects->told_n > 1)
        qsort(objects->told, objects->told_n, sizeof(*objects->told), told_cmp);
    for (size_t i = 0; i < objects->told_n; i++) {
        struct ocel_object_at *object = &objects->at[objects->told[i].object];

        if (object->told_n++ == 0)
            object->told = i;
    }
}

void ocel_objects_then(const struct ocel_objects *objects, uint32_t object, int64_t us,
                       ocel_see *see, void *to)
{
    const struct ocel_object_at *one = &objects->at[object];
    const struct ocel_told_at *told = one->told_n ? objects->told + one->told : NULL;

    for (size_t i = 0; i < one->told_n; i++) {
        const bool last =
            i + 1 == one->told_n || told[i + 1].name != told[i].name || told[i + 1].us > us;

        if (told[i].us <= us && last)
            see(to, bc_string_table_text(objects->names, told[i].name), told[i].value);
    }
}
