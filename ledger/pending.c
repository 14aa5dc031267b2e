#include "ledger/pending.h"

#include <stdlib.h>

void bc_pending_release(struct bc_pending *pending)
{
    free(pending->events);
    free(pending->table);
    bc_buf_release(&pending->ids);
    *pending = (struct bc_pending){ 0 };
}

struct bc_str bc_pending_id(const struct bc_pending *pending, const struct bc_pending_event *event)
{
    return (struct bc_str){ pending->ids.at + event->id_at, event->id_len };
}

const struct bc_pending_event *bc_pending_find(const struct bc_pending *pending, struct bc_str id)
{
    uint64_t hash = bc_str_hash(id);

    if (pending->table_size == 0)
        return NULL;
    for (size_t slot = hash & (pending->table_size - 1);;
         slot = (slot + 1) & (pending->table_size - 1)) {
        const struct bc_pending_event *event;
        uint64_t entry = pending->table[slot];

        if (entry == 0)
            return NULL;
        if (entry >> 32 != (hash & UINT32_MAX)) /* most others, without a look at their events */
            continue;
        event = &pending->events[(entry & UINT32_MAX) - 1];
        if (bc_str_eq(bc_pending_id(pending, event), id))
            return event;
    }
}

static void table_put(struct bc_pending *pending, uint64_t hash, uint64_t number)
{
    size_t slot = hash & (pending->table_size - 1);

    while (pending->table[slot])
        slot = (slot + 1) & (pending->table_size - 1);
    pending->table[slot] = hash << 32 | number;
}

static void table_grow(struct bc_pending *pending)
{
    pending->table_size = pending->table_size ? 2 * pending->table_size : 1024;
    free(pending->table);
    pending->table = bc_calloc(pending->table_size, sizeof(*pending->table));
    for (size_t i = 0; i < pending->n; i++)
        table_put(pending, bc_str_hash(bc_pending_id(pending, &pending->events[i])), i + 1);
}

static size_t common_bytes(struct bc_str a, struct bc_str b, size_t most)
{
    size_t n = 0;

    while (n < most && n < a.len && n < b.len && a.at[n] == b.at[n])
        n++;
    return n;
}

void bc_pending_add(struct bc_pending *pending, struct bc_pending_event event, struct bc_str id)
{
    event.id_at = pending->ids.len;
    event.id_len = (uint32_t)id.len;
    pending->common =
        pending->n ? common_bytes(bc_pending_id(pending, &pending->events[0]), id, pending->common)
                   : id.len;
    bc_buf_add_str(&pending->ids, id);
    BC_GROW(pending->events, pending->n, pending->cap);
    pending->events[pending->n++] = event;
    if (2 * pending->n > pending->table_size)
        table_grow(pending);
    else
        table_put(pending, bc_str_hash(id), pending->n);
}

/* Ids of one source begin alike for long; what tells them apart is kept beside the index, so that
 * most comparisons look no further. */
struct sort_key {
    uint64_t head; /* the eight bytes behind the common ones, the first one highest */
    struct bc_str rest;
    uint32_t index;
};

static int by_id(const void *a, const void *b)
{
    const struct sort_key *left = a, *right = b;

    if (left->head != right->head)
        return left->head < right->head ? -1 : 1;
    return bc_str_cmp(left->rest, right->rest);
}

static uint64_t head_of(struct bc_str rest)
{
    uint64_t head = 0;

    for (size_t i = 0; i < 8; i++)
        head = head << 8 | (i < rest.len ? (uint8_t)rest.at[i] : 0);
    return head;
}

uint32_t *bc_pending_sort(const struct bc_pending *pending)
{
    struct sort_key *keys = bc_reallocarray(NULL, pending->n, sizeof(*keys));
    uint32_t *order = bc_reallocarray(NULL, pending->n, sizeof(*order));

    for (size_t i = 0; i < pending->n; i++) {
        struct bc_str id = bc_pending_id(pending, &pending->events[i]);
        struct bc_str rest = { id.at + pending->common, id.len - pending->common };

        keys[i] = (struct sort_key){ head_of(rest), rest, (uint32_t)i };
    }
    if (pending->n > 1)
        qsort(keys, pending->n, sizeof(*keys), by_id);
    for (size_t i = 0; i < pending->n; i++)
        order[i] = keys[i].index;
    free(keys);
    return order;
}
