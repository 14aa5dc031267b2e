/* tools/http/http.c - requests: queued, sent, judged, sent again, answered.
 *
 * A request is in the queue or in flight. One that is to be sent again goes back to the queue's
 * head, with the instant before which it stays there; the queue is searched from its head for one
 * that may go now. */
#include "tools/http/http.h"

#include "tools/http/http_body.h"
#include "tools/http/http_judge.h"
#include "tools/http/http_pace.h"
#include "tools/http/http_trace.h"
#include "tools/http/http_wire.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#define SECOND_US     INT64_C(1000000)
#define HOUR_US       (3600 * SECOND_US)
#define WAIT_BASE_US  SECOND_US
#define WAIT_GROWN_US (60 * SECOND_US) /* the longest of the growing waits */
#define POLL_US       SECOND_US
#define UNHEARD_TRIES 3 /* tries while the service never answered: its name may be mistyped */

struct question {
    struct http_request is; /* its path and body are ours, as below */
    char *path;
    struct bc_str body; /* NULL at: a GET */
    http_take_fn *take;
    void *payload;
    unsigned tries, token_n; /* with which token it was sent last */
    int64_t due_us;
    struct question *next;
};

struct http_client {
    struct http_opts opts; /* with its defaults filled in; base_url is not read again */
    char *token, *former;  /* `former`: of answers still under way; NULL: none */
    unsigned token_n;
    bool renewed; /* and no answer came under this token yet */
    struct http_clock clock;
    http_wire *wire;
    struct http_pace pace;
    struct http_counts counts;
    bool begun;                    /* http_run was called */
    int64_t begun_us;              /* when first */
    int64_t answered_us;           /* when the last answer was taken, or this http_run began */
    char trouble[600];             /* why there was none since; "" if there was no reply */
    bool heard;                    /* has the service ever answered, in whatever way? */
    struct question *head, **tail; /* the queue */
    struct question **flying;      /* in_flight_max of them, NULL where none is */
};

static int64_t now_us(const http_client *client)
{
    return client->clock.now_us(client->clock.state);
}

static void scrub(const http_client *client, char *text)
{
    http_scrub(text, client->token);
    if (client->former)
        http_scrub(text, client->former);
}

/* Before the next of so many tries; not all come at once. */
static int64_t grown_wait(http_client *client, unsigned tries)
{
    int64_t us = WAIT_BASE_US;

    for (unsigned i = 1; i < tries && us < WAIT_GROWN_US; i++)
        us *= 2;
    us = us > WAIT_GROWN_US ? WAIT_GROWN_US : us;
    return (int64_t)((double)us * (0.5 + client->clock.chance(client->clock.state) / 2));
}

/* ---- the client ---- */

static int64_t or_else(int64_t n, int64_t otherwise)
{
    return n > 0 ? n : otherwise;
}

static void fill_defaults(struct http_opts *opts)
{
    opts->in_flight_max = opts->in_flight_max ? opts->in_flight_max : 4;
    opts->limit_n = opts->limit_n ? opts->limit_n : 100;
    opts->tries_max = opts->tries_max ? opts->tries_max : 8;
    opts->body_max = opts->body_max ? opts->body_max : (size_t)64 << 20;
    opts->limit_us = or_else(opts->limit_us, 10 * SECOND_US);
    opts->give_up_us = or_else(opts->give_up_us, 300 * SECOND_US);
    opts->total_max_us = or_else(opts->total_max_us, 6 * HOUR_US);
    opts->connect_max_us = or_else(opts->connect_max_us, 20 * SECOND_US);
    opts->answer_max_us = or_else(opts->answer_max_us, 120 * SECOND_US);
}

