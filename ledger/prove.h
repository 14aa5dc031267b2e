/* ledger/prove.h - proofs about a log, made from the nodes it keeps and its records. */
#ifndef BC_LEDGER_PROVE_H
#define BC_LEDGER_PROVE_H

#include "ledger/log.h"
#include "ledger/proof.h"

/* That event seq is under the log's head of `size` events; 1 <= seq <= size <= the log's. */
bc_status bc_log_prove_record(bc_log *log, uint64_t seq, uint64_t size, struct bc_proof *out,
                              struct bc_err *err);
/* That the log's first old_size events are the first ones of its first `size`. */
bc_status bc_log_prove_prefix(bc_log *log, uint64_t old_size, uint64_t size, struct bc_proof *out,
                              struct bc_err *err);

/* Where both heads are of one ledger: is `older` a prefix of this log? BC_OK, or BC_NO. */
bc_status bc_log_extends(bc_log *log, const struct bc_head *older, struct bc_err *err);

#endif
