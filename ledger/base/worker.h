/* ledger/base/worker.h - pieces of work handed to a second thread, which does them in order.
 *
 * The pieces lie in slots that the caller owns, used in turn: while one is filled, those before it
 * wait or are worked on. */
#ifndef BC_LEDGER_BASE_WORKER_H
#define BC_LEDGER_BASE_WORKER_H

#include "ledger/base/err.h"

typedef struct bc_worker bc_worker;

/* `work` is called once for each slot handed over. With `alone` there is no second thread, and
 * `work` is called at once. */
bc_worker *bc_worker_new(bool alone, size_t slots,
                         bc_status (*work)(void *payload, size_t slot, struct bc_err *err),
                         void *payload);
/* Waits for the piece that is being worked on, and drops the others. NULL is fine. */
void bc_worker_free(bc_worker *worker);

/* The slot that the caller may fill, until it is handed over. */
size_t bc_worker_slot(const bc_worker *worker);
/* Hands that slot over, and waits until the next one is free. Fails as soon as a piece has failed,
 * and ever after; no further piece is begun then. */
bc_status bc_worker_hand(bc_worker *worker, struct bc_err *err);
/* Waits until all that was handed over is done. */
bc_status bc_worker_wait(bc_worker *worker, struct bc_err *err);

#endif
