/* tools/hubspot/told.c */
#include "tools/hubspot/told.h"

#include "projections/facts/string_table.h"
#include "tools/hubspot/index.h"

#include <stdlib.h>

#define HEAD      BC_STR("hubspot:deal/")
#define NO_VALUE  BC_STR("~") /* as hubspot_id_add has it */
#define NO_CHANGE SIZE_MAX

/* A value of a property of a deal, from an instant on. */
struct change {
    int64_t ms;
    uint32_t value; /* of `values`, as ids have it */
    size_t before;  /* the change of that property that was added before this one, or NO_CHANGE */
};

struct hubspot_told {
    bc_string_table *deals, *values;
    bc_string_table *properties; /* "9001/dealstage": string i + 1 is that of last[i] */
    size_t *last;                /* the change that was added last */
    size_t property_n, property_cap;
    struct change *changes;
    size_t change_n, change_cap;
};

/* The parts of "hubspot:deal/9001/dealstage/1738573963991/111/as/...". */
struct parts {
    struct bc_str deal, property, value; /* property: with the deal before it */
    int64_t ms;
};

/* The milliseconds between two slashes; -1: there is something else. */
static int64_t ms_between(struct bc_str id, size_t from, size_t to)
{
    int64_t ms = 0;

    if (to == from || to - from > 15)
        return -1;
    for (size_t i = from; i < to; i++) {
        if (id.at[i] < '0' || id.at[i] > '9')
            return -1;
        ms = ms * 10 + (id.at[i] - '0');
    }
    return ms;
}

static size_t slash(struct bc_str id, size_t from)
{
    const char *at = from < id.len ? memchr(id.at + from, '/', id.len - from) : NULL;

    return at ? (size_t)(at - id.at) : id.len;
}

/* False: no change of a property. `deal` is set in any case where it is a deal's. */
static bool split(struct parts *out, struct bc_str id)
{
    const size_t head = HEAD.len, deal_end = slash(id, head);
    size_t end = deal_end;

    *out = (struct parts){ .ms = -1 };
    if (!bc_str_begins(id, HEAD))
        return false;
    out->deal = bc_str_part(id, head, deal_end);
    while (out->ms < 0 && end < id.len) {
        const size_t from = end + 1;

        out->property = bc_str_part(id, head, end);
        end = slash(id, from);
        if (out->property.len > out->deal.len)
            out->ms = ms_between(id, from, end);
    }
    if (out->ms < 0 || end >= id.len)
        return false;
    out->value = bc_str_part(id, end + 1, slash(id, end + 1));
    return true;
}

void hubspot_told_add(hubspot_told *told, struct bc_str id)
{
    struct parts parts;
    const bool change = split(&parts, id);
    size_t i;

    if (parts.deal.len)
        (void)bc_string_table_add(told->deals, parts.deal);
    if (!change)
        return;
    i = bc_string_table_add(told->properties, parts.property) - 1;
    if (i == told->property_n) {
        BC_GROW(told->last, told->property_n, told->property_cap);
        told->last[told->property_n++] = NO_CHANGE;
    }
    BC_GROW(told->changes, told->change_n, told->change_cap);
    told->changes[told->change_n] =
        (struct change){ parts.ms, bc_string_table_add(told->values, parts.value), told->last[i] };
    told->last[i] = told->change_n++;
}

bool hubspot_told_deal(const hubspot_told *told, struct bc_str deal)
{
    return bc_string_table_find(told->deals, deal) != BC_WORD_NONE;
}

bool hubspot_told_repeats(const hubspot_told *told, struct bc_str id)
{
    const struct change *now = NULL;
    struct parts parts;
    uint32_t word, value;

    if (!split(&parts, id))
        return false;
    word = bc_string_table_find(told->properties, parts.property);
    value = bc_string_table_find(told->values, parts.value);
    for (size_t i = word == BC_WORD_NONE ? NO_CHANGE : told->last[word - 1]; i != NO_CHANGE;
         i = told->changes[i].before) {
        const struct change *change = &told->changes[i];

        if (change->ms == parts.ms && change->value == value)
            return false;
        if (change->ms <= parts.ms && (!now || change->ms > now->ms))
            now = change;
    }
    return now ? now->value == value : bc_str_eq(parts.value, NO_VALUE);
}

bc_status hubspot_told_read(hubspot_told **out, bc_log *log, struct bc_err *err)
{
    const uint64_t size = bc_log_head(log)->size;
    hubspot_told *told = bc_calloc(1, sizeof(*told));
    const struct bc_event *event = NULL;
    bc_cursor *cursor = NULL;
    bc_status rc = size ? bc_cursor_open(&cursor, log, 1, size, err) : BC_DONE;

    told->deals = bc_string_table_new();
    told->values = bc_string_table_new();
    told->properties = bc_string_table_new();
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK && bc_str_eq(event->source_system, BC_STR(HUBSPOT_SYSTEM)) &&
            event->body != BC_RETRACTED)
            hubspot_told_add(told, event->id);
    }
    bc_cursor_free(cursor);
    if (rc < 0) {
        hubspot_told_free(told);
        return rc;
    }
    *out = told;
    return BC_OK;
}

void hubspot_told_free(hubspot_told *told)
{
    if (!told)
        return;
    bc_string_table_free(told->deals);
    bc_string_table_free(told->values);
    bc_string_table_free(told->properties);
    free(told->last);
    free(told->changes);
    free(told);
}
