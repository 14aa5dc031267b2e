#include "tools/http/http_judge.h"

#include "tools/http/http_body.h"

#include <strings.h>

#define SECOND_US INT64_C(1000000)

#define ROLLING_WAIT_US   (10 * SECOND_US) /* the ordinary limit's period */
#define SECONDLY_WAIT_US  SECOND_US
#define LOCKED_WAIT_US    (2 * SECOND_US)
#define MIGRATING_WAIT_US (30 * SECOND_US)
#define HOME_UNKNOWN      530 /* the edge finds the token's data centre nowhere: it is no token */
#define TORN_TRIES_MAX    3   /* for JSON that ends too early or is malformed */

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

/* What the service itself says, if anything; `said` after a colon. */
static void describe(const char *what, const struct http_reply *reply, const json_t *root,
                     struct bc_err *err)
{
    const char *said = http_body_text(root, "message");
    const char *id = http_body_text(root, "correlationId");
    struct bc_buf scopes = { 0 };
    bool named = http_body_scopes(&scopes, root);

    bc_err_set(err, BC_E_REMOTE, "%s (%d)%s%.400s%s%.*s%s%.64s", what, reply->status,
               *said ? ": " : "", said, named ? "; missing scope " : "",
               scopes.len > 300 ? 300 : (int)scopes.len, scopes.at ? scopes.at : "",
               *id ? "; correlation id " : "", id);
    bc_buf_release(&scopes);
}

static struct http_judged judge_success(const struct http_request *question,
                                        const struct http_reply *reply, struct bc_err *err)
{
    struct http_judged judged = { .verdict = HTTP_TAKE };

    if (question->text_ok && (reply->body.len == 0 || !http_body_is_json(reply->type)))
        return judged;
    if (!http_body_is_json(reply->type)) {
        bc_err_set(err, BC_E_REMOTE,
                   "the answer (%d) is of type '%s', not JSON; is the base URL the service's?",
                   reply->status, reply->type);
        return fail(judged);
    }
    bc_status rc = http_body_parse(&judged.root, bc_buf_str(&reply->body), question->array_ok, err);

    if (rc == BC_DONE) {
        judged.tries_max = TORN_TRIES_MAX;
        return again(judged, 0);
    }
    if (rc < 0)
        return fail(judged);
    if (strcasecmp(http_body_text(judged.root, "status"), "error") == 0) {
        describe("the answer's status says success, its body an error", reply, judged.root, err);
        return fail(judged);
    }
    return judged;
}

static bool daily(const struct http_reply *reply, const json_t *root)
{
    return strcasecmp(http_body_text(root, "policyName"), "DAILY") == 0 || reply->day_left == 0;
}

/* The limit of searches is one of a second; its answers do not always name it. */
static bool per_second(const struct http_request *question, const json_t *root)
{
    const char *policy = http_body_text(root, "policyName");

    return *policy ? strcasecmp(policy, "SECONDLY") == 0 : question->lane == HTTP_SEARCH;
}

static struct http_judged judge_limit(const struct http_request *question,
                                      const struct http_reply *reply, struct http_judged judged,
                                      struct bc_err *err)
{
    if (daily(reply, judged.root)) {
        describe("the account's limit of calls for the day is used up; it begins anew at midnight "
                 "in the account's time zone",
                 reply, judged.root, err);
        return fail(judged);
    }
    describe("too many calls", reply, judged.root, err);
    bool secondly = per_second(question, judged.root);

    judged.hold = true;
    judged.hold_lane = secondly ? question->lane : HTTP_ORDINARY;
    if (reply->retry_after_us > 0)
        return again(judged, reply->retry_after_us);
    return again(judged, secondly ? SECONDLY_WAIT_US : ROLLING_WAIT_US);
}

static int64_t said_or(const struct http_reply *reply, int64_t wait_us)
{
    return reply->retry_after_us > wait_us ? reply->retry_after_us : wait_us;
}

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

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Statuses that are neither success nor a limit. */
static struct http_judged judge_refusal(const struct http_request *question,
                                        const struct http_reply *reply, struct http_judged judged,
                                        struct bc_err *err)
{
    int status = reply->status;

    if (is_allowed(question, status))
        return judged;
    if (status == 401 || status == HOME_UNKNOWN) { /* a new token may take a moment */
        describe(status == 401 ? "the token was not accepted"
                               : "the token was not accepted: its first letters name no place of "
                                 "HubSpot's",
                 reply, judged.root, err);
        judged.tries_max = 2;
        judged.token_refused = true;
        return again(judged, 0);
    }
    if (status == 423) {
        describe("locked", reply, judged.root, err);
        return again(judged, said_or(reply, LOCKED_WAIT_US));
    }
    if (status == 477) {
        describe("the account is being moved to another data centre", reply, judged.root, err);
        return again(judged, reply->retry_after_us > 0 ? reply->retry_after_us : MIGRATING_WAIT_US);
    }
    if (status == 408 || status >= 500) {
        describe("the service failed", reply, judged.root, err);
        return again(judged, said_or(reply, 0));
    }
    if (is_redirect(status) && reply->redirect.way != HTTP_WAY_OFF) {
        bc_err_set(err, BC_E_REMOTE, "redirected to '%s' (%d)", reply->redirect.host, status);
        judged.verdict = HTTP_HOP;
        return judged;
    }
    if (status < 200 || (status >= 300 && status < 400))
        bc_err_set(err, BC_E_REMOTE, "the service redirects to '%s' (%d); not followed",
                   reply->redirect.host, status);
    else
        describe(client_fault(status), reply, judged.root, err);
    return fail(judged);
}

struct http_judged http_judge(const struct http_request *question, const struct http_reply *reply,
                              struct bc_err *err)
{
    struct http_judged judged = { .verdict = HTTP_TAKE };

    if (reply->outcome != HTTP_ANSWERED) {
        bc_err_set(err, BC_E_REMOTE, "%s", reply->problem);
        judged.verdict = reply->outcome == HTTP_BROKE ? HTTP_AGAIN : HTTP_FAIL;
        return judged;
    }
    if (reply->status >= 200 && reply->status < 300)
        return judge_success(question, reply, err);
    /* An error's body may be a page for people: then it is not used. */
    if (http_body_is_json(reply->type) &&
        http_body_parse(&judged.root, bc_buf_str(&reply->body), question->array_ok, NULL) != BC_OK)
        judged.root = NULL;
    if (reply->status == 429)
        return judge_limit(question, reply, judged, err);
    return judge_refusal(question, reply, judged, err);
}
