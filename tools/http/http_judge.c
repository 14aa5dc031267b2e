#include "tools/http/http_judge.h"

#include "tools/http/http_body.h"

#include <strings.h>

#define SECOND_US INT64_C(1000000)

#define LIMIT_WAIT_US     (10 * SECOND_US)
#define LIMIT_WAIT_MAX_US (3600 * SECOND_US) /* what a limit's clock says may be wrong */
#define LANE_WAIT_US      SECOND_US
#define LOCKED_WAIT_US    (2 * SECOND_US)

enum {
    TORN_TRIES_MAX = 3,  /* for JSON that ends too early or is malformed */
    TOKEN_TRIES_MAX = 2, /* a new token may take a moment */
    SAID_MAX = 800,
    LOOKED_AT_MAX = 64 << 10,
};

/* A reply, and whose it is. */
struct judging {
    const struct http_service *service;
    const struct http_request *question;
    const struct http_reply *reply;
    const struct http_own_status *own; /* NULL: its status is none of the service's own */
};

static const struct http_service no_service = { 0 };

static struct http_judged fail(struct http_judged judged)
{
    judged.verdict = HTTP_FAIL;
    return judged;
}

static struct http_judged again(struct http_judged judged, int64_t wait_us)
{
    judged.verdict = HTTP_AGAIN;
    judged.wait_us = wait_us;
    return judged;
}

/* What the service itself says, if anything; after a colon. */
static void describe(const char *what, const struct judging *judging, const json_t *root,
                     struct bc_err *err)
{
    struct bc_buf said = { 0 };

    if (judging->service->said)
        judging->service->said(&said, root);
    else
        bc_buf_printf(&said, "%s", http_body_text(root, "message"));
    const size_t len = said.len > SAID_MAX ? SAID_MAX : said.len;

    bc_err_set(err, BC_E_REMOTE, "%s (%d)%s%.*s", what, judging->reply->status,
               len == 0 || said.at[0] == ';' ? "" : ": ", (int)len, len ? said.at : "");
    bc_buf_release(&said);
}

static const char *own_or(const struct judging *judging, const char *what)
{
    return judging->own ? judging->own->what : what;
}

static bool succeeded(const struct http_reply *reply)
{
    return reply->status >= 200 && reply->status < 300;
}

/* ---- limits ---- */

static struct http_judged wait_for_limit(const struct judging *judging, struct http_judged judged)
{
    const struct http_reply *reply = judging->reply;
    const int64_t own_us = judging->service->limit_wait_us;
    int64_t us;

    if (reply->retry_after_us >= 0) /* 0: as after any failure */
        return again(judged, reply->retry_after_us);
    if (reply->limit_left <= 0 && reply->reset_us >= 0 && reply->date_us >= 0) {
        us = reply->reset_us - reply->date_us + SECOND_US;
        us = us < SECOND_US ? SECOND_US : us;
        return again(judged, us < LIMIT_WAIT_MAX_US ? us : LIMIT_WAIT_MAX_US);
    }
    judged.grows = own_us > 0;
    return again(judged, own_us > 0 ? own_us : LIMIT_WAIT_US);
}

static struct http_judged judge_limit(const struct judging *judging, enum http_meaning meaning,
                                      struct http_judged judged, struct bc_err *err)
{
    const bool of_lane = meaning == HTTP_IS_LANE_LIMIT;
    const char *day_over = judging->service->day_over;

    if (meaning == HTTP_IS_DAY_LIMIT || judging->reply->day_left == 0) {
        describe(day_over ? day_over : "the limit of calls for the day is used up", judging,
                 judged.root, err);
        return fail(judged);
    }
    describe("too many calls", judging, judged.root, err);
    judged.hold = true;
    judged.hold_lane = of_lane ? judging->question->lane : HTTP_ORDINARY;
    if (of_lane && judging->reply->retry_after_us <= 0)
        return again(judged, LANE_WAIT_US);
    return wait_for_limit(judging, judged);
}

