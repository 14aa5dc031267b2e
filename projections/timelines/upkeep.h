/* projections/timelines/upkeep.h - keeps the timelines up with the log while it is appended to.
 *
 * It is told of each event that an append took, and writes what they add once they are in the log:
 * so nothing has to be read again. Killed at any moment the cache stands where it stood, behind the
 * log, or there is none; the next opening catches up. */
#ifndef BC_PROJECTIONS_TIMELINES_UPKEEP_H
#define BC_PROJECTIONS_TIMELINES_UPKEEP_H

#include "ledger/log/log.h"

typedef struct bc_upkeep bc_upkeep; /* borrows its log: free it first */

/* For a log opened for writing, whose cache is brought up to its head first. */
bc_status bc_upkeep_open(bc_upkeep **out, bc_log *log, struct bc_err *err);
void bc_upkeep_free(bc_upkeep *upkeep); /* NULL is fine */

/* Adds an event that will be `seq`, one behind the last. Keeps no pointer. */
bc_status bc_upkeep_add(bc_upkeep *upkeep, const struct bc_event *event, uint64_t seq,
                        struct bc_err *err);
/* Writes what the events add; all of them are in the log. */
bc_status bc_upkeep_write(bc_upkeep *upkeep, struct bc_err *err);

#endif
