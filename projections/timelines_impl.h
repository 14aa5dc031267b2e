/* projections/timelines_impl.h - for insiders: what says where the cache of the timelines stands.
 */
#ifndef BC_PROJECTIONS_TIMELINES_IMPL_H
#define BC_PROJECTIONS_TIMELINES_IMPL_H

#include "projections/timelines.h"

enum { BC_TIMELINES_VERSION = 3 }; /* of the facts' form: a cache of another one is rebuilt */

/* What meta says about the cache. */
struct bc_timelines_position {
    uint64_t version, seq, words, sum, bytes;
};
/* Of no cache: seq 0. */
bc_status bc_timelines_position_read(struct bc_timelines_position *out, bc_log *log,
                                     struct bc_err *err);
/* Adds the words 1..n - 1 to those that hold word 0 alone. */
bc_status bc_timelines_words_read(bc_words *words, bc_log *log, uint64_t n, struct bc_err *err);

/* "the ledger is damaged: ...", as BC_E_DAMAGED. */
bc_status bc_timelines_damaged(struct bc_err *err, const char *what);

#endif
