/* tools/http/http.c - requests: queued, sent, judged, sent again, answered.
 *
 * A request is in the queue or in flight. One that is to be sent again goes back to the queue's
 * head, with the instant before which it stays there; the queue is searched from its head for one
 * that may go now. */
#include "tools/http/http.h"

#include "tools/http/http_body.h"
#include "tools/http/http_judge.h"
#include "tools/http/http_pace.h"
#include "tools/http/http_question.h"
#include "tools/http/http_secret.h"
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

struct http_client {
    struct http_opts opts; /* with its defaults filled in; what it points to is not read again */
    struct http_secrets secrets;
    unsigned token_n;
    bool renewed; /* and no answer came under this token yet */
    struct http_clock clock;
    http_wire *wire;
    struct http_pace pace;
    struct http_counts counts;
    bool begun;                         /* http_run was called */
    int64_t begun_us;                   /* when first */
    int64_t answered_us;                /* when the last answer was taken, or this http_run began */
    char trouble[600];                  /* why there was none since; "" if there was no reply */
    bool heard;                         /* has the service ever answered, in whatever way? */
    struct http_question *head, **tail; /* the queue */
    struct http_question **flying;      /* in_flight_max of them, NULL where none is */
};

static int64_t now_us(const http_client *client)
{
    return client->clock.now_us(client->clock.state);
}

static const char *name_of(const http_client *client)
{
    const struct http_service *service = client->opts.service;

    return service && service->name ? service->name : "the service";
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
                                     .auth = filled.auth,
                                     .headers = filled.headers,
                                     .follow_hosts = filled.follow_hosts,
                                     .follow = filled.follow,
                                     .service = filled.service,
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
    http_secrets_renew(&client->secrets, filled.token ? filled.token : "");
    client->opts = filled;
    client->clock = filled.clock ? *filled.clock : http_clock_system;
    client->tail = &client->head;
    client->flying = bc_calloc(filled.in_flight_max, sizeof(struct http_question *));
    http_pace_init(&client->pace, filled.limit_n, filled.limit_us);
    *out = client;
    return BC_OK;
}

