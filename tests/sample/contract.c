/* What follows a signature: the contract's year, and the next one. */
#include "tests/sample/names.h"
#include "tests/sample/stories.h"

static const struct health {
    const char *status, *note, *source, *score;
} healths[] = {
    { "green", "Half of the faculties are active", "usage report", "82" },
    { "green", "The new coordinator has begun", "call", "75" },
    { "green", "Asked for training in spring", "call", "78" },
    { "yellow", "The coordinator has left", "mail", "55" },
    { "red", "Hardly any use since the summer", "usage report", "20" },
};

static int64_t on_day(struct sample_deal *deal, int32_t day)
{
    return sample_weekday(day) * BC_DAY_US +
           sample_between(&deal->random, 480, 1000) * SAMPLE_MINUTE_US;
}

/* The dates are typed in when somebody gets round to it, at times wrongly. */
static void type_contract(struct sample_deal *deal, int32_t start_day)
{
    size_t wrong, right, taken_back;
    char end[BC_DAY_LEN];

    deal->contract_end_day = bc_day_add_months(start_day, 12) - 1;
    sample_set_day(deal, "contract_start", start_day);
    if (!sample_chance(&deal->random, 10)) {
        sample_set_day(deal, "contract_end", deal->contract_end_day);
        return;
    }
    bc_day_print(end, deal->contract_end_day);
    wrong = sample_set_day(deal, "contract_end", bc_day_add_months(deal->contract_end_day, 12));
    sample_wait_days(deal, 3, 30);
    taken_back = sample_retract(deal, wrong, "a year too late");
    right = sample_add_at(deal, deal->world->events[wrong].occurred_us, "property",
                          "\"propertyChanged\":{\"name\":\"contract_end\",\"value\":\"%s\"}", end);
    sample_together(deal->world, taken_back, right);
}

static void hand_off(struct sample_deal *deal, int32_t start_day)
{
    unsigned issue = 300 + deal->number;

    if (sample_chance(&deal->beside, 80)) /* else it was ordered by telephone */
        sample_note_at(
            deal, deal->now_us - sample_between(&deal->beside, 20, 300) * SAMPLE_MINUTE_US, "order",
            "\"orderStarted\":{\"configuratorUrl\":\"https://configure.example/%s\"}", deal->id);
    sample_add(deal, "order",
               "\"orderPlaced\":{\"order\":\"o-%03u\","
               "\"configuratorUrl\":\"https://configure.example/%s\"}",
               deal->number, deal->id);
    sample_add(deal, "handoff",
               "\"handoffOpened\":{\"issueUrl\":\"https://code.example/onboarding/%u\"}", issue);
    sample_wait_days(deal, 1, 5);
    sample_add(deal, "handoff",
               "\"handoffAccepted\":{\"issueUrl\":\"https://code.example/onboarding/%u\"}", issue);
    if (deal->now_us < start_day * BC_DAY_US)
        deal->now_us = on_day(deal, start_day);
    sample_add(deal, "service", "\"serviceStarted\":{}");
}

static void sign(struct sample_deal *deal, int32_t start_day, int64_t mrr)
{
    sample_add(deal, "agreement", "\"agreementSigned\":{\"agreement\":\"a-%03u\"}", deal->number);
    sample_wait_minutes(deal, 4, 400);
    sample_move(deal, "closed_won");
    sample_add(deal, "artifact",
               "\"artifactLinked\":{\"kind\":\"service_agreement\","
               "\"url\":\"https://notes.example/%s/agreement\",\"title\":\"Signed agreement\"}",
               deal->id);
    if (sample_chance(&deal->beside, 70))
        sample_note_at(deal, deal->now_us + 2 * BC_DAY_US, "artifact",
                       "\"artifactLinked\":{\"kind\":\"win_loss_analysis\","
                       "\"url\":\"https://notes.example/%s/win-loss\"}",
                       deal->id);
    sample_wait_days(deal, 0, 18);
    type_contract(deal, start_day);
    sample_set_number(deal, "mrr", mrr);
}

static void look_after(struct sample_deal *deal)
{
    size_t last = sizeof(healths) / sizeof(*healths) - 1;
    const struct health *health = &healths[sample_between(&deal->random, 0, (int64_t)last)];

    sample_add(deal, "health",
               "\"healthRecorded\":{\"status\":\"%s\",\"note\":\"%s\",\"source\":\"%s\","
               "\"score\":\"%s\"}",
               health->status, health->note, health->source, health->score);
}

