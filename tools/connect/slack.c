/* tools/connect/slack.c - leads out of channels of Slack: the messages that a workflow posts there.
 *
 * A channel is listed newest first, and only as far back as the plan and the channel's retention
 * keep it. So a walk that is broken off is gone on with below where it was, and each run reads the
 * last days again: a message shows its edit in the same place, a deleted one is just not listed. Of
 * a message nothing is kept but campaign and channel, its time, and whose it is by its raw id. */
#include "tools/connect/slack.h"

#include "tools/connect/paging.h"

#include <inttypes.h>

#define HISTORY "GET /conversations.history"
enum { PAGE = 200 };

/* From the newest message of a channel down, or from where an earlier run stopped. */
struct walk {
    struct slack_reading *reading;
    struct bc_str channel;
    json_t *state;         /* of the channel */
    int64_t low_us, at_us; /* what lies between them is still to be read; -1: no end */
    int64_t top_us;        /* the newest message; -1: none yet */
    int64_t begun_us;      /* at_us at the beginning */
    bool limited;          /* the service says that it hides older ones */
};

static const struct connect_kind undated = { "undated", "message has no time: left out",
                                             "messages have no time: left out" };
static const struct connect_kind beyond = {
    "beyondHorizon", "lead is older than what Slack still shows of its channel: not compared",
    "leads are older than what Slack still shows of their channels: not compared"
};
static const struct connect_kind hidden = {
    "olderHidden",
    "channel has older messages that the plan hides: they are not read, as if there were none",
    "channels have older messages that the plan hides: they are not read, as if there were none"
};

/* ---- a walk ---- */

/* "1738573963.000219": of a message its id, too. */
static bool is_ts(struct bc_str text)
{
    return text.len > 7 && text.at[text.len - 7] == '.';
}

static void put_us(json_t *state, const char *key, int64_t us)
{
    char text[40];

    snprintf(text, sizeof(text), "%" PRId64 ".%06" PRId64, us / BC_SECOND_US, us % BC_SECOND_US);
    json_object_set_new(state, key, json_string(text));
}

static int64_t get_us(const json_t *state, const char *key)
{
    int64_t us;

    return connect_instant(&us, state, key) ? us : -1;
}

static void keep_place(const struct walk *walk)
{
    if (walk->top_us < 0)
        return;
    put_us(walk->state, "top", walk->top_us);
    put_us(walk->state, "at", walk->at_us);
    if (walk->low_us >= 0)
        put_us(walk->state, "low", walk->low_us);
}

static void keep_end(const struct walk *walk)
{
    const int64_t now_us = walk->reading->run->now_us, before_us = get_us(walk->state, "to");
    const int64_t to_us = walk->top_us > before_us ? walk->top_us : before_us;

    json_object_del(walk->state, "top");
    json_object_del(walk->state, "at");
    json_object_del(walk->state, "low");
    if (to_us >= 0)
        put_us(walk->state, "to", to_us < now_us ? to_us : now_us);
}

static bc_status take_page(struct walk *walk, const json_t *messages, struct bc_err *err)
{
    struct connect_run *run = walk->reading->run;
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < json_array_size(messages); i++) {
        const json_t *message = json_array_get(messages, i);
        const struct bc_str ts = connect_text(run, message, "ts");
        int64_t us, top_us;

        run->objects++;
        if (!is_ts(ts) || !connect_instant(&us, message, "ts")) {
            connect_note(run, &undated, (struct bc_str){ 0 });
            continue;
        }
        top_us = connect_not_ahead(run, us);
        walk->top_us = top_us > walk->top_us ? top_us : walk->top_us;
        walk->at_us = walk->at_us < 0 || us < walk->at_us ? us : walk->at_us;
        rc = slack_tell(walk->reading, walk->channel, message, ts, us, err);
    }
    if (rc < 0)
        return rc;
    keep_place(walk);
    return connect_portion(run, err);
}

static void ask_for(struct bc_buf *path, const struct walk *walk, int64_t latest_us,
                    const char *cursor)
{
    bc_buf_printf(path, "/conversations.history?channel=%.*s&limit=%d&include_all_metadata=true",
                  BC_STR_ARG(walk->channel), PAGE);
    if (walk->low_us >= 0)
        bc_buf_printf(path, "&oldest=%" PRId64 ".%06" PRId64, walk->low_us / BC_SECOND_US,
                      walk->low_us % BC_SECOND_US);
    if (latest_us >= 0)
        bc_buf_printf(path, "&latest=%" PRId64 ".%06" PRId64, latest_us / BC_SECOND_US,
                      latest_us % BC_SECOND_US);
    if (cursor)
        http_query_add(path, "cursor", cursor);
}