bc_status http_client_new(http_client **out, const struct http_opts *opts, struct bc_err *err)
{
    struct http_opts filled = *opts;
    http_wire *wire = NULL;

    json_set_alloc_funcs(bc_malloc, free); /* so jansson does not run out of memory either */
    fill_defaults(&filled);
    bc_status rc = http_wire_new(&wire,
                                 &(struct http_wire_opts){
                                     .base_url = filled.base_url,
                                     .token = filled.token,
                                     .in_flight_max = filled.in_flight_max,
                                     .connect_max_us = filled.connect_max_us,
                                     .answer_max_us = filled.answer_max_us,
                                     .body_max = filled.body_max,
                                 },
                                 err);
    if (rc < 0)
        return rc;
    http_client *client = bc_calloc(1, sizeof(*client));

    client->wire = wire;
    client->token = bc_strdup(bc_str_of(filled.token));
    client->opts = filled;
    client->opts.token = client->token;
    client->opts.base_url = NULL;
    client->clock = filled.clock ? *filled.clock : http_clock_system;
    client->tail = &client->head;
    client->flying = bc_calloc(filled.in_flight_max, sizeof(struct question *));
    http_pace_init(&client->pace, filled.limit_n, filled.limit_us);
    *out = client;
    return BC_OK;
}

static void question_free(struct question *question)
{
    if (!question)
        return;
    free((char *)(uintptr_t)question->body.at);
    free(question->path);
    free(question);
}

/* Drops all requests. */
static void drop_questions(http_client *client)
{
    while (client->head) {
        struct question *next = client->head->next;

        question_free(client->head);
        client->head = next;
    }
    client->tail = &client->head;
}

void http_client_free(http_client *client)
{
    if (!client)
        return;
    http_wire_free(client->wire);
    for (unsigned i = 0; i < client->opts.in_flight_max; i++)
        question_free(client->flying[i]);
    drop_questions(client);
    http_token_free(client->token);
    http_token_free(client->former);
    free(client->flying);
    free(client);
}

struct http_counts http_client_counts(const http_client *client)
{
    return client->counts;
}

void http_refusal_add(const http_client *client, struct bc_buf *out, int status, const json_t *root)
{
    struct bc_buf text = { 0 };
    const char *said = http_body_text(root, "message");
    bool known = http_body_scopes(&text, root);

    if (!known && *said)
        bc_buf_printf(&text, ", %.300s", said);
    bc_buf_add_byte(&text, '\0');
    scrub(client, text.at); /* the service may quote it */
    bc_buf_printf(out, "%d%s%s", status, known ? ", missing scope " : "", text.at);
    bc_buf_release(&text);
}

void http_ask(http_client *client, const struct http_request *request, http_take_fn *take,
              void *payload)
{
    struct question *question = bc_calloc(1, sizeof(*question));

    assert(request->path[0] == '/' && request->path[1] != '/');
    question->path = bc_strdup(bc_str_of(request->path));
    if (request->body) {
        char *text = json_dumps(request->body, JSON_COMPACT);

        assert(text); /* an object of ours */
        question->body = bc_str_of(text);
    }
    question->is = *request;
    question->is.path = question->path;
    question->is.body = NULL;
    if (request->again)
        question->due_us = now_us(client) + grown_wait(client, request->again);
    question->take = take;
    question->payload = payload;
    *client->tail = question;
    client->tail = &question->next;
}

/* ---- sending ---- */

static void send_one(http_client *client, struct question *question)
{
    struct question **slot = client->flying;

    while (*slot)
        slot++;
    *slot = question;
    question->tries++;
    question->token_n = client->token_n;
    client->counts.requests++;
    client->counts.retries += question->tries > 1 || question->is.again > 0;
    http_pace_sent(&client->pace, question->is.lane, now_us(client));
    http_wire_send(client->wire, question, question->path, question->body);
}

