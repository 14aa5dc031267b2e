/* projections/timelines/updater.h - keeps the timelines up to date while the log is appended to.
 *
 * It gets each event that an append accepted, and writes what they add once they are in the log: so
 * nothing has to be read again. After a kill at any moment the cache is as it was, and lags the
 * log, or there is none; the next opening catches up. */
#ifndef BC_PROJECTIONS_TIMELINES_UPDATER_H
#define BC_PROJECTIONS_TIMELINES_UPDATER_H

#include "ledger/log/log.h"

typedef struct bc_updater bc_updater; /* borrows its log: free it first */

/* For a log opened for writing, whose cache is brought up to its head first. */
bc_status bc_updater_open(bc_updater **out, bc_log *log, struct bc_err *err);
void bc_updater_free(bc_updater *updater); /* NULL is fine */

/* Adds an event that will be `seq`, one more than the last. Keeps no pointer. */
bc_status bc_updater_add(bc_updater *updater, const struct bc_event *event, uint64_t seq,
                         struct bc_err *err);
/* Writes what the events add; all of them are in the log. */
bc_status bc_updater_write(bc_updater *updater, struct bc_err *err);

#endif
