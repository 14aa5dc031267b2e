/* A service with ways of its own: what its table says an answer means is done, and its limit's own
 * clock is heeded. The fake answers what it is told to. */
#include "tests/support/asking.h"
#include "tests/support/check.h"

#define IS_JSON "Content-Type: application/json\n"
#define DATED   IS_JSON "Date: Mon, 03 Feb 2025 10:00:00 GMT\n"
#define RESET   "X-Reset: 1738576830\n" /* half a minute after that */

/* Errors come as 200 with "ok": false; a 403 without anything left is a limit. */
static enum http_meaning meaning(const struct http_reply_facts *facts)
{
    const char *error = json_string_value(json_object_get(facts->root, "error"));

    if (facts->status == 403)
        return facts->left == 0 || facts->retry_after ? HTTP_IS_LIMIT : HTTP_IS_REFUSAL;
    if (facts->body.len && facts->body.at[0] == '<' && facts->status == 200)
        return HTTP_IS_TOKEN; /* a page to sign in */
    if (!error)
        return HTTP_USUAL;
    return strcmp(error, "ratelimited") == 0    ? HTTP_IS_LIMIT
           : strcmp(error, "invalid_auth") == 0 ? HTTP_IS_TOKEN
           : strcmp(error, "fatal_error") == 0  ? HTTP_IS_FAULT
                                                : HTTP_IS_WRONG;
}

static void said(struct bc_buf *out, const json_t *root)
{
    const char *error = json_string_value(json_object_get(root, "error"));

    bc_buf_printf(out, "%s", error ? error : "");
}

static const struct http_own_status statuses[] = {
    { 499, HTTP_IS_FAULT, "the service is away", 4 * ASKING_SECOND_US },
    { 0 },
};

static const struct http_service service = {
    .name = "Example",
    .limit = "X-Limit",
    .left = "X-Left",
    .reset_at = "X-Reset",
    .statuses = statuses,
    .said = said,
    .meaning = meaning,
    .limit_wait_us = 30 * ASKING_SECOND_US,
};

static struct row {
    const char *name;
    int status;
    const char *headers, *body;
    int times;        /* it is said so often; then comes a good answer */
    const char *says; /* in the error; NULL: it works */
    int requests;
    double waited_s[2];
    bool refused_ok;
    int answered; /* 0: 200 */
} rows[] = {
    { "a refusal that is a limit waits for its reset", 403, DATED RESET "X-Left: 0\n", "{}", 1,
      NULL, .requests = 2, .waited_s = { 31, 34.1 } },
    { "without a reset for the service's own time", 403, DATED "X-Left: 0\n", "{}", 1, NULL,
      .requests = 2, .waited_s = { 30, 33 } },
    { "and twice that the next time", 403, DATED "X-Left: 0\n", "{}", 2, NULL, .requests = 3,
      .waited_s = { 90, 99 } },
    { "a reset without a date is no time", 403, IS_JSON RESET "X-Left: 0\n", "{}", 1, NULL,
      .requests = 2, .waited_s = { 30, 33 } },
    { "when to come back comes first", 403, DATED RESET "X-Left: 0\nRetry-After: 7\n", "{}", 1,
      NULL, .requests = 2, .waited_s = { 7, 7.7 } },
    { "a reset that is over is a second away", 403, DATED "X-Reset: 1738576000\nX-Left: 0\n", "{}",
      1, NULL, .requests = 2, .waited_s = { 1, 1.1 } },
    { "a reset is no reason where something is left", 429, DATED "X-Reset: 1738576920\nX-Left: 9\n",
      "{}", 1, NULL, .requests = 2, .waited_s = { 30, 33 } },
    { "a reset is at most an hour away", 429, DATED "X-Reset: 1999999999\nX-Left: 0\n", "{}", 1,
      "asks to try again in 3600 seconds", .requests = 1, .waited_s = { 0, 0 } },
    { "when to come back may be a time", 503, DATED "Retry-After: Mon, 03 Feb 2025 10:00:20 GMT\n",
      "{}", 1, NULL, .requests = 2, .waited_s = { 20, 22 } },
    { "of a limit, too", 429, DATED "Retry-After: Monday, 03-Feb-25 10:00:20 GMT\n", "{}", 1, NULL,
      .requests = 2, .waited_s = { 20, 22 } },
    { "but not without the answer's own", 503,
      IS_JSON "Retry-After: Mon, 03 Feb 2025 10:00:20 GMT\n", "{}", 1, NULL, .requests = 2,
      .waited_s = { 0.5, 1 } },
    { "any other refusal is the end", 403, DATED "X-Left: 9\n", "{\"error\":\"no_scope\"}", 1,
      "scope is missing (403): no_scope", .requests = 1, .waited_s = { 0, 0 } },
    { "or an answer", 403, DATED "X-Left: 9\n", "{}", 1, NULL, .requests = 1, .waited_s = { 0, 0 },
      .refused_ok = true, .answered = 403 },
    { "but a limit is none", 403, DATED "X-Left: 0\n", "{}", 1, NULL, .requests = 2,
      .waited_s = { 30, 33 }, .refused_ok = true },
    { "success may be a limit", 200, DATED, "{\"ok\":false,\"error\":\"ratelimited\"}", 1, NULL,
      .requests = 2, .waited_s = { 30, 33 } },
    { "or a refused token", 200, DATED, "{\"ok\":false,\"error\":\"invalid_auth\"}", 2,
      "the token was not accepted (200): invalid_auth", .requests = 2, .waited_s = { 0.5, 1 } },
    { "or a failure", 200, DATED, "{\"ok\":false,\"error\":\"fatal_error\"}", 1, NULL,
      .requests = 2, .waited_s = { 0.5, 1 } },
    { "or wrong", 200, DATED, "{\"ok\":false,\"error\":\"no_channel\"}", 1,
      "its body an error (200): no_channel", .requests = 1, .waited_s = { 0, 0 } },
    { "a page may be looked at", 200, "Content-Type: text/html\n", "<html>", 2,
      "the token was not accepted (200)", .requests = 2, .waited_s = { 0.5, 1 } },
    { "a page of the edge is a failure", 502, "Content-Type: text/html\n", "<html>", 1, NULL,
      .requests = 2, .waited_s = { 0.5, 1 } },
    { "a status of its own", 499, DATED, "{}", 1, NULL, .requests = 2, .waited_s = { 4, 4.4 } },
    { "which is called by its name", 499, DATED, "{}", 8, "the service is away (499)",
      .requests = 8, .waited_s = { 60, 200 } },
    { "what is nobody's is refused", 498, DATED, "{\"error\":\"odd\"}", 1,
      "the service refused (498): odd", .requests = 1, .waited_s = { 0, 0 } },
};

