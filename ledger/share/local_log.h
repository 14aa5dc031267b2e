/* ledger/share/local_log.h - a log on this machine that takes the commits of another one: several
 * in one synced write, which also says how far it came there. */
#ifndef BC_LEDGER_SHARE_LOCAL_LOG_H
#define BC_LEDGER_SHARE_LOCAL_LOG_H

#include "ledger/log/log.h"
#include "ledger/share/commit.h"

typedef struct bc_local_log bc_local_log;

/* `log` is borrowed; `origin` names its ledger, `name` this replica. Neither may be empty. */
bc_local_log *bc_local_log_new(bc_log *log, struct bc_str origin, struct bc_str name);
void bc_local_log_free(bc_local_log *local); /* NULL is fine; what was not flushed is dropped */

/* Takes a commit that stands at `position` of the log `from`, which is asked for its parts. BC_OK:
 * it is taken, or its events are here already, with the same root after them. BC_NO: events before
 * it are missing here. BC_E_DAMAGED: it does not fit what is here; then nothing of what was not
 * flushed is. */
bc_status bc_local_log_take(bc_local_log *local, bc_shared_log *from, uint64_t position,
                            struct bc_str bytes, struct bc_err *err);
/* Has what was taken be on disk. BC_E_DAMAGED: the root is not the one that the commits say. */
bc_status bc_local_log_flush(bc_local_log *local, struct bc_err *err);
/* From now on each commit is flushed for itself, so that a fault is that commit's. */
void bc_local_log_singly(bc_local_log *local);
bool bc_local_log_is_single(const bc_local_log *local);
/* The position up to which the other log was read and flushed; 0: none, or not known. */
bc_status bc_local_log_position(bc_local_log *local, uint64_t *out, struct bc_err *err);
/* The same as stored beside an append: BC_META_SHARE. */
enum { BC_POSITION_LEN = 8 };
void bc_share_position_put(char out[BC_POSITION_LEN], uint64_t position);

#endif
