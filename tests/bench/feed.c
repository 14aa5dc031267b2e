#include "ledger/base/instant.h"
#include "tests/bench/history.h"
#include "tests/bench/story.h"

#define MINUTE_US INT64_C(60000000)

/* One of a hundred draws, as the events of a working day are spread. */
static struct bench_event draw(struct sample_random *random)
{
    struct bench_event event = { .value = (uint32_t)sample_between(random, 0, 9999) };
    int64_t n = sample_between(random, 0, 99);

    event.target = (uint16_t)sample_between(random, 0, 5);
    if (n < 20) {
        event.body = BENCH_STAGE;
        event.word = (uint8_t)sample_between(random, BENCH_IN_OUTREACH, BENCH_COMPLETE);
    } else if (n < 40) {
        event.body = BENCH_SENT;
        event.value = event.value % 12 + 1;
    } else if (n < 52) {
        event.body = BENCH_OPENED;
    } else if (n < 60) {
        event.body = BENCH_MEETING;
        event.value = 90000000 + event.value;
        event.word = (uint8_t)sample_between(random, BENCH_SCHEDULED, BENCH_CANCELED);
        event.other = (uint8_t)sample_between(random, BENCH_OF_NO_TYPE, BENCH_OF_PROPOSAL);
    } else if (n < 80) {
        event.body = BENCH_PROPERTY;
        event.word = (uint8_t)sample_between(random, BENCH_MRR, BENCH_PROPERTY_N - 1);
    } else {
        event.body = (uint8_t)sample_between(random, BENCH_OUTREACH, BENCH_INTENT);
    }
    return event;
}

void bench_story_feed(struct bench_world *world, uint32_t deals, unsigned feed)
{
    int64_t day_us = (BENCH_END_DAY + (int64_t)feed) * BC_DAY_US;

    for (unsigned i = 0; i < BENCH_FEED; i++) {
        struct bench_event event = draw(&world->random);

        event.deal = (uint32_t)sample_between(&world->random, 0, (int64_t)deals - 1);
        event.number = (uint16_t)i;
        event.occurred_us = day_us + i * MINUTE_US;
        event.recorded_us = event.occurred_us;
        event.at_us = event.occurred_us;
        bench_calendar_add(world->calendar, &event);
    }
}
