/* ledger/pending.h - the events of an append under way: what it takes to know their ids again. */
#ifndef BC_LEDGER_PENDING_H
#define BC_LEDGER_PENDING_H

#include "ledger/base/mem.h"

#include <stdint.h>

enum { BC_DIGEST_LEN = 16 };

struct bc_pending_event {
    size_t id_at; /* in the bytes of all ids */
    uint32_t id_len;
    uint64_t place;                /* the caller's name for it, a line number */
    uint64_t root;                 /* behind a chain of retractions; 0: it is no retraction */
    uint8_t digest[BC_DIGEST_LEN]; /* of its content */
};

/* `{ 0 }` is empty. */
struct bc_pending {
    struct bc_pending_event *events; /* in the order of their coming */
    size_t n, cap;
    struct bc_buf ids;
    size_t common;   /* bytes with which all ids begin */
    uint64_t *table; /* hash << 32 | index + 1; open addressing, at most half full */
    size_t table_size;
};

void bc_pending_release(struct bc_pending *pending);
/* Remembers an event with a new id; id_at and id_len are filled in. */
void bc_pending_add(struct bc_pending *pending, struct bc_pending_event event, struct bc_str id);
/* The event of an id, or NULL; lives until the next add. */
const struct bc_pending_event *bc_pending_find(const struct bc_pending *pending, struct bc_str id);
struct bc_str bc_pending_id(const struct bc_pending *pending, const struct bc_pending_event *event);
/* Indexes of all events in the byte order of their ids; the caller frees it. */
uint32_t *bc_pending_sort(const struct bc_pending *pending);

#endif
