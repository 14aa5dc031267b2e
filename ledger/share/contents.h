/* ledger/share/contents.h - the contents of a commit on their way: out, cut into parts; and in. */
#ifndef BC_LEDGER_SHARE_CONTENTS_H
#define BC_LEDGER_SHARE_CONTENTS_H

#include "ledger/share/commit.h"
#include "ledger/spill/temp.h"

/* --- out --- */

struct bc_outgoing {
    bc_shared_log *to; /* borrowed */
    struct bc_commit commit;
    struct bc_buf bytes; /* of the contents that are in no part yet */
    struct bc_buf parts; /* the hashes */
    size_t part_most;
};

/* Begins a commit with a new id; `to` NULL: its contents stay in `bytes`, whatever their length. */
bc_status bc_outgoing_begin(struct bc_outgoing *out, bc_shared_log *to, struct bc_err *err);
/* Adds a record; or a key, and then its value. Parts that are full are put. */
bc_status bc_outgoing_add(struct bc_outgoing *out, struct bc_str item, struct bc_err *err);
/* The caller has filled in the commit but for its contents. Outcomes as of append_if. */
bc_status bc_outgoing_commit(struct bc_outgoing *out, uint64_t expected, uint64_t *position,
                             struct bc_err *err);
void bc_outgoing_release(struct bc_outgoing *out);

/* --- in --- */

struct bc_incoming {
    struct bc_str inside;       /* the contents, where they are in memory */
    const struct bc_temp *temp; /* else */
    uint64_t length, at;
    struct bc_buf window; /* of the file's bytes before `at` those that were not read yet */
    size_t window_at;
};

/* What came in `temp`, or stands in the commit. Both are borrowed. */
void bc_incoming_open(struct bc_incoming *in, const struct bc_commit *commit,
                      const struct bc_temp *temp);
/* The next record, key or value; lives until the next call. BC_DONE: there is none. BC_E_DAMAGED:
 * the contents end within one. */
bc_status bc_incoming_next(struct bc_incoming *in, struct bc_str *out, struct bc_err *err);
void bc_incoming_release(struct bc_incoming *in);

#endif
