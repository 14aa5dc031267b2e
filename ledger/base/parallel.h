/* ledger/base/parallel.h - the independent parts of a task, run on several threads. */
#ifndef BC_LEDGER_BASE_PARALLEL_H
#define BC_LEDGER_BASE_PARALLEL_H

#include "ledger/base/err.h"

enum { BC_THREADS_MOST = 256 };

/* The processors that this process may use, 1 to BC_THREADS_MOST. */
unsigned bc_processors(void);
/* How many threads to use by default: two, or one where there is one processor. */
unsigned bc_threads_default(void);

/* Calls work(payload, part, err) once for each part in 0..parts - 1, on up to `threads` threads, of
 * which the caller's is one; it returns when all have ended. Parts are begun in order. After a
 * failure no further part is begun, and of all failures that of the lowest part is returned: the
 * one that a single thread would have met. Whatever parts share, work() must protect. */
bc_status bc_parallel(unsigned threads, size_t parts,
                      bc_status (*work)(void *payload, size_t part, struct bc_err *err),
                      void *payload, struct bc_err *err);

#endif
