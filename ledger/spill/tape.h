/* ledger/spill/tape.h - items of one size by number: written one behind the other, read in any
 * order. The last ones are in memory, those before them in a temporary file. One thread at a time.
 */
#ifndef BC_LEDGER_SPILL_TAPE_H
#define BC_LEDGER_SPILL_TAPE_H

#include "ledger/spill/temp.h"

struct bc_tape {
    const char *folder; /* borrowed */
    size_t item_size;
    uint64_t n;      /* items in all */
    uint64_t stored; /* of them in the file */
    char *items;     /* the others */
    size_t cap;
    struct bc_temp temp;
};

/* An empty one; `folder` as in ledger/spill/temp.h. */
void bc_tape_init(struct bc_tape *tape, const char *folder, size_t item_size);
void bc_tape_release(struct bc_tape *tape); /* one that is all zero is fine */
bc_status bc_tape_add(struct bc_tape *tape, const void *item, struct bc_err *err);
/* Fills *item with number `at` < n. */
bc_status bc_tape_get(const struct bc_tape *tape, uint64_t at, void *item, struct bc_err *err);

#endif
