/* Slips and rarities: what every CRM holds, and what a ledger must bear. */
#include "tests/sample/names.h"
#include "tests/sample/stories.h"

static struct sample_deal begin(struct sample_world *world, unsigned name, int32_t day,
                                const char *stage)
{
    struct sample_deal deal = sample_deal_begin(world, name, day);

    sample_add(&deal, "stage",
               "\"dealCreated\":{\"name\":\"%s, membership\",\"pipeline\":\"membership\","
               "\"stage\":\"%s\",\"dealType\":\"newbusiness\",\"owner\":\"user:%u\"}",
               sample_university(world->arena, name), stage, deal.owner);
    return deal;
}

/* Straight from a name to an offer, and later back from the dead. */
static void skip_stages(struct sample_world *world, unsigned name)
{
    struct sample_deal deal = begin(world, name, SAMPLE_BEGIN_DAY + 300, "enrichment");

    sample_wait_days(&deal, 5, 9);
    sample_move(&deal, "proposal");
    sample_meet(&deal, "proposal");
    sample_wait_days(&deal, 9, 20);
    sample_lose(&deal, true);
    sample_wait_days(&deal, 170, 190);
    sample_move(&deal, "outreach");
    if (!sample_reach_out(&deal))
        sample_lose(&deal, false);
}

/* Came by recommendation and began in a talk. */
static void begin_in_talk(struct sample_world *world, unsigned name)
{
    struct sample_deal deal = begin(world, name, SAMPLE_BEGIN_DAY + 480, "discovery");

    sample_meet(&deal, "discovery");
    sample_wait_days(&deal, 20, 40);
    sample_move(&deal, "nurture"); /* a stage of another pipeline */
    sample_wait_days(&deal, 30, 60);
    sample_move(&deal, "discovery");
    sample_meet(&deal, "discovery");
    sample_wait_days(&deal, 10, 20);
    sample_lose(&deal, true);
}

/* Entered twice; the second one goes, is missed, comes back, and is merged in the end. */
static void enter_twice(struct sample_world *world, unsigned name)
{
    struct sample_deal kept = begin(world, name, SAMPLE_BEGIN_DAY + 560, "enrichment");
    struct sample_deal twin = begin(world, name, SAMPLE_BEGIN_DAY + 562, "enrichment");

    sample_wait_days(&kept, 8, 12);
    sample_move(&kept, "outreach");
    sample_wait_days(&twin, 4, 6);
    sample_add(&twin, "stage", "\"dealDeleted\":{\"reason\":\"entered twice\"}");
    sample_wait_days(&twin, 6, 9);
    sample_add(&twin, "stage", "\"dealRestored\":{\"reason\":\"has the better notes\"}");
    sample_wait_minutes(&twin, 30, 90);
    sample_add(&twin, "stage", "\"dealMerged\":{\"into\":\"%s\"}", kept.id);
    if (!sample_reach_out(&kept))
        sample_lose(&kept, false);
}

static void delete_test_deal(struct sample_world *world, unsigned name)
{
    struct sample_deal deal = begin(world, name, SAMPLE_BEGIN_DAY + 120, "enrichment");

    sample_wait_days(&deal, 1, 2);
    sample_add(&deal, "stage", "\"dealDeleted\":{\"reason\":\"made to try a form\"}");
}

/* Two that talked to us together, in one meeting. */
static void talk_together(struct sample_world *world, unsigned name)
{
    struct sample_deal one = begin(world, name, SAMPLE_END_DAY - 60, "enrichment");
    struct sample_deal two = begin(world, name + 1, SAMPLE_END_DAY - 60, "enrichment");
    struct sample_deal *both[] = { &one, &two };
    char at[BC_INSTANT_LEN];
    int64_t starts_us = (SAMPLE_END_DAY - 4) * BC_DAY_US + 10 * SAMPLE_HOUR_US;

    bc_instant_print_short(at, starts_us);
    for (size_t i = 0; i < 2; i++) {
        sample_wait_days(both[i], 8, 12);
        sample_add(both[i], "experiment",
                   "\"dealEnrolled\":{\"experiment\":\"exp-04-consortia\",\"arm\":\"pair\"}");
        sample_move(both[i], "outreach");
        sample_wait_days(both[i], 12, 20);
        sample_move(both[i], "discovery");
        both[i]->now_us = starts_us + 70 * SAMPLE_MINUTE_US;
        sample_add(both[i], "meeting",
                   "\"meetingLogged\":{\"meeting\":\"m-together\",\"startsAt\":\"%s\","
                   "\"outcome\":\"completed\",\"title\":\"Both houses at one table\"}",
                   at);
    }
    sample_note_at(
        &two, (SAMPLE_END_DAY - 6) * BC_DAY_US + 13 * SAMPLE_HOUR_US, "action",
        "\"actionDecided\":{\"action\":\"act-%03u\",\"text\":\"Get both registrars into one "
        "call\",\"owner\":\"user:%u\",\"due\":\"2026-04-06\"}",
        two.number, two.owner);
}

