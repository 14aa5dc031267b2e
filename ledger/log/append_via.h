/* ledger/log/append_via.h - appends that become part of another log first: of one that several
 * machines share.
 *
 * While a log has a via, committing an append calls via->commit, which sends away what the append
 * holds and then has it written here. Where the other log has grown meanwhile, the append lets
 * go of it, the log takes what is new, and the append takes its events once more on top of that.
 *
 *   bc_append_settle() --> the records, in order --> sent away --> accepted: bc_append_write()
 *         ^                                               |
 *         +--- bc_append_take_up() <-- the log grows <-- bc_append_step_back()   not accepted */
#ifndef BC_LEDGER_LOG_APPEND_VIA_H
#define BC_LEDGER_LOG_APPEND_VIA_H

#include "ledger/log/log.h"

struct bc_append_via {
    /* In place of bc_append_commit, with its outcomes. */
    bc_status (*commit)(void *payload, bc_append *append, struct bc_err *err);
    void (*free)(void *payload); /* when the log is closed; NULL is fine */
    void *payload;
};

/* Before the first append. The log frees the payload when it is closed. */
void bc_log_append_via(bc_log *log, const struct bc_append_via *via);

/* Then the seqs of an append's events are known for certain when it is committed, and not before:
 * others' events may come in between. */
bool bc_log_has_via(const bc_log *log);

/* Nothing is added any more. Fills in the head that the log will have, and when its last event was
 * recorded. */
bc_status bc_append_settle(bc_append *append, struct bc_head *head, int64_t *recorded_us,
                           struct bc_err *err);
/* Each record in the order of seqs, as it will be stored; lent until `see` returns. A failure of
 * `see` ends the walk. Only while the log has a via. */
bc_status bc_append_each_record(bc_append *append,
                                bc_status (*see)(void *payload, struct bc_str record,
                                                 struct bc_err *err),
                                void *payload, struct bc_err *err);
/* The importers' values that it stores beside the events, with their keys. */
const struct bc_batch *bc_append_beside(const bc_append *append);
/* Adds what the log stores at present under those keys, one after the other: texts that are the
 * same later unless one of them has changed. */
bc_status bc_append_beside_now(const bc_append *append, struct bc_buf *out, struct bc_err *err);
/* An importer's value as another machine stored it. BC_E_DAMAGED: the key is no importer's. */
bc_status bc_append_put_key(bc_append *append, struct bc_str key, struct bc_str value,
                            struct bc_err *err);
/* How far the other log was read: stored in the same write (BC_META_SHARE). */
void bc_append_put_share(bc_append *append, struct bc_str value);
/* Writes what was settled into this log, as bc_append_commit does without a via. */
bc_status bc_append_write(bc_append *append, struct bc_err *err);

/* Lets go of the log, which may then grow by other appends. */
void bc_append_step_back(bc_append *append);
/* Adds all of its events again, to the log as it is now. Those that are there by now count as
 * duplicates. BC_E_CONFLICT, BC_E_INPUT: one of them cannot be added any more; *err names it by the
 * place that it was added under, and the append is spent. */
bc_status bc_append_take_up(bc_append *append, struct bc_err *err);

#endif
