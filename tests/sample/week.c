/* What the week leaves beside the deals: promises, who does what, leads that came to nothing. */
#include "tests/sample/names.h"
#include "tests/sample/stories.h"

static int64_t at(int32_t day, int64_t hour)
{
    return day * BC_DAY_US + hour * SAMPLE_HOUR_US + 19 * SAMPLE_MINUTE_US;
}

void sample_promise(struct sample_deal *deal)
{
    static const char *const promises[] = { "Ask for the date of the budget round",
                                            "Find a second contact", "Send a reference nearby",
                                            "Call instead of writing", NULL };
    static const char *const outcomes[] = { "Done", "Done; no answer yet", "They asked for May",
                                            "Nobody else is in charge", NULL };
    int32_t day =
        sample_weekday(sample_today(deal) + (int32_t)sample_between(&deal->beside, 8, 14));
    char due[BC_DAY_LEN];

    bc_day_print(due, day + 14);
    sample_note_at(deal, at(day, 13), "action",
                   "\"actionDecided\":{\"action\":\"act-%03u\",\"text\":\"%s\","
                   "\"owner\":\"user:%u\",\"due\":\"%s\"}",
                   deal->number, sample_pick(&deal->beside, promises), deal->owner, due);
    day = sample_weekday(day + 14 + (int32_t)sample_between(&deal->beside, -6, 5));
    sample_note_at(deal, at(day, 15), "action",
                   "\"actionClosed\":{\"action\":\"act-%03u\",\"outcome\":\"%s\"}", deal->number,
                   sample_pick(&deal->beside, outcomes));
}

/* Those of the last weeks: two closed, one late, one still in time. */
static void act(struct sample_world *world)
{
    static const struct {
        int32_t day, due, closed; /* closed 0: not yet */
        const char *name, *text, *outcome;
        unsigned owner;
    } actions[] = {
        { 20479, 20493, 20486, "act-calls", "Call every house before its first mail",
          "Done for all that are new", 11 },
        { 20500, 20520, 20514, "act-reference", "Ask Clovermoor whether we may name them", "We may",
          12 },
        { 20521, 20535, 0, "act-consortium", "Get the consortium's list of members", "", 13 },
        { 20535, 20556, 0, "act-price", "Show the price for one faculty in the next three offers",
          "", 14 },
    };
    unsigned n = 0;

    for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
        char due[BC_DAY_LEN];

        bc_day_print(due, actions[i].due);
        sample_add_team(world, at(actions[i].day, 13), "action", ++n,
                        "\"actionDecided\":{\"action\":\"%s\",\"text\":\"%s\","
                        "\"owner\":\"user:%u\",\"due\":\"%s\"}",
                        actions[i].name, actions[i].text, actions[i].owner, due);
        if (actions[i].closed)
            sample_add_team(world, at(actions[i].closed, 11), "action", ++n,
                            "\"actionClosed\":{\"action\":\"%s\",\"outcome\":\"%s\"}",
                            actions[i].name, actions[i].outcome);
    }
}

static void share_out(struct sample_world *world)
{
    static const struct {
        int32_t day;
        unsigned person;
        const char *role;
        bool ended;
    } roles[] = {
        { SAMPLE_BEGIN_DAY, 10, "lead", false },      { SAMPLE_BEGIN_DAY, 11, "outreach", false },
        { SAMPLE_BEGIN_DAY, 12, "outreach", false },  { SAMPLE_BEGIN_DAY, 13, "outreach", false },
        { SAMPLE_BEGIN_DAY, 14, "closing", false },   { SAMPLE_BEGIN_DAY, 15, "onboarding", false },
        { SAMPLE_PIVOT_DAY, 15, "onboarding", true }, { SAMPLE_PIVOT_DAY, 12, "onboarding", false },
    };

    for (unsigned i = 0; i < sizeof(roles) / sizeof(*roles); i++)
        sample_add_team(world, at(roles[i].day, 8), "role", i + 1,
                        "\"roleAssigned\":{\"person\":\"user:%u\",\"role\":\"%s\"%s}",
                        roles[i].person, roles[i].role, roles[i].ended ? ",\"ended\":true" : "");
}

/* Cards and addresses that nobody made a deal of. */
static void collect(struct sample_world *world)
{
    static const struct {
        const char *campaign, *channel;
        int32_t from_day, to_day;
        int n;
    } boxes[] = {
        { "fair-2024", "conference", 19830, 19840, 11 },
        { "webinar-2024", "webinar", 20045, 20060, 8 },
        { "fair-2025", "conference", SAMPLE_FAIR_DAY, SAMPLE_FAIR_DAY + 5, 14 },
        { "deans-webinar", "webinar", 20488, 20500, 4 },
    };
    unsigned n = 0;

    for (size_t i = 0; i < sizeof(boxes) / sizeof(*boxes); i++) {
        for (int k = 0; k < boxes[i].n; k++) {
            int32_t day =
                (int32_t)sample_between(&world->random, boxes[i].from_day, boxes[i].to_day);

            sample_add_team(world, at(day, 10), "lead", ++n,
                            "\"leadCaptured\":{\"campaign\":\"%s\",\"channel\":\"%s\"}",
                            boxes[i].campaign, boxes[i].channel);
        }
    }
}

void sample_week(struct sample_world *world)
{
    act(world);
    share_out(world);
    collect(world);
}
