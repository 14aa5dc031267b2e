/* tools/export/counted.h - the events of a log that count: known at a time, dated up to a date, and
 * not taken back; in the order of the log. What they are not is counted. */
#ifndef BC_TOOLS_EXPORT_COUNTED_H
#define BC_TOOLS_EXPORT_COUNTED_H

#include "ledger/log/log.h"
#include "projections/deal/visible.h"

/* Events that are known and do not count. */
struct counted_out {
    uint64_t retractions; /* they take back an event, and are nothing of their own */
    uint64_t retracted;
    uint64_t later;   /* dated after the date */
    uint64_t unknown; /* of a kind that this build does not know */
};

struct counted {
    bc_log *log; /* borrowed */
    struct bc_visible visible;
    int64_t as_of_us;
    uint64_t last;  /* seq of the last event to be looked at */
    uint64_t *gone; /* seqs of those that were taken back, ascending */
    size_t gone_n;
    uint64_t n; /* events that count */
    struct counted_out out;
};

/* Walks the log twice: for what was taken back, and to count. Its memory grows with the former. */
bc_status counted_open(struct counted *out, bc_log *log, const struct bc_visible *visible,
                       int64_t as_of_us, struct bc_err *err);
void counted_release(struct counted *counted); /* `{ 0 }` is fine */

/* The event and its stored bytes are lent. A negative status ends the walk and is returned. */
typedef bc_status counted_see(void *payload, const struct bc_event *event, struct bc_str stored,
                              struct bc_err *err);
/* Any number of times. */
bc_status counted_walk(const struct counted *counted, counted_see *see, void *payload,
                       struct bc_err *err);

#endif