/* Sends what may go. Returns when the next one may; INT64_MAX: when another reply is in. */
static int64_t send_due(http_client *client)
{
    struct question **at = &client->head;
    int64_t next_us = INT64_MAX;

    while (*at && http_wire_in_flight(client->wire) < client->opts.in_flight_max) {
        struct question *question = *at;
        int64_t now = now_us(client);
        int64_t free_us = http_pace_due(&client->pace, HTTP_ORDINARY, now);
        int64_t due_us = http_pace_due(&client->pace, question->is.lane, now);

        if (free_us > now) /* then none may, in any lane */
            return free_us;
        due_us = due_us > question->due_us ? due_us : question->due_us;
        if (due_us > now) {
            next_us = due_us < next_us ? due_us : next_us;
            at = &question->next;
            continue;
        }
        *at = question->next;
        if (client->tail == &question->next)
            client->tail = at;
        question->next = NULL;
        send_one(client, question);
    }
    return next_us;
}

static void stand_by(http_client *client, int64_t until_us)
{
    int64_t now = now_us(client);
    int64_t wait_us = until_us > now ? until_us - now : 0;

    wait_us = wait_us > POLL_US ? POLL_US : wait_us;
    if (http_wire_in_flight(client->wire) > 0) {
        http_wire_wait(client->wire, wait_us);
    } else {
        client->clock.sleep_us(client->clock.state, wait_us);
        client->counts.waited_us += now_us(client) - now;
    }
}

/* ---- replies ---- */

static int64_t wait_before(http_client *client, const struct question *question, int64_t said_us)
{
    double chance = client->clock.chance(client->clock.state);
    int64_t grown_us = grown_wait(client, question->tries);

    said_us = (int64_t)((double)said_us * (1 + chance / 10));
    return grown_us > said_us ? grown_us : said_us;
}

/* Puts a request back at the queue's head, unless its tries or the time are used up. */
static bc_status ask_again(http_client *client, struct question *question,
                           const struct http_judged *judged, struct bc_err *err)
{
    unsigned tries_max = client->opts.tries_max;

    if (!client->heard && tries_max > UNHEARD_TRIES)
        tries_max = UNHEARD_TRIES;
    if (judged->tries_max && judged->tries_max < tries_max)
        tries_max = judged->tries_max;
    if (question->tries >= tries_max)
        return bc_err_in(err, BC_E_REMOTE, "asked %u times", question->tries);
    if (judged->wait_us > client->opts.give_up_us)
        return bc_err_in(err, BC_E_REMOTE, "it asks to try again in %" PRId64 " seconds",
                         judged->wait_us / SECOND_US);
    (void)snprintf(client->trouble, sizeof(client->trouble), "%.599s", err->message);
    question->due_us = now_us(client) + wait_before(client, question, judged->wait_us);
    if (judged->hold)
        http_pace_hold(&client->pace, judged->hold_lane, question->due_us);
    question->next = client->head;
    client->head = question;
    if (!question->next)
        client->tail = &question->next;
    return BC_OK;
}

/* Puts a request whose token was refused back, with a fresh one. */
static bc_status ask_afresh(http_client *client, struct question *question, struct bc_err *err)
{
    char *fresh = NULL;
    bc_status rc = BC_OK;

    if (question->token_n == client->token_n) { /* else another one has renewed it already */
        if (client->renewed)
            return bc_err_in(err, BC_E_REMOTE, "with a fresh token, too");
        *err = (struct bc_err){ 0 };
        rc = client->opts.fresh_token(client->opts.fresh_payload, &fresh, err);
        if (rc == BC_OK)
            rc = http_wire_set_token(client->wire, fresh, err);
        if (rc < 0) {
            http_token_free(fresh);
            return rc;
        }
        http_token_free(client->former);
        client->former = client->token;
        client->token = fresh;
        client->opts.token = fresh;
        client->token_n++;
        client->renewed = true;
    }
    question->next = client->head;
    client->head = question;
    if (!question->next)
        client->tail = &question->next;
    return BC_OK;
}

static void trace(http_client *client, const struct question *question,
                  const struct http_reply *reply, const struct http_judged *judged,
                  const struct bc_err *err)
{
    if (!client->opts.trace)
        return;
    http_trace(client->opts.trace, &(struct http_traced){
                                       .path = question->path,
                                       .problem = judged->root ? "" : err->message,
                                       .token = client->token,
                                       .question = question->body,
                                       .answer = judged->root,
                                       .nth = question->tries,
                                       .status = reply->status,
                                       .bytes = reply->body.len,
                                   });
}

