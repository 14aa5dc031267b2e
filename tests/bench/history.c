#include "tests/bench/history.h"

#include "ledger/base/instant.h"
#include "tests/bench/story.h"

#define BEGIN_US (BENCH_BEGIN_DAY * BC_DAY_US)
#define END_US   (BENCH_END_DAY * BC_DAY_US)

/* An account has 25.2 events, renewals and all. A few accounts more than that would take, for small
 * histories vary; what is left over at the end is cut off. */
static uint32_t accounts(uint64_t events)
{
    return (uint32_t)(events * 10 / 249 + 60);
}

static void init(struct bench_world *world, struct bench_calendar *calendar, FILE *out,
                 uint64_t events, uint64_t seed)
{
    bench_calendar_init(calendar, BEGIN_US, END_US + (BENCH_FEED_MAX + 2) * BC_DAY_US);
    calendar->out = out;
    calendar->seed = seed;
    calendar->left = events;
    *world = (struct bench_world){ .calendar = calendar, .random = { seed } };
}

static bool finish(struct bench_calendar *calendar)
{
    bool whole = bench_calendar_write(calendar, INT64_MAX) && calendar->left == 0;

    bench_calendar_release(calendar);
    return whole;
}

bool bench_history_write(FILE *out, uint64_t events, uint64_t seed)
{
    struct bench_calendar calendar;
    struct bench_world world;
    int64_t step_us = (END_US - BEGIN_US) / accounts(events);

    init(&world, &calendar, out, events, seed);
    for (int64_t us = BEGIN_US, n = accounts(events); n > 0; n--, us += step_us) {
        if (!bench_calendar_write(&calendar, us))
            break;
        bench_story_account(&world, us);
    }
    return finish(&calendar);
}

bool bench_history_feed(FILE *out, uint64_t events, uint64_t seed, unsigned feed)
{
    struct bench_calendar calendar;
    struct bench_world world;

    init(&world, &calendar, out, BENCH_FEED, seed + ((uint64_t)feed << 32));
    calendar.seed = seed;
    bench_story_feed(&world, accounts(events), feed);
    return finish(&calendar);
}
