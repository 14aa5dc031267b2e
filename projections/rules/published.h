/* projections/rules/published.h - where in the log rules were published.
 *
 * A small projection of the log, kept beside it with the position up to which it has read, so that
 * a question need not walk the log to find its rules. Thrown away and made anew it has the same
 * bytes. What it has not read yet is read when it is asked. */
#ifndef BC_PROJECTIONS_RULES_PUBLISHED_H
#define BC_PROJECTIONS_RULES_PUBLISHED_H

#include "ledger/log.h"

/* Reads up to the log's end, and keeps what it found; the log is open for writing. */
bc_status bc_published_catch_up(bc_log *log, struct bc_err *err);

/* The seq of the last rulesPublished among the events up to `last_seq`, less those retracted by
 * then. BC_DONE: there is none. */
bc_status bc_published_latest(uint64_t *out_seq, bc_log *log, uint64_t last_seq,
                              struct bc_err *err);

/* What is kept, if anything is, against the log. BC_E_DAMAGED: they differ. */
bc_status bc_published_verify(bc_log *log, struct bc_err *err);

#endif
