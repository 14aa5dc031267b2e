/* ledger/log/append_impl.h - the inside of an append, for the files that make it up. */
#ifndef BC_LEDGER_LOG_APPEND_IMPL_H
#define BC_LEDGER_LOG_APPEND_IMPL_H

#include "ledger/log/append_dedup.h"
#include "ledger/log/append_kept.h"
#include "ledger/log/append_via.h"
#include "ledger/log/append_writer.h"
#include "ledger/log/pending_ids.h"
#include "ledger/spill/spool.h"

/* What is kept of each event collected, by its number. */
struct bc_append_note {
    int64_t recorded_us;
    uint64_t place; /* the caller's name for it, a line number */
    uint64_t root;  /* seq of the event that its chain ends in; 0: it is no retraction */
};

struct bc_append {
    bc_log *log;
    int64_t clock_us; /* now; and when events are recorded that keep no time of their own: */
    int64_t now_us, last_recorded_us;
    bc_append_writer *writer;
    bc_pending_ids *pending; /* its ids, in seq order from head.size + 1 */
    struct bc_dedup dedup;
    struct bc_spool notes;
    struct bc_batch retractions; /* of a small append */
    bc_bulk *retraction_file;    /* of a large one, once there is any */
    struct bc_batch beside;      /* what bc_append_put adds */
    struct bc_buf again;         /* to compare with */
    struct bc_append_kept kept;
    struct bc_appended sum;
    uint64_t taken_by; /* the place of the event that the last one is in conflict with, or 0 */
    bool spent;
    bool settled; /* nothing is added any more */
    bool broken;  /* a part of an event could not be stored: it cannot be completed any more */
};

/* Takes hold of the log, empty. */
void bc_append_begin(bc_append *append);
/* And lets go of all that it collected there. */
void bc_append_end(bc_append *append);

#endif
