/* ledger/verify.h - the log against its hashes, and its indexes against the log. */
#ifndef BC_LEDGER_VERIFY_H
#define BC_LEDGER_VERIFY_H

#include "ledger/log.h"

/* Reads the whole log: every event can be read, has the seq of its place, was not recorded before
 * the one in front, is what it was when the hash tree took it in; the tree's nodes and the head are
 * those of these events; the entries of ids and retractions are those of these events, no more and
 * no fewer. BC_E_DAMAGED names the first event that is not right. `progress` (unless NULL) is
 * called now and then with the number of events done. */
bc_status bc_log_verify(bc_log *log, void (*progress)(void *payload, uint64_t done), void *payload,
                        struct bc_err *err);

#endif
