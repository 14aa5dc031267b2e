#include "ledger/spill/tape.h"

#include "ledger/base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BYTES = 4 << 10, MEMORY_BYTES = 1 << 20 };

void bc_tape_init(struct bc_tape *tape, const char *folder, size_t item_size)
{
    *tape = (struct bc_tape){ .folder = folder, .item_size = item_size };
}

void bc_tape_release(struct bc_tape *tape)
{
    if (tape->stored)
        bc_temp_close(&tape->temp);
    free(tape->items);
    *tape = (struct bc_tape){ 0 };
}

/* The memory is full: it grows, or goes into the file. */
static bc_status make_room(struct bc_tape *tape, size_t held, struct bc_err *err)
{
    bc_status rc;

    if (2 * held * tape->item_size <= MEMORY_BYTES) {
        tape->cap = held ? 2 * held : FIRST_BYTES / tape->item_size;
        tape->items = bc_reallocarray(tape->items, tape->cap, tape->item_size);
        return BC_OK;
    }
    rc = tape->stored ? BC_OK : bc_temp_open(&tape->temp, tape->folder, err);
    if (rc < 0)
        return rc;
    tape->stored = tape->n; /* even if the next fails: the file is to be closed */
    return bc_temp_add(&tape->temp, tape->items, held * tape->item_size, err);
}

bc_status bc_tape_add(struct bc_tape *tape, const void *item, struct bc_err *err)
{
    size_t held = (size_t)(tape->n - tape->stored);

    if (held == tape->cap) {
        bc_status rc = make_room(tape, held, err);

        if (rc < 0)
            return rc;
        held = (size_t)(tape->n - tape->stored);
    }
    memcpy(tape->items + held * tape->item_size, item, tape->item_size);
    tape->n++;
    return BC_OK;
}

bc_status bc_tape_get(const struct bc_tape *tape, uint64_t at, void *item, struct bc_err *err)
{
    assert(at < tape->n);
    if (at < tape->stored)
        return bc_temp_read(&tape->temp, at * tape->item_size, item, tape->item_size, err);
    memcpy(item, tape->items + (at - tape->stored) * tape->item_size, tape->item_size);
    return BC_OK;
}
