/* A university that never was a member: from a name on a list to a contract, or not. */
#include "tests/sample/names.h"
#include "tests/sample/stories.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const channels[] = { "website", "conference", "referral", "webinar", NULL };
static const char *const tiers[] = { "A", "B", "B", "C", NULL };

static const char *icp_version(int32_t day)
{
    return day < SAMPLE_PIVOT_DAY ? "1" : day < SAMPLE_PEERS2_DAY ? "2" : "2.1";
}

/* The type is typed in at once, or some weeks later, or never. */
static void set_type(struct sample_deal *deal)
{
    int64_t then_us = deal->now_us + sample_between(&deal->random, 2, 45) * BC_DAY_US;

    if (sample_chance(&deal->random, 88))
        sample_add_at(deal, then_us, "property",
                      "\"propertyChanged\":{\"name\":\"deal_type\",\"value\":\"newbusiness\"}");
}

static void create(struct sample_deal *deal)
{
    const char *university = sample_university(deal->world->arena, deal->name);
    bool typed = sample_chance(&deal->random, 60);

    sample_add(deal, "stage",
               "\"dealCreated\":{\"name\":\"%s, membership\",\"pipeline\":\"membership\","
               "\"stage\":\"enrichment\",%s\"owner\":\"user:%u\"}",
               university, typed ? "\"dealType\":\"newbusiness\"," : "", deal->owner);
    if (!typed)
        set_type(deal);
    sample_wait_minutes(deal, 1, 15);
    sample_set(deal, "company", university);
    if (sample_chance(&deal->random, 40))
        sample_lead(deal, sample_pick(&deal->random, channels));
}

static void qualify(struct sample_deal *deal, bool fit)
{
    const char *version = icp_version(sample_today(deal));
    bool budget = sample_chance(&deal->random, 45), need = sample_chance(&deal->random, 70);

    sample_add(deal, "lead",
               "\"qualificationRecorded\":{\"need\":%s,\"budget\":%s,\"icpFit\":%s,"
               "\"icpVersion\":\"%s\"}",
               need ? "true" : "false", budget ? "true" : "false", fit ? "true" : "false", version);
    sample_wait_minutes(deal, 1, 10);
    sample_set(deal, "icp_version", version);
    sample_set(deal, "tier", sample_pick(&deal->random, tiers));
}

static void park(struct sample_deal *deal, int32_t low, int32_t high)
{
    int32_t days = (int32_t)sample_between(&deal->random, low, high);

    sample_set_day(deal, "parked_until", sample_today(deal) + days);
    sample_wait_days(deal, days, days + 9);
}

/* A click on the wrong stage, retracted when somebody notices it. */
static void slip(struct sample_deal *deal)
{
    size_t wrong;

    if (!sample_chance(&deal->random, 3))
        return;
    wrong = sample_move(deal, "closed_lost");
    sample_wait_days(deal, 1, 2);
    sample_retract(deal, wrong, "wrong deal moved");
}

void sample_lose(struct sample_deal *deal, bool late)
{
    const struct sample_reason *why =
        late ? sample_reason_late(&deal->random) : sample_reason_early(&deal->random);
    char again[48] = "", day[BC_DAY_LEN];

    if (strcmp(why->reason, "timing") == 0) {
        bc_day_print(day, sample_today(deal) + 180);
        snprintf(again, sizeof(again), ",\"reengageAfter\":\"%s\"", day);
    }
    if (sample_chance(&deal->random, 96)) /* else the audit has something to find */
        sample_add(deal, "learning", "\"lossRecorded\":{\"reason\":\"%s\",\"note\":\"%s\"%s}",
                   why->reason, sample_pick(&deal->random, why->notes), again);
    sample_wait_minutes(deal, 1, 20);
    sample_move(deal, "closed_lost");
    sample_wait_minutes(deal, 5, 60);
    if (sample_chance(&deal->random, 40))
        sample_add(deal, "learning", "\"learningRecorded\":{\"text\":\"%s\",\"topic\":\"%s\"}",
                   sample_pick(&deal->random, why->learnings), why->reason);
    if (late)
        sample_add(deal, "artifact",
                   "\"artifactLinked\":{\"kind\":\"win_loss_analysis\","
                   "\"url\":\"https://notes.example/%s/win-loss\"}",
                   deal->id);
}

