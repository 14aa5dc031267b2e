#include "tests/bench/story.h"

#include "ledger/base/instant.h"

#define HOUR_US INT64_C(3600000000)
#define END_US  ((int64_t)BENCH_END_DAY * BC_DAY_US)

static bool chance(struct bench_story *story, unsigned percent)
{
    return sample_chance(&story->world->random, percent);
}

static int64_t between(struct bench_story *story, int64_t low, int64_t high)
{
    return sample_between(&story->world->random, low, high);
}

/* To the millisecond, as the CRM has it. */
static int64_t days(struct bench_story *story, int64_t low, int64_t high)
{
    return between(story, low * 86400000, high * 86400000) * 1000;
}

static void begin_deal(struct bench_story *story, int64_t now_us)
{
    story->deal = story->world->deals++;
    story->number = 0;
    story->emails = 0;
    story->now_us = now_us;
    story->stage = BENCH_NO_STAGE;
    story->type = BENCH_NO_TYPE;
}

static void stage(struct bench_story *story, unsigned to, unsigned flags)
{
    bench_story_add(story, (struct bench_event){ .body = BENCH_STAGE,
                                                 .word = (uint8_t)to,
                                                 .other = (uint8_t)story->stage,
                                                 .flags = (uint8_t)flags });
    story->stage = to;
}

/* A text, a number, or a deal at an instant; 0 is now. */
static void property(struct bench_story *story, unsigned which, uint32_t value, int64_t us)
{
    bench_story_add(story, (struct bench_event){ .body = BENCH_PROPERTY,
                                                 .word = (uint8_t)which,
                                                 .value = value,
                                                 .occurred_us = us });
}

static void date(struct bench_story *story, unsigned which, int64_t at_us, int64_t us)
{
    bench_story_add(story, (struct bench_event){ .body = BENCH_PROPERTY,
                                                 .word = (uint8_t)which,
                                                 .at_us = at_us,
                                                 .occurred_us = us });
}

static void plain(struct bench_story *story, unsigned body)
{
    bench_story_add(story, (struct bench_event){ .body = (uint8_t)body,
                                                 .value = (uint32_t)between(story, 0, 9999) });
}

/* What is in every CRM and changes no figure; `n` of it, while time goes by. */
static void noise(struct bench_story *story, int64_t n)
{
    static const uint8_t bodies[] = { BENCH_OUTREACH, BENCH_OUTREACH, BENCH_QUALIFIED,
                                      BENCH_LEARNING, BENCH_ENROLLED, BENCH_EXPERIMENT,
                                      BENCH_ARTIFACT, BENCH_PRICING };

    for (; n > 0; n--) {
        story->now_us += days(story, 0, 3);
        if (chance(story, 55)) {
            unsigned which = (unsigned)between(story, BENCH_MRR, BENCH_PROPERTY_N - 1);

            property(story, which, (uint32_t)between(story, 1, 20000), 0);
        } else {
            plain(story, bodies[between(story, 0, sizeof(bodies) - 1)]);
        }
    }
}

static void email(struct bench_story *story)
{
    struct bench_event event = { .body = BENCH_SENT, .target = story->emails++ };
    int64_t sent_us = story->now_us, month = sent_us / BC_DAY_US / 30;

    if (chance(story, 93)) /* of a dozen campaigns, three are new each month */
        event.value = (uint32_t)(month * 3 + between(story, 0, 11));
    bench_story_add(story, event);
    if (chance(story, 42)) {
        event.body = BENCH_OPENED;
        event.occurred_us = sent_us + (chance(story, 12) ? days(story, 10, 60)
                                                         : between(story, 60, 90000) * 1000000);
        bench_story_add(story, event);
        if (chance(story, 20)) {
            event.occurred_us += days(story, 0, 4);
            bench_story_add(story, event);
        }
        if (chance(story, 25)) {
            event.body = BENCH_REPLIED;
            bench_story_add(story, event);
        }
    }
    story->now_us = sent_us + days(story, 1, 6);
}

