/* tests/support/history.h - random ledgers, small and full of corners, the same for a seed for
 * ever.
 *
 * Ties at one microsecond, visits of length zero, observations, corrections of corrections, bad
 * dates, shared meetings: whatever the definitions speak of is there more often than in life, and
 * close to the dates of the questions. */
#ifndef BC_TESTS_SUPPORT_HISTORY_H
#define BC_TESTS_SUPPORT_HISTORY_H

#include "ledger/base/instant.h"
#include "tests/support/events.h"

struct history_plan {
    uint64_t seed;               /* print it where a law fails */
    int32_t first_day, last_day; /* what the history is mostly about */
    const bc_zone *zone;         /* whose days end at the dates to ask about */
};

#define HISTORY_ASKED_MAX 24

struct history {
    struct events offered; /* what is appended, in order; some ids come twice, with one content */
    struct events logged;  /* what the log then holds: the same less the duplicates, seq without
                              holes. Its texts are those of `offered`. */
    int64_t asked[HISTORY_ASKED_MAX]; /* instants to ask as of, close to what happens */
    size_t asked_n;
    int64_t known[HISTORY_ASKED_MAX]; /* instants to ask as known at */
    size_t known_n;
};

void history_make(struct history *out, const struct history_plan *plan);
void history_release(struct history *history);

/* The n-th plan of a law: seeds from `BC_SEED` on if that is set, else from 1; years and zones in
 * turn. The zone is the caller's to free. */
struct history_plan history_plan_of(unsigned n, bc_zone **zone);

/* A random number below `below` (more than 0), from a state that it moves on: splitmix64. */
uint64_t history_random(uint64_t *state, uint64_t below);

#endif
