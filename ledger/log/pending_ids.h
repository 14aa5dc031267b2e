/* ledger/log/pending_ids.h - any number of ids of an append under way, in bounded memory. The first
 * event has number 0. */
#ifndef BC_LEDGER_LOG_PENDING_IDS_H
#define BC_LEDGER_LOG_PENDING_IDS_H

#include "ledger/spill/runs.h"

#include <stdint.h>

typedef struct bc_pending_ids bc_pending_ids;

/* `first_seq`: of the first event. What does not fit into about `most` bytes goes into `folder`
 * (borrowed), as in ledger/spill/temp.h. */
bc_pending_ids *bc_pending_ids_new(uint64_t first_seq, const char *folder, size_t most);
void bc_pending_ids_free(bc_pending_ids *pending); /* NULL is fine */

/* The hash of an id that will be looked up soon; prefetches its place. */
uint64_t bc_pending_ids_expect(const bc_pending_ids *pending, struct bc_str id);
/* The number of the event that has this id, of this hash; BC_DONE: none has. */
bc_status bc_pending_ids_find(const bc_pending_ids *pending, struct bc_str id, uint64_t hash,
                              uint64_t *out_number, struct bc_err *err);
/* Remembers the id of the next event, which none has yet. */
bc_status bc_pending_ids_add(bc_pending_ids *pending, struct bc_str id, uint64_t hash,
                             struct bc_err *err);
uint64_t bc_pending_ids_count(const bc_pending_ids *pending);

/* Calls take() with each id and its seq as 8 bytes, in the order of ids; only while all of them are
 * still in memory. */
bc_status bc_pending_ids_each(const bc_pending_ids *pending,
                              bc_status (*take)(void *payload, struct bc_str id, struct bc_str seq,
                                                struct bc_err *err),
                              void *payload, struct bc_err *err);
/* All ids with their seqs as 8 bytes, as sorted runs; no id is added any more. */
bc_status bc_pending_ids_runs(bc_pending_ids *pending, const bc_runs **out, struct bc_err *err);

#endif
