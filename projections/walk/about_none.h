/* projections/walk/about_none.h - what is about no deal, or about all of them: experiments, what
 * was published, leads without a deal. */
#ifndef BC_PROJECTIONS_WALK_ABOUT_NONE_H
#define BC_PROJECTIONS_WALK_ABOUT_NONE_H

#include "projections/deal/deal.h"
#include "projections/timelines/timelines.h"

/* Facts that count, over all time, in the fold's order. `{ 0 }` is empty. */
struct bc_about_none {
    const struct bc_fact_at *facts;
    size_t n;
    bc_folder *folder; /* owns them */
    struct bc_buf timeline, learning;
};

/* `kinds`: BC_FACT_BIT() of each that is wanted, of projections/facts/learning.h. */
bc_status bc_about_none_read(struct bc_about_none *out, bc_timelines *timelines,
                             const bc_rules *rules, struct bc_visible visible, uint64_t kinds,
                             struct bc_err *err);
void bc_about_none_release(struct bc_about_none *none);

#endif
