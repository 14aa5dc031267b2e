/* bench_generate EVENTS SEED [FEED] - prints a made-up history as JSONL, the same on any machine.
 *
 * EVENTS events of ten years in the order in which they were recorded; with FEED, the thousand that
 * come in on the FEEDth day after them. */
#include "ledger/base/instant.h"
#include "tests/bench/story.h"

#include <stdlib.h>

/* An account has 25.2 events, renewals and all. A few accounts more than that would take, for small
 * histories vary; what is left over at the end is cut off. */
#define ACCOUNTS(events) ((events)*10 / 249 + 60)
#define LATEST_DAYS      (BENCH_FEED_MAX + 2)

static void write_history(struct bench_world *world, uint64_t accounts)
{
    struct bench_calendar *calendar = world->calendar;
    int64_t begin_us = BENCH_BEGIN_DAY * BC_DAY_US;
    int64_t span_us = (BENCH_END_DAY - BENCH_BEGIN_DAY) * BC_DAY_US;

    for (uint64_t i = 0; i < accounts; i++) {
        int64_t us = begin_us + span_us / (int64_t)accounts * (int64_t)i;

        bench_calendar_write(calendar, us);
        bench_story_account(world, us);
    }
    bench_calendar_write(calendar, INT64_MAX);
}

static int usage(void)
{
    fprintf(stderr,
            "usage: bench_generate EVENTS SEED [FEED]\n"
            "EVENTS from %d to 100000000, SEED from 0 to 4095, FEED from 1 to %d\n",
            BENCH_FEED, BENCH_FEED_MAX);
    return 2;
}

/* False where the argument is no number from low to high. */
static bool number(uint64_t *out, const char *text, uint64_t low, uint64_t high)
{
    char *end;

    *out = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && *out >= low && *out <= high;
}

int main(int argc, char **argv)
{
    struct bench_calendar calendar;
    struct bench_world world = { .calendar = &calendar };
    uint64_t events, seed, feed = 0, accounts;

    if (argc < 3 || argc > 4 || !number(&events, argv[1], BENCH_FEED, 100000000) ||
        !number(&seed, argv[2], 0, 4095) ||
        (argc == 4 && !number(&feed, argv[3], 1, BENCH_FEED_MAX)))
        return usage();
    bench_calendar_init(&calendar, BENCH_BEGIN_DAY * BC_DAY_US,
                        (BENCH_END_DAY + LATEST_DAYS) * BC_DAY_US);
    calendar.seed = seed;
    calendar.out = stdout;
    calendar.left = feed ? BENCH_FEED : events;
    world.random.state = seed + (feed << 32);
    accounts = ACCOUNTS(events);
    if (feed) {
        bench_story_feed(&world, (uint32_t)accounts, (unsigned)feed);
        bench_calendar_write(&calendar, INT64_MAX);
    } else {
        write_history(&world, accounts);
    }
    if (calendar.left > 0) {
        fprintf(stderr, "bench_generate: %llu events too few\n", (unsigned long long)calendar.left);
        return 1;
    }
    bench_calendar_release(&calendar);
    if (fflush(stdout) != 0) {
        perror("bench_generate");
        return 1;
    }
    return 0;
}
