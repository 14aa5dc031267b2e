#include "tools/connect/slack.h"

enum { ANSWER_MAX = 200 };

static const struct connect_kind others = { "messagesOfOthers",
                                            "message is of none that `from` names: left out",
                                            "messages are of none that `from` names: left out" };
static const struct connect_kind unmatched = {
    "withoutFields", "message has none of the labels that `fields` names: left out",
    "messages have none of the labels that `fields` names: left out"
};
static const struct connect_kind replies = { "replies", "reply in a thread: left out",
                                             "replies in threads: left out" };
static const struct connect_kind tombstones = {
    "deletedWithReplies", "message was deleted, and only its replies are there: no lead is told",
    "messages were deleted, and only their replies are there: no lead is told"
};
static const struct connect_kind long_answers = {
    "longAnswers", "answer is too long for a campaign or channel: left empty",
    "answers are too long for a campaign or channel: left empty"
};
static const struct connect_kind told_alone = {
    "toldWithoutDeal", "lead is of no known deal: told without one, as `without_deal` says",
    "leads are of no known deal: told without one, as `without_deal` says"
};

bool slack_has_app(struct connect_run *run, const json_t *message)
{
    return connect_text(run, message, "bot_id").len || connect_text(run, message, "app_id").len ||
           connect_text(run, message, "workflow_id").len;
}

/* By any of its names: of a workflow the id of its bot changes from run to run. */
static bool is_from(struct connect_run *run, const struct slack_account *account,
                    const json_t *message)
{
    static const char *const names[] = { "workflow_id", "username", "app_id", "bot_id", "user" };
    const json_t *profile = json_object_get(message, "bot_profile");

    for (size_t i = 0; i < account->from_n; i++) {
        const struct bc_str from = account->from[i];

        for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
            if (bc_str_eq(connect_text(run, message, names[n]), from))
                return true;
        if (bc_str_eq(connect_text(run, profile, "name"), from) ||
            bc_str_eq(connect_text(run, profile, "app_id"), from))
            return true;
    }
    return account->from_n == 0 && slack_has_app(run, message);
}

/* The answer under the first of the labels that has one. True: one of them is there. */
static bool answer_of(struct bc_str *answer, const struct slack_reading *reading,
                      enum slack_asked asked)
{
    const struct slack_labels *labels = &reading->account->labels[asked];
    bool found = false;

    *answer = (struct bc_str){ 0 };
    for (size_t i = 0; i < labels->n && answer->len == 0; i++)
        found |= slack_text_answer(answer, &reading->text, labels->at[i]);
    return found;
}

/* A message as it is told. */
struct lead {
    struct bc_str ref, id;
    struct bc_str answers[SLACK_ASKED_N];
    struct connect_clues clues;
};

/* Its address, for links.yaml; then the deals that it links to, and no other address in it. */
static void gather_clues(struct lead *lead, const struct slack_reading *reading,
                         struct bc_str channel, struct bc_str ts)
{
    struct connect_clues all = { 0 };
    struct bc_str digits = { ts.at, ts.len - 7 }, decimals = { ts.at + ts.len - 6, 6 };

    connect_clue(&lead->clues, CONNECT_OBJECT, lead->ref);
    if (reading->url.len)
        connect_clue(&lead->clues, CONNECT_OBJECT,
                     connect_print(reading->run, "%.*sarchives/%.*s/p%.*s%.*s",
                                   BC_STR_ARG(reading->url), BC_STR_ARG(channel),
                                   BC_STR_ARG(digits), BC_STR_ARG(decimals)));
    if (!memchr(lead->answers[SLACK_DEAL].at ? lead->answers[SLACK_DEAL].at : "", '/',
                lead->answers[SLACK_DEAL].len))
        connect_clue(&lead->clues, CONNECT_DEAL, lead->answers[SLACK_DEAL]);
    connect_clue_text(&all, bc_buf_str(&reading->text.links));
    connect_clue_text(&all, bc_buf_str(&reading->text.lines));
    for (size_t i = 0; i < all.n; i++)
        if (all.at[i].kind == CONNECT_DEAL)
            connect_clue(&lead->clues, CONNECT_DEAL, all.at[i].text);
}

