/* tools/hubspot/history.c */
#include "tools/hubspot/history.h"

#include "ledger/base/instant.h"
#include "tools/hubspot/value.h"

#include <inttypes.h>
#include <stdlib.h>

/* A first value is stored with the record or moments after it. */
#define SETTLED_US (60 * BC_SECOND_US)

struct entry {
    struct hubspot_change change;
    size_t place;
};

static int entry_cmp(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;

    if (left->change.us != right->change.us)
        return left->change.us < right->change.us ? -1 : 1;
    return left->place > right->place ? -1 : left->place < right->place;
}

static bc_status read_entry(struct entry *out, const json_t *given, bc_arena *arena,
                            struct bc_err *err)
{
    const json_t *value = json_object_get(given, "value");
    const json_t *user = json_object_get(given, "updatedByUserId");
    char who[32];

    if (!hubspot_instant(&out->change.us, hubspot_text(given, "timestamp")))
        return bc_err_set(err, BC_E_REMOTE, "an entry without a time, expected a `timestamp`");
    if (value && !json_is_string(value) && !json_is_null(value))
        return bc_err_set(err, BC_E_REMOTE, "an entry whose value is no text");
    out->change.value = hubspot_text(given, "value");
    out->change.how = hubspot_text(given, "sourceType");
    out->change.who = hubspot_text(given, "sourceId");
    if (out->change.who.len == 0 && json_is_integer(user)) {
        int len =
            snprintf(who, sizeof(who), "userId:%" JSON_INTEGER_FORMAT, json_integer_value(user));

        out->change.who = bc_arena_copy(arena, (struct bc_str){ who, (size_t)len });
    }
    return BC_OK;
}

/* Which of the same values in one millisecond a change is: two of them need two ids. */
static unsigned nth_of(const struct hubspot_change *changes, size_t n)
{
    unsigned nth = 1;

    for (size_t i = n; i > 0 && changes[i - 1].us / 1000 == changes[n].us / 1000; i--)
        nth += bc_str_eq(changes[i - 1].value, changes[n].value);
    return nth;
}

static void collapse(struct hubspot_history *out, const struct entry *entries, size_t n)
{
    struct bc_str now = { 0 };

    for (size_t i = 0; i < n; i++) {
        if (bc_str_eq(entries[i].change.value, now))
            continue;
        now = entries[i].change.value;
        out->changes[out->n] = entries[i].change;
        out->changes[out->n].nth = nth_of(out->changes, out->n);
        out->n++;
    }
    out->latest = now;
}

bc_status hubspot_history_read(struct hubspot_history *out, const json_t *record,
                               const char *property, bc_arena *arena, struct bc_err *err)
{
    const json_t *all = json_object_get(record, "propertiesWithHistory");
    const json_t *list = json_object_get(all, property);
    size_t n = json_array_size(list);
    struct entry *entries;
    bc_status rc = BC_OK;

    *out = (struct hubspot_history){ 0 };
    if (list && !json_is_array(list) && !json_is_null(list))
        return bc_err_set(err, BC_E_REMOTE, "the history of %s is no list", property);
    if (n == 0)
        return BC_OK;
    entries = bc_arena_alloc(arena, n * sizeof(*entries));
    out->changes = bc_arena_alloc(arena, n * sizeof(*out->changes));
    for (size_t i = 0; rc == BC_OK && i < n; i++) {
        entries[i].place = i;
        rc = read_entry(&entries[i], json_array_get(list, i), arena, err);
    }
    if (rc < 0)
        return bc_err_in(err, rc, "history of %s", property);
    qsort(entries, n, sizeof(*entries), entry_cmp);
    out->entry_n = n;
    out->oldest_us = entries[0].change.us;
    collapse(out, entries, n);
    return BC_OK;
}

const struct hubspot_change *hubspot_history_at(const struct hubspot_history *history, int64_t us)
{
    const struct hubspot_change *last = NULL;

    for (size_t i = 0; i < history->n && history->changes[i].us <= us; i++)
        last = &history->changes[i];
    return last;
}

bool hubspot_history_is_cut(const struct hubspot_history *history, int64_t created_us)
{
    return history->entry_n > 0 && history->oldest_us > created_us + SETTLED_US;
}