/* Drops all requests. */
static void drop_questions(http_client *client)
{
    while (client->head) {
        struct http_question *next = client->head->next;

        http_question_free(client->head);
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
        http_question_free(client->flying[i]);
    drop_questions(client);
    http_secrets_release(&client->secrets);
    free(client->flying);
    free(client);
}

struct http_counts http_client_counts(const http_client *client)
{
    return client->counts;
}

void http_refusal_add(const http_client *client, struct bc_buf *out, int status, const json_t *root)
{
    const struct http_service *service = client->opts.service;
    struct bc_buf text = { 0 };

    if (service && (service->refused || service->said))
        (service->refused ? service->refused : service->said)(&text, root);
    else
        bc_buf_printf(&text, "%.300s", http_body_text(root, "message"));
    const bool said = text.len;

    bc_buf_add_byte(&text, '\0');
    http_secrets_scrub(&client->secrets, text.at); /* the service may quote it */
    bc_buf_printf(out, "%d%s%s", status, said ? ", " : "", text.at);
    bc_buf_release(&text);
}

void http_ask(http_client *client, const struct http_request *request, http_take_fn *take,
              void *payload)
{
    struct http_question *question = http_question_new(request, take, payload);

    if (request->again)
        question->due_us = now_us(client) + grown_wait(client, request->again);
    *client->tail = question;
    client->tail = &question->next;
}

/* ---- sending ---- */

static void send_one(http_client *client, struct http_question *question)
{
    const struct http_sending sending = http_question_sending(question);
    struct http_question **slot = client->flying;

    while (*slot)
        slot++;
    *slot = question;
    question->tries++;
    question->token_n = client->token_n;
    client->counts.requests++;
    client->counts.retries +=
        question->hops == 0 && (question->tries > 1 || question->is.again > 0);
    http_pace_sent(&client->pace, question->is.lane, now_us(client));
    http_wire_send(client->wire, question, &sending);
}

/* Sends what may go. Returns when the next one may; INT64_MAX: when another reply is in. */
static int64_t send_due(http_client *client)
{
    struct http_question **at = &client->head;
    int64_t next_us = INT64_MAX;

    while (*at && http_wire_in_flight(client->wire) < client->opts.in_flight_max) {
        struct http_question *question = *at;
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

static int64_t wait_before(http_client *client, const struct http_question *question,
                           const struct http_judged *judged)
{
    double chance = client->clock.chance(client->clock.state);
    int64_t grown_us = grown_wait(client, question->tries);
    int64_t said_us = judged->wait_us;

    for (unsigned i = 1; judged->grows && i < question->tries && said_us < client->opts.give_up_us;
         i++)
        said_us *= 2;
    said_us = (int64_t)((double)said_us * (1 + chance / 10));
    return grown_us > said_us ? grown_us : said_us;
}

static void put_back(http_client *client, struct http_question *question)
{
    question->next = client->head;
    client->head = question;
    if (!question->next)
        client->tail = &question->next;
}

/* Goes on where a redirect leads: a request of its own, but no other try. */
static bc_status ask_there(http_client *client, struct http_question *question,
                           const struct http_reply *reply, struct bc_err *err)
{
    if (!http_question_hop(question, &reply->redirect))
        return bc_err_set(err, BC_E_REMOTE, "%s redirects more than %d times, the last to '%s'",
                          name_of(client), HTTP_HOPS_MAX, reply->redirect.host);
    question->tries--;
    put_back(client, question);
    return BC_OK;
}

/* Puts a request back at the queue's head, unless its tries or the time are used up. */
static bc_status ask_again(http_client *client, struct http_question *question,
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
    question->due_us = now_us(client) + wait_before(client, question, judged);
    if (judged->hold)
        http_pace_hold(&client->pace, judged->hold_lane, question->due_us);
    http_question_rewind(question);
    put_back(client, question);
    return BC_OK;
}

/* Puts a request whose token was refused back, with a fresh one. */
static bc_status ask_afresh(http_client *client, struct http_question *question, struct bc_err *err)
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
        http_secrets_renew(&client->secrets, fresh);
        http_token_free(fresh);
        client->token_n++;
        client->renewed = true;
    }
    http_question_rewind(question);
    put_back(client, question);
    return BC_OK;
}

static void trace(http_client *client, const struct http_question *question,
                  const struct http_reply *reply, const struct http_judged *judged,
                  const struct bc_err *err)
{
    if (!client->opts.trace)
        return;
    const char *path = question->beside ? HTTP_TRACE_BESIDE : http_question_path(question);

    http_trace(client->opts.trace,
               &(struct http_traced){
                   .path = path,
                   .problem = judged->root ? "" : err->message,
                   .secrets = &client->secrets,
                   .plain = client->opts.service ? client->opts.service->plain : NULL,
                   .question = question->body,
                   .answer = judged->root,
                   .nth = question->tries,
                   .status = reply->status,
                   .bytes = reply->body.len,
               });
}

static void note(http_client *client, struct http_question *question,
                 const struct http_reply *reply)
{
    const struct http_service *service = client->opts.service;
    struct http_question **slot = client->flying;

    while (*slot != question)
        slot++;
    *slot = NULL;
    client->heard = client->heard || reply->status != 0;
    client->counts.body_bytes += reply->body.len;
    if (service && service->limit && service->left && service->interval_ms)
        http_pace_told(&client->pace, reply->limit_n, reply->limit_left, reply->limit_us,
                       now_us(client));
}

/* Hands an answer to its callback. */
static bc_status take(http_client *client, struct http_question *question,
                      const struct http_reply *reply, json_t *root, struct bc_err *err)
{
    const bool more = reply->next.host[0], text = question->is.text_ok && reply->body.len;
    struct http_answer answer = {
        .status = reply->status,
        .root = root,
        .body = text ? bc_buf_str(&reply->body) : BC_STR(""),
        .type = reply->type,
        .etag = reply->etag,
        .last_modified = reply->last_modified,
        .next = more ? reply->next.to.at : "",
        .path = http_question_path(question),
        .date_us = reply->date_us,
        .endless = reply->endless,
    };

    client->counts.answers++;
    client->renewed &= question->token_n != client->token_n;
    if (more && reply->next.way != HTTP_WAY_WITHIN)
        return bc_err_set(err, BC_E_REMOTE,
                          "the link of %s to the next page leads out of the base URL, to '%s'",
                          name_of(client), reply->next.host);
    bc_status rc = question->take(question->payload, &answer, err);

    client->answered_us = now_us(client);
    client->trouble[0] = '\0';
    return rc;
}

static bc_status settle(http_client *client, struct http_question *question,
                        const struct http_reply *reply, struct bc_err *err)
{
    bc_status rc = BC_E_REMOTE;

    note(client, question, reply);
    *err = (struct bc_err){ 0 };
    struct http_judged judged = http_judge(client->opts.service, &question->is, reply, err);

    http_secrets_scrub(&client->secrets, err->message);
    trace(client, question, reply, &judged, err);
    switch (judged.verdict) {
    case HTTP_TAKE:
        rc = take(client, question, reply, judged.root, err);
        break;
    case HTTP_HOP:
        rc = ask_there(client, question, reply, err);
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
                  (int)strcspn(question->is.path, "?"), question->is.path);
        http_secrets_scrub(&client->secrets, err->message); /* the callback's error may quote it */
        http_secrets_scrub(&client->secrets, err->context);
    }
    if (rc < 0 || judged.verdict == HTTP_TAKE)
        http_question_free(question);
    return rc;
}

static void drop_all(http_client *client)
{
    http_wire_drop(client->wire);
    for (unsigned i = 0; i < client->opts.in_flight_max; i++) {
        http_question_free(client->flying[i]);
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