static void note(http_client *client, struct question *question, const struct http_reply *reply)
{
    struct question **slot = client->flying;

    while (*slot != question)
        slot++;
    *slot = NULL;
    client->heard = client->heard || reply->status != 0;
    client->counts.body_bytes += reply->body.len;
    http_pace_told(&client->pace, reply->limit_n, reply->limit_left, reply->limit_us,
                   now_us(client));
}

static bc_status settle(http_client *client, struct question *question,
                        const struct http_reply *reply, struct bc_err *err)
{
    bc_status rc = BC_E_REMOTE;

    note(client, question, reply);
    *err = (struct bc_err){ 0 };
    struct http_judged judged = http_judge(&question->is, reply, err);

    scrub(client, err->message);
    trace(client, question, reply, &judged, err);
    switch (judged.verdict) {
    case HTTP_TAKE:
        client->counts.answers++;
        client->renewed &= question->token_n != client->token_n;
        rc = question->take(question->payload, reply->status, judged.root, err);
        client->answered_us = now_us(client);
        client->trouble[0] = '\0';
        break;
    case HTTP_AGAIN:
        if (judged.token_refused && client->opts.fresh_token)
            rc = ask_afresh(client, question, err);
        else
            rc = ask_again(client, question, &judged, err);
        break;
    case HTTP_FAIL:
        break;
    }
    json_decref(judged.root);
    if (rc < 0) {
        bc_err_in(err, rc, "%s %.*s", question->body.at ? "POST" : "GET",
                  (int)strcspn(question->path, "?"), question->path);
        scrub(client, err->message); /* the callback's error may quote it */
        scrub(client, err->context);
    }
    if (rc < 0 || judged.verdict == HTTP_TAKE)
        question_free(question);
    return rc;
}

static void drop_all(http_client *client)
{
    http_wire_drop(client->wire);
    for (unsigned i = 0; i < client->opts.in_flight_max; i++) {
        question_free(client->flying[i]);
        client->flying[i] = NULL;
    }
    drop_questions(client);
}

static bc_status settle_all(http_client *client, struct bc_err *err)
{
    const struct http_reply *reply;
    bc_status rc = BC_OK;
    void *tag;

    while (rc >= 0 && http_wire_next(client->wire, &tag, &reply))
        rc = settle(client, tag, reply, err);
    return rc;
}

static bc_status check_patience(const http_client *client, struct bc_err *err)
{
    int64_t now = now_us(client);

    if (now - client->answered_us > client->opts.give_up_us)
        return bc_err_set(err, BC_E_REMOTE,
                          "the service gave no answer for %" PRId64 " seconds%s%s",
                          client->opts.give_up_us / SECOND_US,
                          client->trouble[0] ? "; the last was: " : "", client->trouble);
    if (now - client->begun_us > client->opts.total_max_us)
        return bc_err_set(err, BC_E_REMOTE, "not done after %" PRId64 " seconds",
                          client->opts.total_max_us / SECOND_US);
    return BC_OK;
}

bc_status http_run(http_client *client, struct bc_err *err)
{
    struct bc_err unasked;
    bc_status rc = BC_OK;

    err = err ? err : &unasked;
    client->answered_us = now_us(client);
    client->begun_us = client->begun ? client->begun_us : client->answered_us;
    client->begun = true;
    while (rc >= 0 && (client->head || http_wire_in_flight(client->wire) > 0)) {
        int64_t next_us = send_due(client);

        if (client->opts.progress)
            client->opts.progress(client->opts.progress_payload, &client->counts);
        stand_by(client, next_us);
        rc = settle_all(client, err);
        if (rc >= 0 && (client->head || http_wire_in_flight(client->wire) > 0))
            rc = check_patience(client, err);
    }
    if (rc < 0)
        drop_all(client);
    return rc < 0 ? rc : BC_OK;
}