/* Booked, and later held or not; some as the CRM knows them, only afterwards. */
static void meeting(struct bench_story *story, unsigned type)
{
    struct bench_world *world = story->world;
    unsigned slot = world->meetings % BENCH_SHARED;
    struct bench_event event = { .body = BENCH_MEETING, .other = (uint8_t)type };

    event.value = world->meetings++;
    event.at_us = story->now_us + days(story, 1, 9) / HOUR_US * HOUR_US;
    if (chance(story, 35))
        event.other = BENCH_OF_NO_TYPE;
    if (chance(story, 6)) {
        unsigned other = (unsigned)between(story, 0, BENCH_SHARED - 1);

        if (world->shared[other].start_us > story->now_us) {
            event.value = world->shared[other].meeting;
            event.at_us = world->shared[other].start_us;
        }
    } else {
        world->shared[slot].meeting = event.value;
        world->shared[slot].start_us = event.at_us;
    }
    if (chance(story, 75))
        bench_story_add(story, event);
    story->now_us = event.at_us + between(story, 1800, 200000) * 1000000;
    event.occurred_us = 0;
    event.word = chance(story, 82)   ? BENCH_COMPLETED
                 : chance(story, 50) ? BENCH_NO_SHOW
                                     : BENCH_CANCELED;
    bench_story_add(story, event);
}

/* A type that is given with the deal, typed in weeks later, or never. */
static void begin_prospect(struct bench_story *story)
{
    struct bench_event event = { .body = BENCH_CREATED, .word = BENCH_ENRICHMENT };
    unsigned type = chance(story, 88) ? BENCH_NEW : BENCH_EXISTING;

    if (chance(story, 4)) {
        event.flags = BENCH_OBSERVED;
        event.word = chance(story, 50) ? BENCH_IN_OUTREACH : BENCH_DISCOVERY;
    } else if (chance(story, 5)) {
        event.word = BENCH_NO_STAGE;
    }
    if (chance(story, 70))
        event.value = type;
    if (!chance(story, 2))
        bench_story_add(story, event);
    if (event.word == BENCH_NO_STAGE && chance(story, 80))
        stage(story, BENCH_ENRICHMENT, 0);
    else
        story->stage = event.word;
    if (!event.value && chance(story, 75))
        property(story, BENCH_DEAL_TYPE, type, story->now_us + days(story, 1, 90));
    story->type = type;
    if (chance(story, 40))
        plain(story, BENCH_LEAD);
}

static void lose(struct bench_story *story)
{
    story->now_us += days(story, 3, 60);
    stage(story, BENCH_LOST, 0);
    if (chance(story, 80))
        plain(story, BENCH_LOSS);
}

/* False: the deal ends here. */
static bool outreach(struct bench_story *story)
{
    story->now_us += days(story, 1, 25);
    if (chance(story, 3)) {
        date(story, BENCH_PARKED_UNTIL, story->now_us + days(story, 20, 200), 0);
        story->now_us += days(story, 10, 100);
    }
    if (chance(story, 6))
        return chance(story, 50);
    if (story->stage != BENCH_DISCOVERY) {
        stage(story, BENCH_IN_OUTREACH, chance(story, 2) ? BENCH_OBSERVED : 0);
        for (int64_t n = between(story, 2, 6); n > 0; n--)
            email(story);
        if (chance(story, 20))
            meeting(story, BENCH_OF_DISCOVERY);
    }
    noise(story, between(story, 1, 4));
    if (chance(story, 7))
        return false;
    if (chance(story, 48)) {
        lose(story);
        return chance(story, 4); /* brought back to life */
    }
    return true;
}

static bool discovery(struct bench_story *story)
{
    story->now_us += days(story, 0, 20);
    if (!chance(story, 4))
        stage(story, BENCH_DISCOVERY, 0);
    for (int64_t n = between(story, 1, 3); n > 0; n--)
        meeting(story, BENCH_OF_DISCOVERY);
    noise(story, between(story, 1, 4));
    story->now_us += days(story, 0, 30);
    if (chance(story, 5))
        date(story, BENCH_PARKED_UNTIL, story->now_us + days(story, 10, 150), 0);
    if (chance(story, 4)) {
        stage(story, BENCH_IN_OUTREACH, 0);
        email(story);
        stage(story, BENCH_DISCOVERY, 0);
    }
    if (chance(story, 2))
        stage(story, BENCH_UNKNOWN, 0);
    if (chance(story, 5))
        return false;
    if (chance(story, 45)) {
        lose(story);
        return false;
    }
    return true;
}

/* True: won. */
static bool proposal(struct bench_story *story, unsigned type, unsigned percent)
{
    if (chance(story, 97))
        stage(story, BENCH_PROPOSAL, 0);
    plain(story, BENCH_PRICING);
    if (chance(story, 80))
        meeting(story, type);
    noise(story, between(story, 0, 3));
    plain(story, BENCH_AGREEMENT);
    story->now_us += days(story, 2, 30);
    if (chance(story, 5))
        return false;
    if (!chance(story, percent)) {
        lose(story);
        return false;
    }
    plain(story, BENCH_SIGNED);
    stage(story, BENCH_WON, 0);
    return true;
}