/* ---- refusals and failures ---- */

static const char *client_fault(int status)
{
    switch (status) {
    case 400:
        return "the service does not accept the request";
    case 403:
        return "the token may not read this; a scope is missing";
    case 404:
        return "there is no such thing";
    case 414:
        return "the address is too long";
    default:
        return "the service refused";
    }
}

static bool is_allowed(const struct http_request *question, int status)
{
    for (const int *one = question->allowed; one && *one; one++) {
        if (*one == status)
            return true;
    }
    if (status == 304)
        return question->if_none_match || question->if_modified_since;
    return (status == 404 && question->missing_ok) ||
           ((status == 400 || status == 403 || status == 405) && question->refused_ok);
}

static struct http_judged judge_token(const struct judging *judging, struct http_judged judged,
                                      struct bc_err *err)
{
    describe(own_or(judging, "the token was not accepted"), judging, judged.root, err);
    judged.tries_max = TOKEN_TRIES_MAX;
    judged.token_refused = true;
    return again(judged, 0);
}

static struct http_judged judge_fault(const struct judging *judging, struct http_judged judged,
                                      struct bc_err *err)
{
    const int64_t said_us = judging->reply->retry_after_us;

    describe(own_or(judging, "the service failed"), judging, judged.root, err);
    return again(judged, said_us > 0 ? said_us : judging->own ? judging->own->wait_us : 0);
}

static struct http_judged judge_permission(const struct judging *judging, struct http_judged judged,
                                           struct bc_err *err)
{
    if (judging->question->refused_ok || is_allowed(judging->question, judging->reply->status))
        return judged;
    describe(own_or(judging, client_fault(403)), judging, judged.root, err);
    return fail(judged);
}

static struct http_judged judge_wrong(const struct judging *judging, struct http_judged judged,
                                      struct bc_err *err)
{
    const int status = judging->reply->status;

    if (is_allowed(judging->question, status))
        return judged;
    describe(own_or(judging, succeeded(judging->reply)
                                 ? "the answer's status says success, its body an error"
                                 : client_fault(status)),
             judging, judged.root, err);
    return fail(judged);
}

/* ---- what the status says ---- */

static struct http_judged judge_success(const struct judging *judging, struct http_judged judged,
                                        bc_status read, struct bc_err *err)
{
    const struct http_reply *reply = judging->reply;
    const bool json = http_body_is_json(reply->type);

    if (judging->question->text_ok && (!json || reply->body.len == 0))
        return judged;
    if (!json) {
        bc_err_set(err, BC_E_REMOTE,
                   "the answer (%d) is of type '%s', not JSON; is the base URL the service's?",
                   reply->status, reply->type);
        return fail(judged);
    }
    if (read == BC_DONE) {
        judged.tries_max = TORN_TRIES_MAX;
        return again(judged, 0);
    }
    return read < 0 ? fail(judged) : judged;
}

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static struct http_judged judge_status(const struct judging *judging, struct http_judged judged,
                                       struct bc_err *err)
{
    const struct http_reply *reply = judging->reply;
    const int status = reply->status;

    if (is_allowed(judging->question, status))
        return judged;
    if (status == 423) {
        describe("locked", judging, judged.root, err);
        return again(judged, reply->retry_after_us > LOCKED_WAIT_US ? reply->retry_after_us
                                                                    : LOCKED_WAIT_US);
    }
    if (is_redirect(status) && reply->redirect.way != HTTP_WAY_OFF) {
        bc_err_set(err, BC_E_REMOTE, "redirected to '%s' (%d)", reply->redirect.host, status);
        judged.verdict = HTTP_HOP;
        return judged;
    }
    if (is_redirect(status) && judging->service->sign_in &&
        strcasecmp(reply->redirect.host, judging->service->sign_in) == 0) {
        bc_err_set(err, BC_E_REMOTE, "%s (%d to '%s')", judging->service->sign_in_means, status,
                   reply->redirect.host);
        return fail(judged);
    }
    if (is_redirect(status) && !*reply->redirect.host) {
        if (is_allowed(judging->question, 404)) /* it is not where it was, nor anywhere */
            return judged;
        bc_err_set(err, BC_E_REMOTE, "the service redirects (%d), and does not say where to",
                   status);
        return fail(judged);
    }
    if (status < 200 || (status >= 300 && status < 400)) {
        bc_err_set(err, BC_E_REMOTE, "the service redirects to '%s' (%d); not followed",
                   reply->redirect.host, status);
        return fail(judged);
    }
    return judge_wrong(judging, judged, err);
}

