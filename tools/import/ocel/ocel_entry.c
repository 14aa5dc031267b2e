#include "tools/import/ocel/ocel_entry.h"

#include <stdlib.h>

enum { ENTRY_MAX = 64 << 20, TEXT_SIZE = 16 /* of one without a byte */ };

void ocel_entry_init(struct ocel_entry *entry)
{
    *entry = (struct ocel_entry){ .arena = bc_arena_new() };
}

void ocel_entry_release(struct ocel_entry *entry)
{
    free(entry->attributes);
    free(entry->links);
    bc_arena_free(entry->arena);
    *entry = (struct ocel_entry){ 0 };
}

void ocel_entry_begin(struct ocel_entry *entry, struct csv_place at)
{
    bc_arena_reset(entry->arena);
    entry->at = entry->time_at = at;
    entry->id = entry->type = entry->time = (struct bc_str){ 0 };
    entry->attribute_n = entry->link_n = entry->len = entry->size = 0;
}

static bool has_room(struct ocel_entry *entry, size_t size)
{
    entry->size += size;
    return entry->size <= ENTRY_MAX;
}

bool ocel_entry_keep(struct ocel_entry *entry, struct bc_str *out, struct bc_str text)
{
    if (!has_room(entry, TEXT_SIZE + text.len))
        return false;
    entry->len += text.len;
    *out = bc_arena_copy(entry->arena, text);
    return true;
}

bool ocel_entry_attribute(struct ocel_entry *entry, const struct ocel_attribute *attribute)
{
    if (!has_room(entry, sizeof(*attribute)))
        return false;
    BC_GROW(entry->attributes, entry->attribute_n, entry->attribute_cap);
    entry->attributes[entry->attribute_n++] = *attribute;
    return true;
}

bool ocel_entry_link(struct ocel_entry *entry, const struct ocel_link *link)
{
    if (!has_room(entry, sizeof(*link)))
        return false;
    BC_GROW(entry->links, entry->link_n, entry->link_cap);
    entry->links[entry->link_n++] = *link;
    return true;
}