/* A contract end that is no date; a stage move retracted, and the retraction retracted. */
static void mistype(struct sample_world *world, unsigned name)
{
    struct sample_deal deal = begin(world, name, SAMPLE_BEGIN_DAY + 200, "enrichment");
    size_t moved, taken_back;

    sample_wait_days(&deal, 9, 12);
    sample_move(&deal, "outreach");
    sample_wait_days(&deal, 9, 12);
    moved = sample_move(&deal, "discovery");
    sample_wait_days(&deal, 2, 3);
    taken_back = sample_retract(&deal, moved, "that was a private call");
    sample_wait_days(&deal, 2, 3);
    sample_retract(&deal, taken_back, "it was a proper first talk after all");
    sample_wait_days(&deal, 15, 25);
    sample_move(&deal, "proposal");
    sample_wait_days(&deal, 15, 25);
    sample_move(&deal, "closed_won");
    sample_set_day(&deal, "contract_start", sample_today(&deal) + 20);
    sample_set(&deal, "contract_end", "31.12.2026");
}

/* Known from its mails alone: nobody ever made the deal. */
static void only_mails(struct sample_world *world, unsigned name)
{
    struct sample_deal deal = sample_deal_begin(world, name, SAMPLE_BEGIN_DAY + 420);

    for (unsigned i = 1; i <= 3; i++) {
        sample_add(&deal, "email",
                   "\"emailSent\":{\"email\":\"e-%03u-%u\",\"subject\":\"A question\"}",
                   deal.number, i);
        sample_wait_days(&deal, 3, 5);
    }
}

/* A member whose year ran out while everybody thought that another had called. */
static void forget_renewal(struct sample_world *world, unsigned name)
{
    struct sample_deal deal = sample_deal_begin(world, name, SAMPLE_IMPORT_DAY + 20);

    sample_add(&deal, "stage",
               "\"dealCreated\":{\"name\":\"%s, membership\",\"pipeline\":\"membership\","
               "\"stage\":\"closed_won\",\"dealType\":\"existingbusiness\","
               "\"owner\":\"user:%u\",\"observed\":true}",
               sample_university(world->arena, name), deal.owner);
    sample_set_day(&deal, "contract_start", bc_day_add_months(SAMPLE_END_DAY - 20, -24));
    sample_set_day(&deal, "contract_end", SAMPLE_END_DAY - 21);
    sample_wait_days(&deal, 200, 300);
    sample_add(&deal, "health", "\"healthRecorded\":{\"status\":\"green\"}");
}

/* A member's other faculty: no new business, and won as renewals are. */
static struct sample_deal win_faculty(struct sample_world *world, unsigned name, int32_t won_day)
{
    struct sample_deal deal = sample_deal_begin(world, name, won_day - 70);

    sample_add(&deal, "stage",
               "\"dealCreated\":{\"name\":\"%s, another faculty\",\"pipeline\":\"membership\","
               "\"stage\":\"renewals\",\"dealType\":\"existingbusiness\",\"owner\":\"user:%u\"}",
               sample_university(world->arena, name), deal.owner);
    sample_set(&deal, "company", sample_university(world->arena, name));
    sample_set_number(&deal, "amount", 3600);
    sample_note_currency(&deal);
    sample_meet(&deal, "renewal");
    sample_wait_days(&deal, 5, 9);
    sample_move(&deal, "proposal");
    deal.now_us = won_day * BC_DAY_US + 10 * SAMPLE_HOUR_US;
    sample_add(&deal, "agreement", "\"agreementSigned\":{\"agreement\":\"a-%03u\"}", deal.number);
    sample_wait_minutes(&deal, 10, 40);
    sample_move(&deal, "closed_won");
    sample_set_number(&deal, "mrr", 300);
    sample_set_day(&deal, "contract_start", won_day + 12);
    sample_set_day(&deal, "contract_end", bc_day_add_months(won_day + 12, 12) - 1);
    return deal;
}

/* Handed over, and taken on by nobody since. */
static void wait_for_handoff(struct sample_world *world)
{
    struct sample_deal deal = win_faculty(world, 4, SAMPLE_END_DAY - 26);

    sample_wait_days(&deal, 1, 2);
    sample_add(&deal, "order", "\"orderStarted\":{}");
    sample_wait_minutes(&deal, 30, 90);
    sample_add(&deal, "order", "\"orderPlaced\":{\"order\":\"o-%03u\"}", deal.number);
    sample_add(&deal, "handoff",
               "\"handoffOpened\":{\"issueUrl\":\"https://code.example/onboarding/%u\"}",
               300 + deal.number);
}

/* Served from the first day, with no order and no hand-over on record. */
static void serve_at_once(struct sample_world *world)
{
    struct sample_deal deal = win_faculty(world, 9, SAMPLE_END_DAY - 130);

    sample_wait_days(&deal, 10, 12);
    sample_add(&deal, "service", "\"serviceStarted\":{\"note\":\"They could not wait\"}");
    sample_wait_days(&deal, 60, 70);
    sample_add(&deal, "health", "\"healthRecorded\":{\"status\":\"green\"}");
}

void sample_odd(struct sample_world *world, unsigned name)
{
    skip_stages(world, name);
    begin_in_talk(world, name + 1);
    enter_twice(world, name + 2);
    delete_test_deal(world, name + 3);
    talk_together(world, name + 4);
    mistype(world, name + 6);
    only_mails(world, name + 7);
    forget_renewal(world, name + 8);
    wait_for_handoff(world);
    serve_at_once(world);
}
