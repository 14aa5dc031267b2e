/* tests/support/shared_sim.h - a shared log in memory whose network and servers fail, from a seed.
 *
 * Each machine has a side of its own. Before and after whatever a side does, the others may do
 * something, whole: so what runs on one thread is interleaved as if it ran on many machines. */
#ifndef BC_TESTS_SUPPORT_SHARED_SIM_H
#define BC_TESTS_SUPPORT_SHARED_SIM_H

#include "ledger/share/shared_log.h"

struct shared_sim;

/* Of 1000 calls, so many go wrong in this way. */
struct shared_sim_faults {
    unsigned lost_request; /* nothing was done, and nobody answers */
    unsigned lost_answer;  /* it was done, and nobody answers */
    unsigned twice;        /* the request comes once more, later */
    unsigned partition;    /* this machine reaches nobody, for the next calls */
    unsigned others;       /* the others may do something first, and after it */
};

struct shared_sim *shared_sim_new(uint64_t seed, size_t message_most);
void shared_sim_free(struct shared_sim *sim);
void shared_sim_fail(struct shared_sim *sim, const struct shared_sim_faults *faults);
/* `go` lets another machine than `side` do something. */
void shared_sim_others(struct shared_sim *sim, void (*go)(void *payload, unsigned side),
                       void *payload);
/* The side of machine `number`; the sim outlives it. */
bc_shared_log shared_sim_side(struct shared_sim *sim, unsigned number);
uint64_t shared_sim_draw(struct shared_sim *sim, uint64_t below);

size_t shared_sim_commits(const struct shared_sim *sim);
/* What a commit holds, to be changed. */
struct bc_buf *shared_sim_commit(struct shared_sim *sim, size_t number);
struct bc_buf *shared_sim_part(struct shared_sim *sim, size_t number);
/* All servers fail at once, and come back without their last commits. Positions are given anew. */
void shared_sim_lose(struct shared_sim *sim, size_t commits);

#endif
