/* ledger/log/prove.h - proofs about a log, made from the nodes it keeps and its records. */
#ifndef BC_LEDGER_LOG_PROVE_H
#define BC_LEDGER_LOG_PROVE_H

#include "ledger/log/log.h"
#include "ledger/record/proof.h"

/* That event seq is under the log's head of `size` events; 1 <= seq <= size <= the log's. */
bc_status bc_log_prove_record(bc_log *log, uint64_t seq, uint64_t size, struct bc_proof *out,
                              struct bc_err *err);
/* That the log's first old_size events are the first ones of its first `size`. */
bc_status bc_log_prove_prefix(bc_log *log, uint64_t old_size, uint64_t size, struct bc_proof *out,
                              struct bc_err *err);

/* Is event seq, as stored, the one under the log's head? For records that an answer depends on and
 * that are read one by one, not from a cache with checksums. BC_E_DAMAGED: it is not. */
bc_status bc_log_check_record(bc_log *log, uint64_t seq, struct bc_err *err);
/* bc_log_seq_recorded_by, with the events on both sides of the instant checked in that way: then it
 * is the right one, since recorded times ascend. */
bc_status bc_log_known_by(bc_log *log, int64_t recorded_us, uint64_t *out_seq, struct bc_err *err);

/* For heads of one ledger: is `older` a prefix of this log? BC_OK, or BC_NO. */
bc_status bc_log_extends(bc_log *log, const struct bc_head *older, struct bc_err *err);

#endif
