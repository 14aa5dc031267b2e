/* One question that goes wrong, in every way: what failed temporarily is tried again, after the
 * requested waits and not too often; what is no answer is not taken for one; what went wrong is
 * reported. The fake HubSpot answers; its clock is not ours, so waiting takes no time. */
#include "tests/support/asking.h"
#include "tests/support/check.h"
#include "tools/http/http.h"

struct seen {
    int calls, status;
    bool root;
};

static bc_status see(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct seen *seen = payload;

    (void)err;
    seen->calls++;
    seen->status = answer->status;
    seen->root = answer->root != NULL;
    return BC_OK;
}

struct row {
    const char *name, *rule;
    const char *says;  /* in the error; NULL: it works */
    uint64_t requests; /* how often it was requested */
    double waited_s[2];
    int status; /* 0: 200 */
    enum http_lane lane;
    bool missing_ok, refused_ok;
};

static struct row rows[] = {
    { "an answer at once is one request", "locked*0", NULL, .requests = 1 },
    { "the rolling limit is waited for and asked again", "rolling*1", NULL, .requests = 2,
      .waited_s = { 10, 11 } },
    { "the policy may be written small", "rolling-lower*1", NULL, .requests = 2,
      .waited_s = { 10, 11 } },
    { "when to come back is heeded", "rolling-soon*1", NULL, .requests = 2,
      .waited_s = { 3, 3.5 } },
    { "the searches' limit is over in a second", "secondly*1", NULL, .requests = 2,
      .waited_s = { 1, 1.5 }, .lane = HTTP_SEARCH },
    { "of a search, a limit without a name is that one", "unnamed*1", NULL, .requests = 2,
      .waited_s = { 1, 1.5 }, .lane = HTTP_SEARCH },
    { "of anything else, it is the rolling one", "unnamed*1", NULL, .requests = 2,
      .waited_s = { 10, 11 } },
    { "the day's limit is the end, at once", "daily", "limit of calls for the day", .requests = 1 },
    { "a limit that stays is given up", "rolling", "asked 8 times: ", .requests = 8,
      .waited_s = { 80, 200 } },
    { "a lock is waited for", "locked*1", NULL, .requests = 2, .waited_s = { 2, 2.5 } },
    { "an account on the move is waited for", "moving*1", NULL, .requests = 2,
      .waited_s = { 20, 22 } },
    { "but not for a day", "moving-long", "try again in 86400 seconds", .requests = 1 },
    { "a failing service is asked again after growing waits", "500*3", NULL, .requests = 4,
      .waited_s = { 5, 5.5 } },
    { "a page of the edge is a failing service", "502*1", NULL, .requests = 2,
      .waited_s = { 0.5, 1 } },
    { "a failing service may say when to come back", "503*1", NULL, .requests = 2,
      .waited_s = { 7, 7.5 } },
    { "the edge's own timeout is asked again", "504*1", NULL, .requests = 2,
      .waited_s = { 0.5, 1 } },
    { "the edge's own statuses are failures of the service", "521*1", NULL, .requests = 2,
      .waited_s = { 0.5, 1 } },
    { "a service that goes on failing is given up", "502", "(502)", .requests = 8,
      .waited_s = { 60, 200 } },
    { "a token is tried once more", "unauthorized*1", NULL, .requests = 2, .waited_s = { 0.5, 1 } },
    { "a token that stays refused is said so", "unauthorized", "token was not accepted",
      .requests = 2, .waited_s = { 0.5, 1 } },
    { "a missing scope is said", "forbidden", "scope is missing (403): This app", .requests = 1 },
    { "where it is allowed, a missing scope is an answer", "forbidden", NULL, .requests = 1,
      .status = 403, .refused_ok = true },
    { "which scope is missing is said", "forbidden", "; missing scope crm.objects.orders.read",
      .requests = 1 },
    { "a scope may be named in the list of errors", "forbidden-within",
      "; missing scope crm.objects.owners.read, sales-email-read;", .requests = 1 },
    { "where it is allowed, a request that is not understood is answered", "bad", NULL,
      .requests = 1, .status = 400, .refused_ok = true },
    { "elsewhere it is the end", "bad", "does not accept the request (400): Unable to infer",
      .requests = 1 },
    { "where it is allowed, an address without such a method is an answer", "no-method", NULL,
      .requests = 1, .status = 405, .refused_ok = true },
    { "a token of no data centre is no token", "530", "the token was not accepted", .requests = 2,
      .waited_s = { 0.5, 1 } },
    { "a missing thing is said", "missing", "no such thing (404)", .requests = 1 },
    { "where it is allowed, a missing thing is an answer", "missing", NULL, .requests = 1,
      .status = 404, .missing_ok = true },
    { "a page about a missing thing is an answer without a body", "missing-html", NULL,
      .requests = 1, .status = 404, .missing_ok = true },
    { "an address that is too long is said", "too-long", "address is too long (414)",
      .requests = 1 },
    { "a reset amid the body is asked again", "reset*1", NULL, .requests = 2,
      .waited_s = { 0.5, 1 } },
    { "a body that ends too early is asked again", "cut*1", NULL, .requests = 2,
      .waited_s = { 0.5, 1 } },
    { "no answer at all is asked again", "hang-up*1", NULL, .requests = 2, .waited_s = { 0.5, 1 } },
    { "a connection that goes on breaking is given up", "cut", "asked 8 times", .requests = 8,
      .waited_s = { 60, 200 } },
    { "a packed body that ends too early is asked again", "gzip-cut*1", NULL, .requests = 2,
      .waited_s = { 0.5, 1 } },
    { "a packed body that is none is no answer", "gzip-bad", "asked 8 times", .requests = 8,
      .waited_s = { 60, 200 } },
    { "an answer that takes too long is asked for again", "slow*1", NULL, .requests = 2,
      .waited_s = { 0.5, 1 } },
    { "a page for people is no answer", "html", "type 'text/html; charset=utf-8', not JSON",
      .requests = 1 },
    { "JSON must say that it is JSON", "text", "type 'text/plain', not JSON", .requests = 1 },
    { "an answer must say what it is", "no-type", "type '', not JSON", .requests = 1 },
    { "success with nothing is no answer", "nothing", "(204)", .requests = 1 },
    { "what is not JSON is asked for three times", "no-json", "not JSON, or not all of it",
      .requests = 3, .waited_s = { 2, 3 } },
    { "what was once not JSON may be so the next time", "no-json*2", NULL, .requests = 3,
      .waited_s = { 2, 3 } },
    { "an empty body is not JSON", "empty", "not JSON, or not all of it (0 bytes", .requests = 3,
      .waited_s = { 2, 3 } },
    { "bytes outside UTF-8 are not JSON", "not-utf8", "not JSON", .requests = 3,
      .waited_s = { 2, 3 } },
    { "a NUL in a text is taken", "nul", NULL, .requests = 1 },
    { "half of a surrogate pair is taken", "half", NULL, .requests = 1 },
    { "a NUL in a key is taken", "nul-key", NULL, .requests = 1 },
    { "an array is no answer", "array", "no JSON object", .requests = 1 },
    { "an error under the status of success is an error", "error-body",
      "its body an error (200): Something went wrong; correlation id 5c1fa6c5", .requests = 1 },
    { "a key twice in one object is refused", "twice", "a key twice in one object", .requests = 1 },
    { "deep nesting is refused", "deep", "nested more than 64 deep", .requests = 1 },
    { "a body that is too long is refused", "huge", "longer than 1000000 bytes", .requests = 1 },
    { "packing makes no body short", "huge-gzip", "longer than 1000000 bytes", .requests = 1 },
    { "no redirect is followed to another host", "redirect", "redirects to 'localhost' (302)",
      .requests = 1 },
    { "nor to the same", "redirect-same", "redirects to '127.0.0.1' (302)", .requests = 1 },
};

