/* ledger/log/verify.h - the log against its hashes, and its indexes against the log. */
#ifndef BC_LEDGER_LOG_VERIFY_H
#define BC_LEDGER_LOG_VERIFY_H

#include "ledger/log/log.h"

enum { BC_VERIFY_PARTS = 64 }; /* the most that a log is split into */

/* `{ 0 }`: no callbacks, the default number of threads. */
struct bc_verify_options {
    unsigned threads;
    /* Called now and then with the number of events done, by one thread at a time. */
    void (*progress)(void *payload, uint64_t done);
    void *progress_payload;
    /* Sees each event that was found right: those of one part (from 0 on) one after the other, in
     * order; several parts at once. A part holds the events after those of the previous part. */
    void (*see)(void *payload, size_t part, const struct bc_event *event);
    void *see_payload;
};

/* Reads the whole log: every event can be read, has the seq of its place, was not recorded before
 * the previous event, and has the hash that the tree holds; the tree's nodes and the head are those
 * of these events; so are the entries of ids and retractions, no more and no fewer. BC_E_DAMAGED
 * names the first event that is not right, however many threads read. `options` may be NULL. */
bc_status bc_log_verify(bc_log *log, const struct bc_verify_options *options, struct bc_err *err);

#endif