/* Every few months a look at how it goes. */
static void live(struct sample_deal *deal)
{
    int64_t then_us = deal->now_us;
    int64_t until_us = (deal->contract_end_day - 30) * BC_DAY_US;

    for (sample_wait_days(deal, 50, 80); deal->now_us < until_us; sample_wait_days(deal, 70, 110))
        look_after(deal);
    deal->now_us = then_us;
}

static void intend(struct sample_deal *deal, const char *intent)
{
    sample_add(deal, "health", "\"renewalIntentRecorded\":{\"intent\":\"%s\"}", intent);
}

static struct sample_deal open_renewal(const struct sample_deal *old, int64_t mrr)
{
    struct sample_deal deal = sample_deal_begin(old->world, old->name, sample_today(old));

    deal.owner = old->owner;
    if (deal.now_us < old->now_us)
        deal.now_us = old->now_us + SAMPLE_MINUTE_US;
    sample_add(&deal, "stage",
               "\"dealCreated\":{\"name\":\"%s, renewal %d\",\"pipeline\":\"membership\","
               "\"stage\":\"renewals\",\"dealType\":\"existingbusiness\",\"owner\":\"user:%u\"}",
               sample_university(old->world->arena, old->name),
               1970 + (old->contract_end_day + 1) * 4 / 1461, deal.owner);
    sample_wait_minutes(&deal, 1, 30);
    sample_note_property(&deal, "company", sample_university(old->world->arena, old->name));
    sample_note_currency(&deal);
    sample_note_target(&deal, old->contract_end_day + 1);
    sample_set_number(&deal, "amount", mrr * 12);
    if (sample_chance(&deal.random, 30)) /* noticed later */
        sample_wait_days(&deal, 4, 25);
    sample_set(&deal, "renews", old->id);
    return deal;
}

/* They stay, or not; dragging on at times past the end of the contract. */
static void renew(struct sample_deal *old, int64_t mrr)
{
    int64_t roll = sample_between(&old->random, 0, 99);
    int64_t asked_us =
        on_day(old, old->contract_end_day - (int32_t)sample_between(&old->random, 55, 90));
    struct sample_deal deal;

    if (old->now_us < asked_us)
        old->now_us = asked_us;
    else
        sample_wait_days(old, 3, 12);
    if (sample_today(old) > SAMPLE_END_DAY)
        return;
    deal = open_renewal(old, mrr);
    intend(old, roll < 70 ? "confirmed" : roll < 86 ? "undecided" : "declined");
    sample_meet(&deal, "renewal");
    sample_wait_days(&deal, 5, roll < 70 ? 20 : 70);
    if (roll >= 86 && roll % 2 == 0) {
        sample_lose(&deal, true);
        old->now_us = on_day(old, old->contract_end_day + 1);
        sample_add(old, "service", "\"serviceEnded\":{\"note\":\"not renewed\"}");
        return;
    }
    sample_move(&deal, "proposal");
    sample_meet(&deal, "proposal");
    sample_wait_days(&deal, 3, 15);
    sample_add(&deal, "agreement", "\"agreementSent\":{\"agreement\":\"a-%03u\"}", deal.number);
    sample_wait_days(&deal, 2, roll < 70 ? 12 : 45);
    old->now_us = deal.now_us;
    if (old->now_us < (old->contract_end_day + 1) * BC_DAY_US)
        old->now_us = on_day(old, old->contract_end_day + 1);
    sample_wait_days(old, 1, 14);
    sample_win(&deal, old->contract_end_day + 1,
               mrr * sample_between(&deal.random, 100, 108) / 100);
    sample_move(old, "closed_won_complete");
}

void sample_win(struct sample_deal *deal, int32_t start_day, int64_t mrr)
{
    sign(deal, start_day, mrr);
    hand_off(deal, start_day);
    live(deal);
    renew(deal, mrr);
}

void sample_member(struct sample_world *world, unsigned name, int32_t end_day)
{
    struct sample_deal deal = sample_deal_begin(world, name, SAMPLE_BEGIN_DAY);
    int64_t mrr = sample_between(&deal.random, 10, 42) * 25;

    sample_add(&deal, "stage",
               "\"dealCreated\":{\"name\":\"%s, membership\",\"pipeline\":\"membership\","
               "\"stage\":\"closed_won\",\"dealType\":\"existingbusiness\","
               "\"owner\":\"user:%u\",\"observed\":true}",
               sample_university(world->arena, name), deal.owner);
    sample_wait_minutes(&deal, 1, 30);
    sample_set(&deal, "company", sample_university(world->arena, name));
    sample_note_currency(&deal);
    type_contract(&deal, bc_day_add_months(end_day + 1, -12));
    sample_set_number(&deal, "mrr", mrr);
    live(&deal);
    renew(&deal, mrr);
}