/* True: on to outreach. */
static bool research(struct sample_deal *deal)
{
    bool fit = sample_chance(&deal->random, 88);

    sample_wait_days(deal, 3, 14);
    if (sample_chance(&deal->random, 50))
        sample_add(deal, "artifact",
                   "\"artifactLinked\":{\"kind\":\"icp_hypothesis\","
                   "\"url\":\"https://notes.example/%s/hypothesis\"}",
                   deal->id);
    qualify(deal, fit);
    if (sample_chance(&deal->random, 8))
        park(deal, 40, 120);
    sample_wait_days(deal, 1, 9);
    if (!fit) {
        sample_lose(deal, false);
        return false;
    }
    sample_move(deal, "outreach");
    return true;
}

/* Terms begin in April and October; the first one that is at least two months away. */
static int32_t term_after(int32_t day)
{
    int32_t term = bc_day_of_civil(2024, 10, 1);

    while (term < day + 60)
        term = bc_day_add_months(term, 6);
    return term;
}

/* True: they want an offer. */
static bool discover(struct sample_deal *deal, bool after_pivot)
{
    int64_t talks = sample_between(&deal->random, 2, 4);
    int64_t amount = sample_between(&deal->random, 12, 60) * 250;

    sample_wait_minutes(deal, 3, 120);
    sample_set_number(deal, "amount", amount);
    sample_note_currency(deal);
    if (sample_chance(&deal->beside, 75))
        sample_note_target(deal, term_after(sample_today(deal)));
    for (; talks > 0; talks--) {
        if (!sample_meet(deal, "discovery") && sample_chance(&deal->random, 70))
            talks++;
        sample_wait_days(deal, 1, 5);
    }
    sample_add(deal, "artifact",
               "\"artifactLinked\":{\"kind\":\"discovery_notes\","
               "\"url\":\"https://notes.example/%s/discovery\",\"title\":\"Discovery notes\"}",
               deal->id);
    if (sample_chance(&deal->random, 20)) {
        park(deal, 45, 110);
    } else if (sample_chance(&deal->random, 20)) {
        sample_promise(deal);
        sample_wait_days(deal, 25, 70);
    }
    return sample_chance(&deal->random, after_pivot ? 27 : 24);
}

/* True: they sign. */
static bool propose(struct sample_deal *deal, int64_t mrr)
{
    bool sign = sample_chance(&deal->random, 60);

    sample_wait_minutes(deal, 10, 300);
    if (sample_chance(&deal->random, 60))
        sample_add(deal, "lead", "\"pricingRequested\":{\"note\":\"For %" PRId64 "00 students\"}",
                   sample_between(&deal->random, 21, 180));
    sample_set_number(deal, "mrr", mrr);
    sample_add(deal, "artifact",
               "\"artifactLinked\":{\"kind\":\"proposal\","
               "\"url\":\"https://notes.example/%s/proposal\",\"title\":\"Offer\"}",
               deal->id);
    sample_meet(deal, "proposal");
    sample_wait_days(deal, 4, 25);
    if (!sign && sample_chance(&deal->random, 60))
        return false;
    sample_add(deal, "agreement", "\"agreementSent\":{\"agreement\":\"a-%03u\"}", deal->number);
    sample_wait_days(deal, 2, 16);
    if (!sign)
        sample_add(deal, "agreement", "\"agreementDeclined\":{\"agreement\":\"a-%03u\"}",
                   deal->number);
    return sign;
}

void sample_prospect(struct sample_world *world, unsigned name, int32_t day)
{
    struct sample_deal deal = sample_deal_begin(world, name, day);
    int64_t mrr = sample_between(&deal.random, 10, 42) * 25;

    create(&deal);
    if (!research(&deal))
        return;
    slip(&deal);
    if (!sample_reach_out(&deal)) {
        sample_lose(&deal, false);
        return;
    }
    sample_move(&deal, "discovery");
    slip(&deal);
    if (!discover(&deal, sample_today(&deal) >= SAMPLE_PIVOT_DAY)) {
        sample_lose(&deal, true);
        return;
    }
    sample_move(&deal, "proposal");
    if (propose(&deal, mrr))
        sample_win(&deal, sample_today(&deal) + (int32_t)sample_between(&deal.random, 5, 40), mrr);
    else
        sample_lose(&deal, true);
}