static bc_status tell_lead(struct slack_reading *reading, struct lead *lead, const json_t *message,
                           int64_t us, struct bc_err *err)
{
    static const char *const names[] = {
        [SLACK_CAMPAIGN] = "campaign", [SLACK_CHANNEL] = "channel"
    };
    struct connect_run *run = reading->run;
    struct bc_event event = connect_event(run, BC_LEAD_CAPTURED, us, lead->ref);
    enum connect_tied tied;
    bc_status rc;

    event.id = lead->id;
    if (!slack_has_app(run, message))
        event.actor = connect_text(run, message, "user");
    for (unsigned i = SLACK_CAMPAIGN; i <= SLACK_CHANNEL; i++) {
        if (lead->answers[i].len <= ANSWER_MAX)
            connect_set(&event, names[i], lead->answers[i]);
        else
            connect_note(run, &long_answers, lead->ref);
    }
    connect_listed(run, lead->ref);
    connect_expect(run, lead->ref, BC_LEAD_CAPTURED, true);
    rc = connect_tell_tied(run, &event, &lead->clues, &tied, err);
    if (rc == BC_OK && reading->account->record && tied != CONNECT_TIED &&
        tied != CONNECT_LEFT_OUT) {
        connect_note(run, &told_alone, lead->ref);
        rc = connect_tell(run, &event, err);
    }
    return rc == BC_OK ? connect_told_all(run, lead->ref, CONNECT_ALL_BODIES,
                                          "by what the message and the account file say now it is "
                                          "none",
                                          err)
                       : rc;
}

/* A message that is none, or is none any more. */
static bc_status tell_none(struct connect_run *run, const struct lead *lead, struct bc_err *err)
{
    const struct connect_object *object = connect_known_object(run->known, lead->ref);

    if (object && object->bodies) {
        connect_listed(run, lead->ref);
        connect_expect(run, lead->ref, BC_LEAD_CAPTURED, false);
    }
    return connect_told_all(run, lead->ref, CONNECT_ALL_BODIES, "the message is no lead any more",
                            err);
}

/* Why a message is no lead; NULL: it is one. */
static const struct connect_kind *why_none(struct slack_reading *reading, struct lead *lead,
                                           const json_t *message)
{
    struct connect_run *run = reading->run;
    bool there;

    if (!is_from(run, reading->account, message))
        return &others;
    slack_text_read(&reading->text, message);
    there = answer_of(&lead->answers[SLACK_CAMPAIGN], reading, SLACK_CAMPAIGN);
    there |= answer_of(&lead->answers[SLACK_CHANNEL], reading, SLACK_CHANNEL);
    (void)answer_of(&lead->answers[SLACK_DEAL], reading, SLACK_DEAL);
    return there ? NULL : &unmatched;
}

bool slack_is_reply(struct connect_run *run, const json_t *message, struct bc_str ts)
{
    const struct bc_str thread = connect_text(run, message, "thread_ts");

    return thread.len && !bc_str_eq(thread, ts) &&
           !bc_str_eq(connect_text(run, message, "subtype"), BC_STR("thread_broadcast"));
}

bc_status slack_tell(struct slack_reading *reading, struct bc_str channel, const json_t *message,
                     struct bc_str ts, int64_t us, struct bc_err *err)
{
    struct connect_run *run = reading->run;
    struct lead lead = { 0 };
    const struct connect_kind *why;

    lead.ref = connect_print(run, "%.*s/%.*s/%.*s", BC_STR_ARG(reading->team), BC_STR_ARG(channel),
                             BC_STR_ARG(ts));
    lead.id = connect_id(run, "%.*s", BC_STR_ARG(lead.ref));
    if (bc_str_eq(connect_text(run, message, "subtype"), BC_STR("tombstone"))) {
        connect_note(run, &tombstones, lead.ref);
        return BC_OK; /* and it is not listed: its event stands, and is said to be gone */
    }
    if (slack_is_reply(run, message, ts)) {
        connect_note(run, &replies, (struct bc_str){ 0 });
        return BC_OK;
    }
    why = why_none(reading, &lead, message);
    if (why) {
        connect_note(run, why, why == &others ? (struct bc_str){ 0 } : lead.ref);
        return tell_none(run, &lead, err);
    }
    gather_clues(&lead, reading, channel, ts);
    return tell_lead(reading, &lead, message, us, err);
}
