/* projections/events/published.h - the rules that were published into a ledger, and which of them
 * are in force.
 *
 * Rules are chosen by what the ledger had recorded, whichever clock a question uses: a publication
 * counts from its own recording until that of its retraction. */
#ifndef BC_PROJECTIONS_EVENTS_PUBLISHED_H
#define BC_PROJECTIONS_EVENTS_PUBLISHED_H

#include "projections/timelines/timelines.h"

struct bc_publication {
    uint64_t seq;
    struct bc_str version; /* lives as long as the timelines */
    int64_t effective_us;  /* in force from then on */
    uint64_t retracted_by; /* seq; 0: it counts */
};

/* In the order of seq. `{ 0 }` holds none. */
struct bc_published {
    struct bc_publication *at;
    size_t n, cap;
};

/* Those among the events up to `last_seq`, with the retractions among them. */
bc_status bc_published_read(struct bc_published *out, bc_timelines *timelines, uint64_t last_seq,
                            struct bc_err *err);
void bc_published_release(struct bc_published *published);

/* Each is NULL where none counts: the last one; the one in force at an instant, which
 * is the last of the latest effective ones; the last of a version. */
const struct bc_publication *bc_published_latest(const struct bc_published *published);
const struct bc_publication *bc_published_in_force(const struct bc_published *published,
                                                   int64_t us);
const struct bc_publication *bc_published_version(const struct bc_published *published,
                                                  struct bc_str version);

#endif
