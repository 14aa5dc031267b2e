/* The team's own doings: what it aims at, tries, looks back on and gives up. */
#include "tests/sample/names.h"
#include "tests/sample/stories.h"

static int64_t at(int32_t day, int64_t hour)
{
    return day * BC_DAY_US + hour * SAMPLE_HOUR_US + 7 * SAMPLE_MINUTE_US;
}

static const struct experiment {
    int32_t from_day, to_day;
    const char *name, *kind, *hypothesis, *metric, *target, *outcome, *learning;
    const char *campaign, *cost, *currency; /* NULL: not said */
} experiments[] = {
    { 19830, 19950, "exp-01-subject-lines", "messaging", "The price in the subject gets mails read",
      "outreach_email_open_rate", "0.30", "refuted", "It gets them read by the wrong people", NULL,
      NULL, NULL },
    { 19970, 20110, "exp-02-deadline", "offer", "A deadline makes up minds",
      "outreach_to_discovery", "0.20", "refuted", "It makes up minds against us", "webinar-2024",
      "1200", "USD" },
    { 20143, 20320, "exp-03-peer-story", "messaging",
      "A story from a university of that size opens doors", "outreach_to_discovery", "0.25",
      "validated", "Deans answer to deans", "deans-webinar", "1850", "USD" },
    { 20260, 20370, "exp-04-consortia", "icp", "Three small ones together buy like a large one",
      "discovery_to_proposal", "0.40", "inconclusive", "Two pairs are too few to tell", NULL, NULL,
      NULL },
    { 20400, SAMPLE_END_DAY + 30, "exp-05-short-mails", "messaging",
      "Sixty words do as well as two hundred", "outreach_email_open_rate", "0.55", "", "", NULL,
      NULL, NULL },
    { SAMPLE_CALL_DAY, SAMPLE_CALL_END, "exp-06-call-first", "messaging",
      "A call before the first mail opens the door", "outreach_to_discovery", "0.40", "validated",
      "Who has heard our voice answers our mail", NULL, "900", "USD" },
    { SAMPLE_TUESDAY_DAY, SAMPLE_TUESDAY_END, "exp-07-tuesday", "messaging",
      "Mails that leave on a Tuesday are answered", "outreach_to_discovery", "0.40", "refuted",
      "The day of the week makes no difference", NULL, NULL, NULL },
    { SAMPLE_FAIR_DAY, SAMPLE_FAIR_END, "exp-08-fair-stand", "channel",
      "A stand at the fair brings talks by the dozen", "outreach_to_discovery", "0.40",
      "inconclusive", "Cards are no talks: who signs was not there", "fair-2025", "3400.50",
      "EUR" },
    { 20514, SAMPLE_END_DAY + 40, "exp-09-ads", "channel", "Deans look at advertisements",
      "outreach_to_discovery", "0.20", "", "", "linkedin-ads", "600", "USD" },
};

/* Those before this one are told first, so that what came later moves no recorded time. */
#define LATER       5
#define EXPERIMENTS (sizeof(experiments) / sizeof(*experiments))

static void add_text(struct bc_buf *out, const char *key, const char *text)
{
    if (text)
        bc_buf_printf(out, ",\"%s\":\"%s\"", key, text);
}

static void run_experiments(struct sample_world *world, unsigned from, unsigned until)
{
    for (unsigned i = from; i < until; i++) {
        const struct experiment *e = &experiments[i];
        struct bc_buf cost = { 0 };

        add_text(&cost, "campaign", e->campaign);
        add_text(&cost, "cost", e->cost);
        add_text(&cost, "currency", e->currency);
        sample_add_team(world, at(e->from_day, 10), "experiment", 2 * i + 1,
                        "\"experimentStarted\":{\"experiment\":\"%s\",\"hypothesis\":\"%s\","
                        "\"kind\":\"%s\",\"metric\":\"%s\",\"target\":\"%s\"%.*s}",
                        e->name, e->hypothesis, e->kind, e->metric, e->target,
                        BC_STR_ARG(bc_buf_str(&cost)));
        bc_buf_release(&cost);
        if (e->to_day < SAMPLE_END_DAY)
            sample_add_team(world, at(e->to_day, 15), "experiment", 2 * i + 2,
                            "\"experimentConcluded\":{\"experiment\":\"%s\",\"outcome\":\"%s\","
                            "\"learning\":\"%s\"}",
                            e->name, e->outcome, e->learning);
    }
}

