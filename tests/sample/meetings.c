/* Meetings: planned, moved, missed, held. */
#include "tests/sample/stories.h"

#include <stdio.h>

struct meeting {
    char id[32];
    char type[32]; /* "" or "\"type\":\"discovery\"," */
    const char *title;
};

static size_t log_meeting(struct sample_deal *deal, const struct meeting *meeting,
                          int64_t starts_us, const char *outcome)
{
    char at[BC_INSTANT_LEN];

    bc_instant_print_short(at, starts_us);
    return sample_add(deal, "meeting",
                      "\"meetingLogged\":{\"meeting\":\"%s\",\"startsAt\":\"%s\","
                      "\"outcome\":\"%s\",%s\"title\":\"%s\"}",
                      meeting->id, at, outcome, meeting->type, meeting->title);
}

/* A date some days ahead, on the half hour. */
static int64_t plan(struct sample_deal *deal, const struct meeting *meeting)
{
    int32_t day =
        sample_weekday(sample_today(deal) + (int32_t)sample_between(&deal->random, 3, 12));
    int64_t starts_us = day * BC_DAY_US + 9 * SAMPLE_HOUR_US +
                        sample_between(&deal->random, 0, 14) * 30 * SAMPLE_MINUTE_US;

    log_meeting(deal, meeting, starts_us, "scheduled");
    return starts_us;
}

/* Held, and now and then first noted down as missed. */
static void hold(struct sample_deal *deal, const struct meeting *meeting, int64_t starts_us)
{
    size_t wrong, right, taken_back;

    if (!sample_chance(&deal->random, 5)) {
        log_meeting(deal, meeting, starts_us, "completed");
        return;
    }
    wrong = log_meeting(deal, meeting, starts_us, "no_show");
    sample_wait_days(deal, 1, 3);
    taken_back = sample_retract(deal, wrong, "they were there, in the other room");
    right = log_meeting(deal, meeting, starts_us, "completed");
    sample_together(deal->world, taken_back, right);
}

bool sample_meet(struct sample_deal *deal, const char *type)
{
    struct meeting meeting = { .title = "First talk" };
    int64_t starts_us, roll;

    if (strcmp(type, "discovery") != 0)
        meeting.title = strcmp(type, "proposal") == 0 ? "The offer" : "The next year";
    else if (deal->meeting_n > 0)
        meeting.title = "How they work today";
    snprintf(meeting.id, sizeof(meeting.id), "m-%03u-%u", deal->number, ++deal->meeting_n);
    if (sample_chance(&deal->random, 72))
        snprintf(meeting.type, sizeof(meeting.type), "\"type\":\"%s\",", type);

    starts_us = plan(deal, &meeting);
    roll = sample_between(&deal->random, 0, 99);
    if (roll < 10) {
        deal->now_us = starts_us - sample_between(&deal->random, 2, 30) * SAMPLE_HOUR_US;
        log_meeting(deal, &meeting, starts_us, "rescheduled");
        sample_wait_minutes(deal, 5, 90);
        starts_us = plan(deal, &meeting);
    }
    deal->now_us = starts_us;
    sample_wait_minutes(deal, 50, 200);
    if (roll >= 82) {
        log_meeting(deal, &meeting, starts_us, roll < 92 ? "no_show" : "canceled");
        return false;
    }
    hold(deal, &meeting, starts_us);
    return true;
}