/* ---- all of it ---- */

/* What the service's table says, or else what the status says. */
static enum http_meaning meaning_of(struct judging *judging, const json_t *root)
{
    const struct http_reply *reply = judging->reply;
    const int status = reply->status;
    struct http_reply_facts facts = {
        .status = status,
        .root = root,
        .body = bc_buf_str(&reply->body),
        .type = reply->type,
        .left = reply->limit_left,
        .retry_after = reply->retry_after_us >= 0,
        .lane = judging->question->lane,
    };
    enum http_meaning meaning = HTTP_USUAL;

    facts.body.len = facts.body.len < LOOKED_AT_MAX ? facts.body.len : LOOKED_AT_MAX;
    if (judging->service->meaning)
        meaning = judging->service->meaning(&facts);
    if (meaning != HTTP_USUAL || succeeded(reply) || is_allowed(judging->question, status))
        return meaning;
    for (const struct http_own_status *own = judging->service->statuses; own && own->status;
         own++) {
        if (own->status == status) {
            judging->own = own;
            return own->meaning;
        }
    }
    return status == 429                    ? HTTP_IS_LIMIT
           : status == 401                  ? HTTP_IS_TOKEN
           : status == 408 || status >= 500 ? HTTP_IS_FAULT
                                            : HTTP_USUAL;
}

static struct http_judged judge_answer(struct judging *judging, struct bc_err *err)
{
    const struct http_reply *reply = judging->reply;
    struct http_judged judged = { .verdict = HTTP_TAKE };
    bc_status read = BC_OK;

    /* An error's body may be a page for people: then it is not used. */
    if (http_body_is_json(reply->type))
        read = http_body_parse(&judged.root, bc_buf_str(&reply->body), judging->question->array_ok,
                               succeeded(reply) ? err : NULL);
    const enum http_meaning meaning = meaning_of(judging, judged.root);

    switch (meaning) {
    case HTTP_USUAL:
        break;
    case HTTP_IS_LIMIT:
    case HTTP_IS_LANE_LIMIT:
    case HTTP_IS_DAY_LIMIT:
        return judge_limit(judging, meaning, judged, err);
    case HTTP_IS_TOKEN:
        return judge_token(judging, judged, err);
    case HTTP_IS_FAULT:
        return judge_fault(judging, judged, err);
    case HTTP_IS_REFUSAL:
        return judge_permission(judging, judged, err);
    case HTTP_IS_WRONG:
        return judge_wrong(judging, judged, err);
    }
    return succeeded(reply) ? judge_success(judging, judged, read, err)
                            : judge_status(judging, judged, err);
}

struct http_judged http_judge(const struct http_service *service,
                              const struct http_request *question, const struct http_reply *reply,
                              struct bc_err *err)
{
    struct judging judging = { service ? service : &no_service, question, reply, NULL };
    struct http_judged judged = { .verdict = HTTP_AGAIN };

    if (reply->outcome == HTTP_ANSWERED)
        return judge_answer(&judging, err);
    bc_err_set(err, BC_E_REMOTE, "%s", reply->problem);
    return reply->outcome == HTTP_BROKE ? judged : fail(judged);
}
