/* projections/walk/names.h - what the deals of an answer are called: their property `deal_name` at
 * a date. */
#ifndef BC_PROJECTIONS_WALK_NAMES_H
#define BC_PROJECTIONS_WALK_NAMES_H

#include "projections/report/question.h"

/* `{ 0 }` holds none. */
struct bc_names {
    struct bc_name {
        struct bc_str deal, name; /* "": it has none */
    } * at;                       /* by the bytes of the deals, each once */
    size_t n;
    bc_arena *arena;
};

/* Beyond so many deals it takes less time to see all there are. */
enum { BC_NAMES_READ_EACH = 256 };

/* Of these deals, in any order, at the question's last date. Up to BC_NAMES_READ_EACH are read from
 * the log, each on its own (projections/walk/deal_names.h); for more all deals are walked over
 * once, on the question's threads. The log was opened with all that is kept beside it
 * (bc_ledger_open_all). */
bc_status bc_names_read(struct bc_names *out, bc_timelines *timelines,
                        const struct bc_question *question, const struct bc_str *deals, size_t n,
                        struct bc_err *err);
void bc_names_release(struct bc_names *names);
/* "" also for a deal that was not asked for. */
struct bc_str bc_names_of(const struct bc_names *names, struct bc_str deal);

#endif
