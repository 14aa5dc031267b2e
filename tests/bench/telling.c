/* How an event gets into the calendar: when it is recorded, and whether it is retracted. */
#include "ledger/base/instant.h"
#include "tests/bench/story.h"

#define END_US ((int64_t)BENCH_END_DAY * BC_DAY_US)

/* Nearly all at once, a few weeks late. */
static int64_t delay_us(struct sample_random *random)
{
    int64_t n = sample_between(random, 0, 99);

    if (n < 93)
        return sample_between(random, 0, 4000) * 1000;
    return sample_between(random, 60, (n < 98 ? 10 : 90) * INT64_C(86400)) * BC_SECOND_US;
}

static void put(struct bench_story *story, struct bench_event *event)
{
    event->deal = story->deal;
    event->number = story->number++;
    bench_calendar_add(story->world->calendar, event);
}

/* Takes an event back, and one time in six the taking back as well. */
static void retract(struct bench_story *story, const struct bench_event *target)
{
    struct sample_random *random = &story->world->random;
    struct bench_event event = { .body = BENCH_RETRACTED,
                                 .at_us = target->occurred_us,
                                 .target = target->number,
                                 .other = target->body };

    if (sample_chance(random, 10))
        event.flags = BENCH_NO_DEAL;
    event.recorded_us =
        target->recorded_us + sample_between(random, 1, 30 * INT64_C(86400)) * BC_SECOND_US;
    event.occurred_us = event.recorded_us;
    if (event.occurred_us >= END_US)
        return;
    put(story, &event);
    if (sample_chance(random, 17))
        retract(story, &event);
}

void bench_story_add(struct bench_story *story, struct bench_event event)
{
    struct sample_random *random = &story->world->random;

    if (event.occurred_us == 0)
        event.occurred_us = story->now_us;
    if (event.occurred_us >= END_US)
        return;
    event.recorded_us = event.occurred_us + delay_us(random);
    if (sample_chance(random, 10))
        event.flags |= BENCH_SAYS_LEARNT;
    put(story, &event);
    if (sample_next(random) % 1000 < 4) {
        retract(story, &event);
        if (sample_chance(random, 50)) { /* said again, and right this time */
            event.recorded_us += BC_DAY_US;
            put(story, &event);
        }
    }
}
