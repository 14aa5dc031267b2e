#include "projections/activity/last_activity.h"

struct bc_last_activity_words bc_last_activity_words(const bc_string_table *strings)
{
    return (struct bc_last_activity_words){
        .held = bc_string_table_find(strings, BC_STR("completed")),
        .scheduled = bc_string_table_find(strings, BC_STR("scheduled")),
        .rescheduled = bc_string_table_find(strings, BC_STR("rescheduled")),
    };
}

void bc_last_activity_ask(struct bc_walk *walk)
{
    walk->wants.kinds |= BC_FACT_BIT(BC_FACT_CREATED) | BC_FACT_BIT(BC_FACT_MEETING) |
                         BC_FACT_BIT(BC_FACT_EMAIL_SENT) | BC_FACT_BIT(BC_FACT_EMAIL_OPENED) |
                         BC_FACT_BIT(BC_FACT_REPLY) | BC_FACT_BIT(BC_FACT_ATTEMPT);
    walk->wants.emails_after_us = BC_WANTS_ALL.emails_after_us;
}

static void take(struct bc_last_activity *last, enum bc_body what, int64_t at_us, uint64_t seq)
{
    if (!last->what || bc_fold_order(last->at_us, last->seq, at_us, seq) < 0)
        *last = (struct bc_last_activity){ what, at_us, seq };
}

static bool is_creation(const struct bc_deal *deal, uint64_t seq)
{
    for (size_t i = 0; i < deal->creations.n; i++)
        if (deal->creations.at[i].seq == seq)
            return true;
    return false;
}

static void take_stages(struct bc_last_activity *last, const struct bc_deal *deal, int64_t as_of_us)
{
    for (size_t i = deal->visit_n; i-- > 0;) {
        const struct bc_visit *visit = &deal->visits[i];

        if (visit->observed || visit->entered_us > as_of_us)
            continue;
        take(last, is_creation(deal, visit->seq) ? BC_DEAL_CREATED : BC_STAGE_CHANGED,
             visit->entered_us, visit->seq);
        return;
    }
}

/* Versions of one meeting are adjacent; the last by then tells. */
static bool tells(const struct bc_activity *version, int64_t as_of_us)
{
    return version->occurred_us <= as_of_us && version->until_us > as_of_us;
}

static void take_meetings(struct bc_last_activity *last, const struct bc_deal *deal, uint32_t held,
                          int64_t as_of_us)
{
    for (size_t i = 0; i < deal->meeting_n; i++) {
        const struct bc_activity *meeting = &deal->meetings[i];

        if (tells(meeting, as_of_us) && meeting->outcome == held && meeting->starts_us <= as_of_us)
            take(last, BC_MEETING_LOGGED, meeting->starts_us, meeting->seq);
    }
}

static void take_emails(struct bc_last_activity *last, const struct bc_deal *deal, int64_t as_of_us)
{
    for (size_t i = 0; i < deal->email_n; i++)
        if (tells(&deal->emails[i], as_of_us))
            take(last, BC_EMAIL_SENT, deal->emails[i].occurred_us, deal->emails[i].seq);
    for (size_t i = 0; i < deal->open_n && deal->opens[i].occurred_us <= as_of_us; i++)
        take(last, BC_EMAIL_OPENED, deal->opens[i].occurred_us, deal->opens[i].seq);
}

static void take_learning(struct bc_last_activity *last, const struct bc_deal *deal,
                          int64_t as_of_us)
{
    for (size_t i = 0; i < deal->learning_n && deal->learning[i].occurred_us <= as_of_us; i++) {
        const struct bc_fact_at *fact = &deal->learning[i];

        if (fact->kind == BC_FACT_REPLY || fact->kind == BC_FACT_ATTEMPT)
            take(last, fact->kind == BC_FACT_REPLY ? BC_EMAIL_REPLIED : BC_OUTREACH_ATTEMPTED,
                 fact->occurred_us, fact->seq);
    }
}

struct bc_last_activity bc_last_activity_of(const struct bc_deal *deal,
                                            const struct bc_last_activity_words *words,
                                            int64_t as_of_us)
{
    struct bc_last_activity last = { BC_NO_BODY, 0, 0 };

    take_stages(&last, deal, as_of_us);
    take_meetings(&last, deal, words->held, as_of_us);
    take_emails(&last, deal, as_of_us);
    take_learning(&last, deal, as_of_us);
    return last;
}

int64_t bc_last_activity_next_meeting(const struct bc_deal *deal,
                                      const struct bc_last_activity_words *words, int64_t as_of_us)
{
    int64_t next_us = BC_NEVER;

    for (size_t i = 0; i < deal->meeting_n; i++) {
        const struct bc_activity *meeting = &deal->meetings[i];

        if (tells(meeting, as_of_us) && meeting->starts_us > as_of_us &&
            meeting->starts_us < next_us &&
            (meeting->outcome == words->scheduled || meeting->outcome == words->rescheduled))
            next_us = meeting->starts_us;
    }
    return next_us;
}