/* What to ask next of a listing. */
struct place {
    int64_t latest_us;  /* as the cursor's listing was asked; -1: none */
    const char *cursor; /* NULL: a new listing */
    struct http_pages pages;
    bool more;
};

/* A cursor does not live long, and then the listing begins anew where it was. Answers are known
 * that say that there is more, and have no cursor. */
static bc_status follow(struct place *place, const struct walk *walk, const json_t *root,
                        const json_t *messages, struct bc_err *err)
{
    const bool stale = !json_is_true(json_object_get(root, "ok"));
    const json_t *meta = NULL;
    const char *cursor = NULL;
    bool more = false;
    bc_status rc = connect_paging_object(&meta, root, "response_metadata", HISTORY, err);

    if (rc == BC_OK)
        rc = connect_paging_text(&cursor, meta, "next_cursor", HISTORY, err);
    if (rc == BC_OK)
        rc = connect_paging_flag(&more, root, "has_more", HISTORY, err);
    if (rc < 0)
        return rc;
    place->more = true;
    if (!stale && cursor && *cursor)
        return http_pages_follow(&place->pages, &place->cursor, cursor,
                                 http_pages_new(&place->pages, messages, "ts"), err);
    if (stale && !place->cursor)
        return bc_err_set(err, BC_E_REMOTE,
                          HISTORY ": the service says that a cursor is invalid, and none was sent");
    place->more = stale || (json_array_size(messages) > 0 && more);
    if (place->more && !stale && walk->at_us == place->latest_us)
        return bc_err_set(err, BC_E_REMOTE,
                          HISTORY ": there is more, and the answer does not say where");
    place->cursor = NULL;
    place->latest_us = walk->at_us;
    return BC_OK;
}

static bc_status read_page(struct walk *walk, struct place *place, struct bc_err *err)
{
    struct http_answer answer;
    struct bc_buf path = { 0 };
    const json_t *messages;
    bc_status rc;

    ask_for(&path, walk, place->latest_us, place->cursor);
    rc = connect_get(walk->reading->run, &answer, &path, NULL, err);
    messages = json_object_get(answer.root, "messages");
    if (rc == BC_OK && json_is_true(json_object_get(answer.root, "ok")) && !json_is_array(messages))
        rc = bc_err_set(err, BC_E_REMOTE, HISTORY ": the answer has no \"messages\"");
    if (json_is_true(json_object_get(answer.root, "is_limited")))
        walk->limited = true;
    if (rc == BC_OK)
        rc = take_page(walk, messages, err);
    if (rc == BC_OK)
        rc = follow(place, walk, answer.root, messages, err);
    http_answer_release(&answer);
    return rc;
}

/* What the ledger has in the range that was read, and the service has not. What is older than all
 * that it shows says nothing. */
static void look_for_gone(const struct walk *walk)
{
    struct connect_run *run = walk->reading->run;
    const struct bc_str prefix = connect_print(run, "%.*s/%.*s/", BC_STR_ARG(walk->reading->team),
                                               BC_STR_ARG(walk->channel));

    for (size_t i = 0; i < connect_known_objects(run->known); i++) {
        const struct connect_object *object = connect_known_object_at(run->known, i);
        json_t *ts;
        int64_t us;

        if (!object->bodies || !bc_str_begins(object->ref, prefix) ||
            connect_is_listed(run, object->ref))
            continue;
        ts = json_pack("{s:s%}", "ts", object->ref.at + prefix.len, object->ref.len - prefix.len);
        us = get_us(ts, "ts");
        json_decref(ts);
        if (us <= walk->low_us || (walk->begun_us >= 0 && us >= walk->begun_us))
            continue;
        if (us < walk->at_us || walk->at_us < 0)
            connect_note(run, &beyond, object->ref);
        else
            connect_listed_all(run, connect_print(run, "%.*s", BC_STR_ARG(object->ref)).at);
    }
}

static bc_status take_walk(struct walk *walk, struct bc_err *err)
{
    struct place place = { .latest_us = walk->at_us, .more = true };
    bc_status rc = BC_OK;

    walk->begun_us = walk->at_us;
    while (rc == BC_OK && place.more)
        rc = read_page(walk, &place, err);
    http_pages_release(&place.pages);
    if (rc < 0)
        return rc;
    if (walk->limited)
        connect_note(walk->reading->run, &hidden, walk->channel);
    look_for_gone(walk);
    keep_end(walk);
    return connect_portion(walk->reading->run, err);
}

/* ---- the service ---- */

