/* ledger/store/split.h - where a family is cut so that several threads walk it, each about as
 * much. */
#ifndef BC_LEDGER_STORE_SPLIT_H
#define BC_LEDGER_STORE_SPLIT_H

#include "ledger/store/store.h"

/* Keys at which stretches of a family begin, ascending; the first stretch begins in front of all. A
 * key need not be in the family. */
struct bc_split {
    struct bc_str *keys;
    size_t n;
    bc_arena *arena;
};

/* At most `parts` stretches; fewer where the family is small. By sizes as the store estimates them,
 * so where the cuts lie may change from one opening to the next. */
bc_status bc_split_make(struct bc_split *out, bc_store *store, enum bc_family family, size_t parts,
                        struct bc_err *err);
void bc_split_release(struct bc_split *split);

#endif
