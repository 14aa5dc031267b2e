#include "ledger/spill/spool.h"

#include "ledger/base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BYTES = 4 << 10, MEMORY_BYTES = 1 << 20 };

void bc_spool_init(struct bc_spool *spool, const char *folder, size_t item_size)
{
    *spool = (struct bc_spool){ .folder = folder, .item_size = item_size };
}

void bc_spool_release(struct bc_spool *spool)
{
    if (spool->stored)
        bc_temp_close(&spool->temp);
    free(spool->items);
    *spool = (struct bc_spool){ 0 };
}

/* The memory is full: it grows, or is spilled to the file. */
static bc_status make_room(struct bc_spool *spool, size_t held, struct bc_err *err)
{
    bc_status rc;

    if (2 * held * spool->item_size <= MEMORY_BYTES) {
        spool->cap = held ? 2 * held : FIRST_BYTES / spool->item_size;
        spool->items = bc_reallocarray(spool->items, spool->cap, spool->item_size);
        return BC_OK;
    }
    rc = spool->stored ? BC_OK : bc_temp_open(&spool->temp, spool->folder, err);
    if (rc < 0)
        return rc;
    spool->stored = spool->n; /* even if the next fails: the file is to be closed */
    return bc_temp_add(&spool->temp, spool->items, held * spool->item_size, err);
}

bc_status bc_spool_add(struct bc_spool *spool, const void *item, struct bc_err *err)
{
    size_t held = (size_t)(spool->n - spool->stored);

    if (held == spool->cap) {
        bc_status rc = make_room(spool, held, err);

        if (rc < 0)
            return rc;
        held = (size_t)(spool->n - spool->stored);
    }
    memcpy(spool->items + held * spool->item_size, item, spool->item_size);
    spool->n++;
    return BC_OK;
}

bc_status bc_spool_get(const struct bc_spool *spool, uint64_t at, void *item, struct bc_err *err)
{
    assert(at < spool->n);
    if (at < spool->stored)
        return bc_temp_read(&spool->temp, at * spool->item_size, item, spool->item_size, err);
    memcpy(item, spool->items + (at - spool->stored) * spool->item_size, spool->item_size);
    return BC_OK;
}