/* The year of a customer; returns when its contract ends. */
static int64_t contract(struct bench_story *story, int64_t begin_us)
{
    int64_t end_us = begin_us + 364 * BC_DAY_US, typed_us = story->now_us;
    static const uint8_t bodies[] = { BENCH_HEALTH, BENCH_HEALTH, BENCH_OUTREACH, BENCH_ARTIFACT };

    if (chance(story, 30))
        typed_us += days(story, 1, 45);
    date(story, BENCH_CONTRACT_START, begin_us, typed_us);
    date(story, BENCH_CONTRACT_END, chance(story, 1) ? 0 : end_us, typed_us);
    property(story, BENCH_MRR, (uint32_t)between(story, 100, 9000), typed_us);
    if (chance(story, 10)) {
        int64_t corrected_us = end_us + days(story, -30, 30);

        date(story, BENCH_CONTRACT_END, corrected_us, typed_us + days(story, 1, 99));
    }
    plain(story, BENCH_ORDER);
    plain(story, BENCH_HANDOFF);
    story->now_us += days(story, 1, 10);
    bench_story_add(story, (struct bench_event){ .body = BENCH_BEGUN });
    if (story->type == BENCH_NEW && chance(story, 12))
        property(story, BENCH_DEAL_TYPE, BENCH_EXISTING, 0);
    for (int64_t n = between(story, 1, 3); n > 0; n--) {
        story->now_us += days(story, 20, 80);
        plain(story, bodies[between(story, 0, sizeof(bodies) - 1)]);
    }
    return end_us;
}

/* What is done with the deal whose contract ends: `renewed_us` 0 if it ends for good. */
static void end_contract(struct bench_story *old, int64_t end_us, int64_t renewed_us)
{
    old->now_us = renewed_us ? renewed_us : end_us + days(old, -10, 60);
    if (renewed_us && chance(old, 55))
        stage(old, BENCH_COMPLETE, 0);
    if (renewed_us ? chance(old, 5) : chance(old, 65))
        bench_story_add(old, (struct bench_event){ .body = BENCH_ENDED });
}

/* A deal of its own that renews another; false where it is not won. */
static bool renewal(struct bench_story *story, const struct bench_story *old, int64_t end_us)
{
    struct bench_event event = { .body = BENCH_CREATED,
                                 .word = BENCH_RENEWALS,
                                 .value = BENCH_EXISTING };

    begin_deal(story, end_us - days(story, 40, 110));
    story->stage = BENCH_RENEWALS;
    story->type = BENCH_EXISTING;
    bench_story_add(story, event);
    if (!chance(story, 4))
        property(story, BENCH_RENEWS, old->deal,
                 chance(story, 15) ? story->now_us + days(story, 20, 200) : 0);
    plain(story, BENCH_INTENT);
    if (chance(story, 60))
        meeting(story, BENCH_OF_RENEWAL);
    noise(story, between(story, 1, 4));
    story->now_us += days(story, 5, 40);
    return proposal(story, BENCH_OF_RENEWAL, 82);
}

static void customer(struct bench_story *story)
{
    int64_t end_us = contract(story, story->now_us + days(story, 0, 30));

    while (end_us < END_US) {
        struct bench_story old = *story;

        if (!chance(story, 78) || !renewal(story, &old, end_us)) {
            end_contract(&old, end_us, 0);
            return;
        }
        end_contract(&old, end_us, story->now_us);
        end_us = contract(story, end_us + BC_DAY_US);
    }
}

static void delete_or_merge(struct bench_story *story)
{
    story->now_us += days(story, 1, 200);
    if (chance(story, 40) && story->deal > 8) {
        bench_story_add(
            story, (struct bench_event){ .body = BENCH_MERGED,
                                         .value = story->deal - (uint32_t)between(story, 1, 8) });
        return;
    }
    bench_story_add(story, (struct bench_event){ .body = BENCH_DELETED });
    story->now_us += days(story, 1, 120);
    if (chance(story, 50))
        bench_story_add(story, (struct bench_event){ .body = BENCH_RESTORED });
}

void bench_story_account(struct bench_world *world, int64_t begin_us)
{
    struct bench_story story = { .world = world };

    begin_deal(&story, begin_us / 1000 * 1000);
    begin_prospect(&story);
    noise(&story, between(&story, 0, 3));
    if (outreach(&story) && discovery(&story)) {
        if (proposal(&story, BENCH_OF_PROPOSAL, 62)) {
            customer(&story);
            return;
        }
    }
    if (chance(&story, 3))
        delete_or_merge(&story);
}