static const struct version {
    int32_t day;
    const char *body, *version, *text, *changelog;
} versions[] = {
    { SAMPLE_BEGIN_DAY, "icpPublished", "1", "Universities with more than ten thousand students",
      "The first" },
    { SAMPLE_BEGIN_DAY, "playbookPublished", "1", "Eight stages; a brochure opens the talk",
      "The first" },
    { SAMPLE_PIVOT_DAY, "icpPublished", "2",
      "Teaching universities of two to twelve thousand students with a dean of studies",
      "Smaller, and with somebody who owns the subject" },
    { SAMPLE_PIVOT_DAY + 7, "playbookPublished", "2", "Eight stages; a peer opens the talk",
      "Peer stories in place of brochures and deadlines" },
    { SAMPLE_PEERS2_DAY, "icpPublished", "2.1",
      "As before, without members of state-wide consortia", "Consortia out" },
    { SAMPLE_CALLS_DAY, "playbookPublished", "3", "Eight stages; a call opens the talk",
      "A call before the first mail, since exp-06-call-first showed what it does" },
};
#define VERSIONS (sizeof(versions) / sizeof(*versions))

static void publish(struct sample_world *world, unsigned from, unsigned until)
{

    for (unsigned i = from; i < until; i++)
        sample_add_team(world, at(versions[i].day, 9), "version", i + 1,
                        "\"%s\":{\"version\":\"%s\",\"text\":\"%s\",\"changelog\":\"%s\"}",
                        versions[i].body, versions[i].version, versions[i].text,
                        versions[i].changelog);
}

static void decide(struct sample_world *world)
{
    sample_add_team(world, at(SAMPLE_PIVOT_DAY, 16), "pivot", 1,
                    "\"pivotDecided\":{\"redLine\":\"outreach_conversion\",\"decision\":"
                    "\"Drop the large houses and the deadline; smaller ones, through peers\"}");
    sample_add_team(world, at(20410, 16), "pivot", 2,
                    "\"pivotDecided\":{\"redLine\":\"open_rate\",\"decision\":"
                    "\"Shorter mails, tried as an experiment\"}");
}

/* Every Monday, with what was being tried. */
static void review(struct sample_world *world)
{
    static const char *const notes[] = { "Went through the list; nothing to decide",
                                         "Two stalled deals handed over",
                                         "Losses of the month read aloud",
                                         "Renewals of the quarter shared out",
                                         "Too few talks; calls on Tuesday and Thursday",
                                         NULL };
    unsigned n = 0;

    for (int32_t day = SAMPLE_BEGIN_DAY; day <= SAMPLE_END_DAY; day += 7) {
        struct bc_buf names = { 0 };

        for (size_t i = 0; i < EXPERIMENTS; i++) {
            if (experiments[i].from_day <= day && day < experiments[i].to_day)
                bc_buf_printf(&names, "%s\"%s\"", names.len ? "," : "", experiments[i].name);
        }
        sample_add_team(world, at(day, 13), "review", ++n,
                        "\"reviewHeld\":{\"note\":\"%s\",\"experiments\":[%.*s]}",
                        sample_pick(&world->random, notes), BC_STR_ARG(bc_buf_str(&names)));
        bc_buf_release(&names);
    }
}

void sample_team(struct sample_world *world)
{
    publish(world, 0, VERSIONS - 1);
    run_experiments(world, 0, LATER);
    decide(world);
    review(world);
    run_experiments(world, LATER, EXPERIMENTS);
    publish(world, VERSIONS - 1, VERSIONS);
    sample_week(world);
}
