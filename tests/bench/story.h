/* tests/bench/story.h - ten years of a sales team, account by account. */
#ifndef BC_TESTS_BENCH_STORY_H
#define BC_TESTS_BENCH_STORY_H

#include "tests/bench/calendar.h"
#include "tests/sample/random.h"

#define BENCH_BEGIN_DAY 16801 /* 2016-01-01 */
#define BENCH_END_DAY   20454 /* 2026-01-01: nothing occurs later */

#define BENCH_SHARED 16

struct bench_world {
    struct sample_random random;
    struct bench_calendar *calendar;
    uint32_t deals, meetings;
    /* Meetings that the next deals may have a part in. */
    struct {
        uint32_t meeting;
        int64_t start_us;
    } shared[BENCH_SHARED];
};

/* One deal while it is told; the account's next one takes its place. */
struct bench_story {
    struct bench_world *world;
    uint32_t deal;
    uint16_t number, emails;
    int64_t now_us;
    unsigned stage, type;
    bool begun;
};

/* Tells an account from its first deal to its last renewal. */
void bench_story_account(struct bench_world *world, int64_t begin_us);
/* A thousand events that come in, `feed` days after the ten years, about the first `deals` deals.
 */
void bench_story_feed(struct bench_world *world, uint32_t deals, unsigned feed);

/* The base of both: adds an event of the story's deal, recorded soon or late, perhaps retracted
 * later. Fills in deal and number, and both instants unless it occurred_us is given. */
void bench_story_add(struct bench_story *story, struct bench_event event);

#endif
