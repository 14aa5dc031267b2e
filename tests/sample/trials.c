/* What is tried beside the stories, with what comes of it planted.
 *
 * An experiment's arms are given to deals whose end is known already, with the odds that its effect
 * would have: so an effect can be planted, or none, and no story becomes another one by it. */
#include "tests/sample/stories.h"

/* Numbers of their own, so that notes of other kinds leave the arms as they are.
 *
 * Of a hundred deals that will talk to us, and of a hundred that will not, so many are in the first
 * arm. Where that is the same, the arm makes no difference. */
static const struct trial {
    int32_t from_day, until_day;
    const char *name, *arm;
    unsigned of_interested, of_others;
    const char *call; /* what is done beside, in that arm */
} trials[] = {
    { SAMPLE_CALL_DAY, SAMPLE_CALL_END, "exp-06-call-first", "call-first", 82, 32,
      "Called before the first mail" },
    { SAMPLE_TUESDAY_DAY, SAMPLE_TUESDAY_END, "exp-07-tuesday", "tuesday", 50, 50, NULL },
};

static void enrol(struct sample_deal *deal, int64_t at_us, const char *experiment, const char *arm)
{
    sample_note_at(deal, at_us, "experiment",
                   "\"dealEnrolled\":{\"experiment\":\"%s\",\"arm\":\"%s\"}", experiment, arm);
}

void sample_try(struct sample_deal *deal, bool interest)
{
    int32_t day = sample_today(deal);
    struct sample_random arms = { (deal->world->seed + 4) * deal->number };

    for (size_t i = 0; i < sizeof(trials) / sizeof(*trials); i++) {
        const struct trial *trial = &trials[i];
        int64_t at_us = deal->now_us - sample_between(&arms, 50, 70) * SAMPLE_MINUTE_US;
        bool first = sample_chance(&arms, interest ? trial->of_interested : trial->of_others);

        if (day < trial->from_day || day >= trial->until_day)
            continue;
        enrol(deal, at_us, trial->name, first ? trial->arm : "control");
        if (first && trial->call)
            sample_note_at(deal, at_us + 100 * SAMPLE_MINUTE_US, "lead",
                           "\"outreachAttempted\":{\"channel\":\"phone\",\"note\":\"%s\"}",
                           trial->call);
    }
}

/* What brought a lead that came in by a channel; "" where nothing special did. */
static const char *campaign_of(const char *channel, int32_t day)
{
    if (strcmp(channel, "conference") == 0)
        return day < SAMPLE_FAIR_DAY ? "fair-2024" : "fair-2025";
    if (strcmp(channel, "webinar") == 0)
        return day < SAMPLE_PIVOT_DAY ? "webinar-2024" : "deans-webinar";
    return "";
}

void sample_lead(struct sample_deal *deal, const char *channel)
{
    const char *campaign = campaign_of(channel, sample_today(deal));
    bool named = *campaign != '\0';

    sample_add(deal, "lead", "\"leadCaptured\":{%s%s%s\"channel\":\"%s\"}",
               named ? "\"campaign\":\"" : "", campaign, named ? "\"," : "", channel);
    if (strcmp(campaign, "fair-2025") == 0 && sample_today(deal) < SAMPLE_FAIR_END)
        enrol(deal, deal->now_us, "exp-08-fair-stand", "stand");
}
