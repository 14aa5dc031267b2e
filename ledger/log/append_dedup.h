/* ledger/log/append_dedup.h - is an incoming event in the log already?
 *
 * The same source read again brings its events in the order of the log, so after each one found the
 * next record is tried first. */
#ifndef BC_LEDGER_LOG_APPEND_DEDUP_H
#define BC_LEDGER_LOG_APPEND_DEDUP_H

#include "ledger/log/log_impl.h"

/* `{ .log = log }` at first. */
struct bc_dedup {
    bc_log *log;
    bc_iter *iter;         /* NULL, or a walk of the log */
    uint64_t next;         /* the seq that the walk gives next */
    uint64_t seq;          /* of the current record; 0: there is none */
    struct bc_str content; /* of it, as stored */
    struct bc_buf again;
};

void bc_dedup_release(struct bc_dedup *dedup);
/* BC_OK: no event has this id. BC_DONE: the one at *seq has, with this content. BC_E_CONFLICT: the
 * one at *seq has other content; *err is not set. */
bc_status bc_dedup_look_up(struct bc_dedup *dedup, uint64_t *seq, struct bc_str id,
                           struct bc_str content, struct bc_err *err);

#endif