static json_t *state_of(struct connect_run *run, struct bc_str team, struct bc_str channel)
{
    const struct bc_str key =
        connect_print(run, "%.*s/%.*s", BC_STR_ARG(team), BC_STR_ARG(channel));
    json_t *state = json_object_get(run->state, key.at);

    if (!json_is_object(state)) {
        state = json_object();
        json_object_set_new(run->state, key.at, state);
    }
    return state;
}

/* What a walk left unread is read first, so that nothing below it is missed. */
static bc_status read_channel(struct slack_reading *reading, struct bc_str channel,
                              struct bc_err *err)
{
    json_t *state = state_of(reading->run, reading->team, channel);
    const int64_t back_us = reading->account->look_back_us;
    struct walk walk = { .reading = reading, .channel = channel, .state = state };
    bc_status rc = BC_OK;
    int64_t to_us;

    walk.at_us = get_us(state, "at");
    walk.top_us = get_us(state, "top");
    walk.low_us = get_us(state, "low");
    if (walk.at_us >= 0 && walk.top_us >= 0)
        rc = take_walk(&walk, err);
    to_us = connect_not_ahead(reading->run, get_us(state, "to"));
    walk.at_us = walk.top_us = -1;
    walk.low_us = to_us < 0 ? -1 : to_us > back_us ? to_us - back_us : 0;
    return rc == BC_OK ? take_walk(&walk, err) : rc;
}

static bc_status read(struct connect_run *run, struct bc_err *err)
{
    struct slack_reading reading = { .run = run, .account = run->account->own };
    struct http_answer who;
    struct bc_buf path = { 0 };
    bc_status rc;

    bc_buf_add_str(&path, BC_STR("/auth.test"));
    rc = connect_get(run, &who, &path, NULL, err);
    reading.team = bc_arena_copy(run->keep, connect_text(run, who.root, "team_id"));
    reading.url = bc_arena_copy(run->keep, connect_text(run, who.root, "url"));
    http_answer_release(&who);
    if (rc == BC_OK && reading.team.len == 0)
        rc = bc_err_set(err, BC_E_REMOTE, "GET /auth.test: the answer has no \"team_id\"");
    for (size_t i = 0; rc == BC_OK && i < reading.account->channel_n; i++) {
        rc = read_channel(&reading, reading.account->channels[i], err);
        if (rc < 0)
            rc = bc_err_in(err, rc, "channel %.*s", BC_STR_ARG(reading.account->channels[i]));
    }
    slack_text_release(&reading.text);
    return rc;
}

static bool is_read(const struct slack_account *account, struct bc_str channel)
{
    for (size_t i = 0; i < account->channel_n; i++)
        if (bc_str_eq(account->channels[i], channel))
            return true;
    return false;
}

/* A message as it was posted. Of one that was edited or deleted the service says more when it is
 * read. */
static bc_status deliver(struct connect_run *run, const json_t *body, struct bc_err *err)
{
    const json_t *event = json_object_get(body, "event");
    const struct bc_str channel = connect_text(run, event, "channel");
    const struct bc_str ts = connect_text(run, event, "ts");
    struct slack_reading reading = { .run = run, .account = run->account->own };
    int64_t us;
    bc_status rc;

    reading.team = connect_text(run, body, "team_id");
    if (!bc_str_eq(connect_text(run, event, "type"), BC_STR("message")) ||
        json_object_get(event, "message") || json_object_get(event, "deleted_ts") ||
        !is_read(reading.account, channel) || reading.team.len == 0 || !is_ts(ts) ||
        !connect_instant(&us, event, "ts"))
        return BC_DONE;
    rc = slack_tell(&reading, channel, event, ts, us, err);
    slack_text_release(&reading.text);
    return rc;
}

static const char *const forms[] = { "/archives/", NULL };
static const char *const domains[] = { "slack.com", "slack-gov.com", NULL };

const struct connector connector_slack = {
    .word = "slack",
    .system = "slack",
    .title = "Slack",
    .base_url = "https://slack.com/api",
    .domains = domains,
    .forms = forms,
    .token_variable = "SLACK_TOKEN",
    .auth = HTTP_BEARER,
    .service = &slack_service,
    .in_flight_max = 1,
    .limit_n = 45, /* of 50 a minute */
    .limit_us = INT64_C(60) * BC_SECOND_US,
    .keys = slack_keys,
    .key_n = SLACK_KEY_N,
    .take_account = slack_take_account,
    .read = read,
    .deliver = deliver,
    .discover = slack_discover,
    .look = { "channel", "ID",
              "with --discover: whose messages are looked at for the labels of a form" },
};
