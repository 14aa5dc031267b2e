/* ledger/spill/spool.h - an append-only array of items of one size; older ones are spilled to a
 * temporary file. One thread at a time. */
#ifndef BC_LEDGER_SPILL_SPOOL_H
#define BC_LEDGER_SPILL_SPOOL_H

#include "ledger/spill/temp.h"

struct bc_spool {
    const char *folder; /* borrowed */
    size_t item_size;
    uint64_t n;      /* items in all */
    uint64_t stored; /* of them in the file */
    char *items;     /* the others */
    size_t cap;
    struct bc_temp temp;
};

/* An empty one; `folder` as in ledger/spill/temp.h. */
void bc_spool_init(struct bc_spool *spool, const char *folder, size_t item_size);
void bc_spool_release(struct bc_spool *spool); /* one that is all zero is fine */
bc_status bc_spool_add(struct bc_spool *spool, const void *item, struct bc_err *err);
/* Fills *item with number `at` < n. */
bc_status bc_spool_get(const struct bc_spool *spool, uint64_t at, void *item, struct bc_err *err);

#endif
