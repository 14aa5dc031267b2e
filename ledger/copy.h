/* ledger/copy.h - a second ledger with the same records.
 *
 * It is made from the records, byte for byte, and not from the database's files: so it holds what
 * the hash tree says and nothing else, whatever state the indexes and caches are in. The ledger may
 * be written to meanwhile: a log opened for reading does not change. */
#ifndef BC_LEDGER_COPY_H
#define BC_LEDGER_COPY_H

#include "ledger/making.h"

/* Adds to a ledger that is being made, and empty, all events of `from` up to its head. Then their
 * heads are the same, or the call fails, with BC_E_DAMAGED where `from` does not match its head.
 * `progress` (unless NULL) is called now and then with the number of events done. */
bc_status bc_ledger_copy(const bc_making *making, bc_log *from,
                         void (*progress)(void *payload, uint64_t done), void *payload,
                         struct bc_err *err);

#endif
