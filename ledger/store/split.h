/* ledger/store/split.h - split keys: divide a family into ranges of about equal size, one a
 * thread. */
#ifndef BC_LEDGER_STORE_SPLIT_H
#define BC_LEDGER_STORE_SPLIT_H

#include "ledger/store/store.h"

/* Keys at which ranges of a family begin, ascending; the first range begins before all keys and has
 * none here. A key need not be in the family. */
struct bc_split {
    struct bc_str *keys;
    size_t n;
    bc_arena *arena;
};

/* At most `parts` ranges; fewer where the family is small. By sizes as the store estimates them, so
 * the split keys may change from one opening to the next. */
bc_status bc_split_make(struct bc_split *out, bc_store *store, enum bc_family family, size_t parts,
                        struct bc_err *err);
void bc_split_release(struct bc_split *split);

#endif
