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
} experiments[] = {
    { 19830, 19950, "exp-01-subject-lines", "messaging", "The price in the subject gets mails read",
      "outreach_email_open_rate", "0.30", "refuted", "It gets them read by the wrong people" },
    { 19970, 20110, "exp-02-deadline", "offer", "A deadline makes up minds",
      "outreach_to_discovery", "0.20", "refuted", "It makes up minds against us" },
    { 20143, 20320, "exp-03-peer-story", "messaging",
      "A story from a university of that size opens doors", "outreach_to_discovery", "0.25",
      "validated", "Deans answer to deans" },
    { 20260, 20370, "exp-04-consortia", "icp", "Three small ones together buy like a large one",
      "discovery_to_proposal", "0.40", "inconclusive", "Two pairs are too few to tell" },
    { 20400, SAMPLE_END_DAY + 30, "exp-05-short-mails", "messaging",
      "Sixty words do as well as two hundred", "outreach_email_open_rate", "0.55", "", "" },
};

static void run_experiments(struct sample_world *world)
{
    for (unsigned i = 0; i < sizeof(experiments) / sizeof(*experiments); i++) {
        const struct experiment *e = &experiments[i];

        sample_add_team(world, at(e->from_day, 10), "experiment", 2 * i + 1,
                        "\"experimentStarted\":{\"experiment\":\"%s\",\"hypothesis\":\"%s\","
                        "\"kind\":\"%s\",\"metric\":\"%s\",\"target\":\"%s\"}",
                        e->name, e->hypothesis, e->kind, e->metric, e->target);
        if (e->to_day < SAMPLE_END_DAY)
            sample_add_team(world, at(e->to_day, 15), "experiment", 2 * i + 2,
                            "\"experimentConcluded\":{\"experiment\":\"%s\",\"outcome\":\"%s\","
                            "\"learning\":\"%s\"}",
                            e->name, e->outcome, e->learning);
    }
}

static void publish(struct sample_world *world)
{
    static const struct {
        int32_t day;
        const char *body, *version, *text, *changelog;
    } versions[] = {
        { SAMPLE_BEGIN_DAY, "icpPublished", "1",
          "Universities with more than ten thousand students", "The first" },
        { SAMPLE_BEGIN_DAY, "playbookPublished", "1", "Eight stages; a brochure opens the talk",
          "The first" },
        { SAMPLE_PIVOT_DAY, "icpPublished", "2",
          "Teaching universities of two to twelve thousand students with a dean of studies",
          "Smaller, and with somebody who owns the subject" },
        { SAMPLE_PIVOT_DAY + 7, "playbookPublished", "2", "Eight stages; a peer opens the talk",
          "Peer stories in place of brochures and deadlines" },
        { SAMPLE_PEERS2_DAY, "icpPublished", "2.1",
          "As before, without members of state-wide consortia", "Consortia out" },
    };

    for (unsigned i = 0; i < sizeof(versions) / sizeof(*versions); i++)
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

        for (size_t i = 0; i < sizeof(experiments) / sizeof(*experiments); i++) {
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
    publish(world);
    run_experiments(world);
    decide(world);
    review(world);
}
