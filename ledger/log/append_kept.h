/* ledger/log/append_kept.h - the records of an append that is sent away first: kept in order, to be
 * walked, and to be added again. */
#ifndef BC_LEDGER_LOG_APPEND_KEPT_H
#define BC_LEDGER_LOG_APPEND_KEPT_H

#include "ledger/base/mem.h"
#include "ledger/spill/temp.h"

/* `{ 0 }` is empty. */
struct bc_append_kept {
    struct bc_temp
        file; /* for each: place (8 bytes), whether its time is kept (1), length (8), record */
    struct bc_buf last; /* those that are not in the file yet */
    bool open;
};

struct bc_kept_record {
    uint64_t place; /* the caller's name for it */
    bool keep_recorded;
    struct bc_str record;
};

/* `folder` as in ledger/spill/temp.h. */
bc_status bc_append_kept_add(struct bc_append_kept *kept, const char *folder,
                             const struct bc_kept_record *record, struct bc_err *err);
/* Each is lent until `see` returns; a failure of it ends the walk. */
bc_status bc_append_kept_each(const struct bc_append_kept *kept,
                              bc_status (*see)(void *payload, const struct bc_kept_record *kept,
                                               struct bc_err *err),
                              void *payload, struct bc_err *err);
void bc_append_kept_release(struct bc_append_kept *kept);

#endif