static void check_row(const struct row *row, bc_status rc, const struct bc_err *err,
                      const struct seen *seen)
{
    if (!row->says) {
        check_ok(rc, err);
        assert_int_equal(seen->calls, 1);
        assert_int_equal(seen->status, row->status ? row->status : 200);
        assert_int_equal(seen->root, strcmp(row->rule, "missing-html") != 0);
        return;
    }
    assert_int_equal(rc, BC_E_REMOTE);
    assert_int_equal(seen->calls, 0);
    char said[sizeof(err->context) + sizeof(err->message) + 2];

    (void)snprintf(said, sizeof(said), "%s: %s", err->context, err->message);
    if (!strstr(said, row->says))
        fail_msg("said '%s', expected '%s' in it", said, row->says);
    assert_non_null(strstr(err->context, "/crm/v3/owners"));
    assert_null(strstr(said, "limit=500"));
}

static void one_question(void **state)
{
    const struct row *row = *state;
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };
    struct seen seen = { 0 };

    if (strncmp(row->rule, "slow", 4) == 0)
        opts.answer_max_us = ASKING_SECOND_US; /* the one thing that no clock of ours can shorten */
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, row->rule);
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client,
             &(struct http_request){
                 .path = ASKING_OWNERS,
                 .lane = row->lane,
                 .missing_ok = row->missing_ok,
                 .refused_ok = row->refused_ok,
             },
             see, &seen);
    bc_status rc = http_run(client, &err);
    struct http_counts counts = http_client_counts(client);

    http_client_free(client);
    check_row(row, rc, &err, &seen);
    assert_int_equal(counts.requests, row->requests);
    assert_int_equal(counts.retries, row->requests - 1);
    assert_int_equal(counts.waited_us, now);
    assert_true((double)now >= row->waited_s[0] * ASKING_SECOND_US);
    assert_true((double)now <= row->waited_s[1] * ASKING_SECOND_US);
    json_decref(fake_hubspot_steer(&asking_fake, "/_do", json_pack("{s:[]}", "rules")));
    assert_int_equal(fake_hubspot_asked(&asking_fake, "/stolen"), 0);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, one_question, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/http/http_failures", tests, asking_begin, asking_end);
}
