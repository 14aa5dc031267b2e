/* ledger/copy.h - a second ledger with the same records.
 *
 * It is made from the records, byte for byte, and not from the database's files: so it holds what
 * the hash tree says and nothing else, whatever became of indexes and caches, and the ledger may be
 * written to meanwhile, for a log opened for reading stands still. */
#ifndef BC_LEDGER_COPY_H
#define BC_LEDGER_COPY_H

#include "ledger/log.h"

/* Makes a ledger in `dir`, which must not exist or be empty, with the given origin and all events
 * of `from` up to its head. The copy's head is that of `from`, or the call fails, with BC_E_DAMAGED
 * where `from` is not what its head says; then nothing is left. `progress` (unless NULL) is called
 * now and then with the number of events done. */
bc_status bc_ledger_copy(const char *dir, struct bc_str origin, bc_log *from,
                         void (*progress)(void *payload, uint64_t done), void *payload,
                         struct bc_err *err);

#endif