static void one_answer(void **state)
{
    const struct row *row = *state;
    int64_t now_us = 0;
    struct http_opts opts = asking_options(&now_us);
    struct http_answer answer = { 0 };
    http_client *client = NULL;
    struct bc_err err = { 0 };

    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    for (int i = 0; i < row->times; i++)
        fake_hubspot_say(&asking_fake, row->status, row->headers, row->body);
    fake_hubspot_say(&asking_fake, 200, IS_JSON, "{}");
    opts.service = &service;
    check_ok(http_client_new(&client, &opts, &err), &err);
    bc_status rc =
        http_get(client, &(struct http_request){ .path = "/things", .refused_ok = row->refused_ok },
                 &answer, &err);

    if (!row->says) {
        check_ok(rc, &err);
        assert_int_equal(answer.status, row->answered ? row->answered : 200);
    } else {
        assert_int_equal(rc, BC_E_REMOTE);
        if (!strstr(err.message, row->says) && !strstr(err.context, row->says))
            fail_msg("said '%s', '%s', expected '%s'", err.context, err.message, row->says);
    }
    assert_int_equal(http_client_counts(client).requests, row->requests);
    if ((double)now_us < row->waited_s[0] * ASKING_SECOND_US ||
        (double)now_us > row->waited_s[1] * ASKING_SECOND_US)
        fail_msg("waited %f s", (double)now_us / ASKING_SECOND_US);
    http_answer_release(&answer);
    http_client_free(client);
}

/* Without the length of its period a limit says nothing of the pace. */
static void half_a_limit_sets_no_pace(void **state)
{
    int64_t now_us = 0;
    struct http_opts opts = asking_options(&now_us);
    http_client *client = NULL;
    struct bc_err err = { 0 };

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    opts.service = &service;
    check_ok(http_client_new(&client, &opts, &err), &err);
    for (int i = 0; i < 4; i++) {
        struct http_answer answer = { 0 };

        fake_hubspot_say(&asking_fake, 200, DATED "X-Limit: 1\nX-Left: 1\n", "{}");
        check_ok(http_get(client, &(struct http_request){ .path = "/things" }, &answer, &err),
                 &err);
        http_answer_release(&answer);
    }
    assert_int_equal(now_us, 0);
    http_client_free(client);
}

static bc_status fresh(void *payload, char **out, struct bc_err *err)
{
    (void)payload;
    (void)err;
    *out = bc_strdup(BC_STR("fresh-token"));
    return BC_OK;
}

static void a_token_refused_with_success_is_renewed(void **state)
{
    int64_t now_us = 0;
    struct http_opts opts = asking_options(&now_us);
    struct http_answer answer = { 0 };
    http_client *client = NULL;
    struct bc_err err = { 0 };

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_say(&asking_fake, 200, DATED, "{\"ok\":false,\"error\":\"invalid_auth\"}");
    fake_hubspot_say(&asking_fake, 200, DATED, "{\"ok\":true}");
    opts.service = &service;
    opts.fresh_token = fresh;
    check_ok(http_client_new(&client, &opts, &err), &err);
    check_ok(http_get(client, &(struct http_request){ .path = "/things" }, &answer, &err), &err);
    fake_hubspot_check(&asking_fake, 1, "authorization", "Bearer fresh-token");
    assert_true(json_is_true(json_object_get(answer.root, "ok")));
    http_answer_release(&answer);
    http_client_free(client);
}

int main(void)
{
    static const struct CMUnitTest whole[] = {
        cmocka_unit_test(half_a_limit_sets_no_pace),
        cmocka_unit_test(a_token_refused_with_success_is_renewed),
    };
    struct CMUnitTest tests[ARRAY_LEN(rows) + ARRAY_LEN(whole)];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, one_answer, NULL, NULL, &rows[n] };
    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        tests[n++] = whole[i];
    return cmocka_run_group_tests_name("tools/http/http_service", tests, asking_begin, asking_end);
}
