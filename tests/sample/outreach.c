/* Outreach: sequences of e-mails, each campaign with its own luck. */
#include "tests/sample/names.h"
#include "tests/sample/stories.h"

#include <stdio.h>

/* Of a hundred mails so many are opened; of a hundred deals so many want to talk. */
static const struct campaign {
    int32_t from_day;
    const char *name;
    unsigned opened, interested;
    const char *subjects[5];
} campaigns[] = {
    { 0,
      "brochure-v1",
      21,
      12,
      { "Membership for your university", "Our brochure, attached", "Did you see our brochure?",
        "A word about our brochure", "Shall I send the brochure by post?" } },
    { SAMPLE_DEADLINE_DAY,
      "deadline-v1",
      30,
      13,
      { "Prices rise on 31 January", "Three weeks left", "Last call for this year",
        "The old price, once more", "New prices from today" } },
    { SAMPLE_PIVOT_DAY,
      "peer-story-v1",
      46,
      35,
      { "How a university your size does it", "What their dean of studies said",
        "Twenty minutes, two questions", "What the students said", "Shall I put you in touch?" } },
    { SAMPLE_PEERS2_DAY,
      "peer-story-v2",
      56,
      42,
      { "Two universities, one story", "The short version", "Twenty minutes on Thursday?",
        "What it cost them", "May I call the dean?" } },
};

static const struct campaign short_note = {
    20400,
    "short-note-v1",
    64,
    46,
    { "One question", "Twenty minutes?", "Still one question", "Who should I ask?", "Last one" }
};

static const struct way {
    const char *channel, *note;
} ways[] = {
    { "phone", "Left a message with the office" },
    { "phone", "Spoke to the office; the dean reads her own mail" },
    { "linkedin", "Connected, said to write after the senate" },
    { "event", "Met at the stand, gave a card" },
};

static const struct campaign *campaign_on(int32_t day)
{
    const struct campaign *found = campaigns;

    for (size_t i = 1; i < sizeof(campaigns) / sizeof(*campaigns); i++) {
        if (day >= campaigns[i].from_day)
            found = &campaigns[i];
    }
    return found;
}

/* Deals that come while an experiment runs are part of it; an arm may be a campaign of its own. */
static const struct campaign *enroll(struct sample_deal *deal, const struct campaign *usual)
{
    static const struct {
        int32_t from, until;
        const char *name, *arms[2];
        const struct campaign *first_arm;
    } running[] = {
        { 19830, 19950, "exp-01-subject-lines", { "price-first", "name-first" }, NULL },
        { 20143, 20320, "exp-03-peer-story", { "dean", "student" }, NULL },
        { 20400, SAMPLE_END_DAY + 1, "exp-05-short-mails", { "short", "long" }, &short_note },
    };
    int32_t day = sample_today(deal);

    for (size_t i = 0; i < sizeof(running) / sizeof(*running); i++) {
        bool second = sample_chance(&deal->random, 60);

        if (day < running[i].from || day >= running[i].until || sample_chance(&deal->random, 20))
            continue;
        sample_add(deal, "experiment", "\"dealEnrolled\":{\"experiment\":\"%s\",\"arm\":\"%s\"}",
                   running[i].name, running[i].arms[second]);
        if (!second && running[i].first_arm)
            return running[i].first_arm;
    }
    return usual;
}

static void open_mail(struct sample_deal *deal, const char *email, int64_t sent_us)
{
    bool counted = sample_chance(&deal->random, 15);
    int64_t times = sample_chance(&deal->random, 25) ? 2 : 1;

    for (; times > 0; times--) {
        sent_us += sample_between(&deal->random, 4, 2400) * SAMPLE_MINUTE_US;
        sample_add_at(deal, sent_us, "email", "\"emailOpened\":{\"email\":\"%s\"%s}", email,
                      counted ? ",\"counted\":true" : "");
    }
}

static void send_mail(struct sample_deal *deal, const struct campaign *campaign, bool last)
{
    char email[32], named[64] = "";
    const char *subject = campaign->subjects[deal->email_n % 5];

    snprintf(email, sizeof(email), "e-%03u-%u", deal->number, ++deal->email_n);
    if (!sample_chance(&deal->random, 8)) /* else written by hand */
        snprintf(named, sizeof(named), "\"campaign\":\"%s\",", campaign->name);
    sample_add(deal, "email", "\"emailSent\":{\"email\":\"%s\",%s\"subject\":\"%s\"}", email, named,
               subject);
    if (last || sample_chance(&deal->random, campaign->opened))
        open_mail(deal, email, deal->now_us);
    if (last) {
        sample_wait_days(deal, 1, 4);
        sample_add(deal, "email", "\"emailReplied\":{\"email\":\"%s\"}", email);
    }
}

static void try_other_way(struct sample_deal *deal)
{
    size_t last = sizeof(ways) / sizeof(*ways) - 1;
    const struct way *way = &ways[sample_between(&deal->random, 0, (int64_t)last)];

    sample_wait_days(deal, 1, 3);
    sample_add(deal, "lead", "\"outreachAttempted\":{\"channel\":\"%s\",\"note\":\"%s\"}",
               way->channel, way->note);
}

bool sample_reach_out(struct sample_deal *deal)
{
    const struct campaign *campaign;
    bool interest;
    int64_t mails;

    sample_wait_minutes(deal, 2, 40);
    campaign = enroll(deal, campaign_on(sample_today(deal)));
    interest = sample_chance(&deal->random, campaign->interested);
    sample_try(deal, interest);
    mails = sample_between(&deal->random, interest ? 3 : 5, interest ? 7 : 9);
    for (; mails > 0; mails--) {
        sample_wait_days(deal, 2, 6);
        send_mail(deal, campaign, interest && mails == 1);
        if (sample_chance(&deal->random, 18))
            try_other_way(deal);
    }
    if (interest)
        sample_wait_minutes(deal, 20, 300);
    else
        sample_wait_days(deal, 8, 24);
    return interest;
}
