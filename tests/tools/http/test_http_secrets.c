/* What is secret stays so: the token goes to one host, over a line that is verified or never leaves
 * this machine, and into no error; a trace holds nobody's name. */
#include "tests/support/asking.h"
#include "tests/support/check.h"
#include "tools/http/http.h"
#include "tools/http/http_trace.h"

#include <stdlib.h>

static void the_token_is_in_no_error(void **state)
{
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };
    int seen = 0;

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, "echo");
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, asking_count, &seen);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    http_client_free(client);
    assert_non_null(strstr(err.message, "bad header Bearer **********"));
    assert_null(strstr(err.message, FAKE_HUBSPOT_TOKEN));
}

static bc_status refuse_by_name(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    (void)payload;
    (void)answer;
    return bc_err_set(err, BC_E_REMOTE, "an owner of the name " FAKE_HUBSPOT_TOKEN);
}

/* Whoever receives an answer may quote it, and the answer may quote the request. */
static void the_token_is_in_no_error_about_an_answer(void **state)
{
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, refuse_by_name, NULL);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    assert_string_equal(err.message, "an owner of the name **********");
    http_ask(client,
             &(struct http_request){ .path = "/crm/" FAKE_HUBSPOT_TOKEN "/x", .missing_ok = true },
             refuse_by_name, NULL);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    assert_string_equal(err.context, "GET /crm/**********/x");
    http_client_free(client);
}

static void a_certificate_that_nobody_vouches_for_is_refused(void **state)
{
    static const char *const tls[] = { "--tls", NULL };
    struct fake_hubspot unknown;
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };
    int seen = 0;

    (void)state;
    fake_hubspot_start(&unknown, tls);
    opts.base_url = unknown.url;
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, asking_count, &seen);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    assert_int_equal(http_client_counts(client).requests, 1);
    assert_non_null(strstr(err.message, "certificate"));
    http_client_free(client);
    fake_hubspot_stop(&unknown);
}

/* ---- the trace, of a whole reading ---- */

static void read_owners_and_deals(FILE *trace, struct http_opts *opts)
{
    http_client *client = NULL;
    struct bc_err err = { 0 };
    int seen = 0;
    json_t *body = json_pack("{s:[{s:s}],s:[s],s:[s,s]}", "inputs", "id", "9001", "properties",
                             "dealname", "propertiesWithHistory", "dealstage", "dealname");

    opts->trace = trace;
    check_ok(http_client_new(&client, opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, asking_count, &seen);
    http_ask(client,
             &(struct http_request){ .path = "/crm/v3/objects/deals/batch/read", .body = body },
             asking_count, &seen);
    http_ask(client, &(struct http_request){ .path = "/crm/v3/pipelines/deals/default/audit" },
             asking_count, &seen);
    http_ask(client,
             &(struct http_request){ .path = "/crm/v3/objects/emails?properties=hs_email_subject,"
                                             "hs_email_to_email,hs_timestamp" },
             asking_count, &seen);
    check_ok(http_run(client, &err), &err);
    http_ask(client, &(struct http_request){ .path = "/echo" }, asking_count, &seen);
    (void)http_run(client, &err);
    http_client_free(client);
    json_decref(body);
}

static void a_trace_holds_no_person_and_no_token(void **state)
{
    static const char *const kept[] = {
        "\"9001\"",
        "\"1008\"",
        "2025-04-14T10:00:00.120Z",
        "userId:7001",
        "\"CRM_UI\"",
        "\"hs_timestamp\":\"2025-01-13T08:31:00.000Z\"",
        "/crm/v3/owners?limit=500",
        "propertiesWithHistory\":[\"dealstage\",\"dealname\"]",
        "\\\"stageId\\\":\\\"1001\\\"",
    };
    static const char *const hidden[] = { "Lake",  "Ada",        "Quill",
                                          "@",     "Membership", FAKE_HUBSPOT_TOKEN,
                                          "Bearer" };
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    char *text = NULL;
    size_t len = 0;
    FILE *trace = open_memstream(&text, &len);

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, "echo@/echo");
    read_owners_and_deals(trace, &opts);
    fclose(trace);
    for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
        if (!strstr(text, kept[i]))
            fail_msg("%s is not in the trace", kept[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(hidden); i++) {
        if (strstr(text, hidden[i]))
            fail_msg("%s is in the trace", hidden[i]);
    }
    free(text);
}

/* ---- what of a service's JSON a trace shows ---- */

static bool shows(const char *text, const char *key, const char *owner)
{
    return owner && strcmp(owner, "stage") == 0 && strcmp(key, "value") == 0 && *text == 's';
}

static const char *const plain_members[] = { "id", "type", NULL };
static const char *const plain_own[] = { "fields", NULL };
static const char *const plain_own_members[] = { "stage", NULL };
static const char *const plain_json[] = { "raw", NULL };
static const struct http_plain plain = { .members = plain_members,
                                         .own = plain_own,
                                         .own_members = plain_own_members,
                                         .json = plain_json,
                                         .path_before = "/tabs/",
                                         .shows = shows };

static struct tracing {
    const char *name, *answer, *traced;
    bool unknown; /* a service that says nothing of its own */
} tracings[] = {
    { "members that are named are shown", "{\"id\":\"Ada\",\"name\":\"Ada\",\"n\":7,\"y\":true}",
      "{\"id\":\"Ada\",\"name\":\"<3 bytes>\",\"n\":7,\"y\":true}", false },
    { "and the items of their lists", "[{\"type\":[\"a\",[\"b\"]]},\"c\"]",
      "[{\"type\":[\"a\",[\"b\"]]},\"<1 bytes>\"]", false },
    { "of a service that is not known instants are",
      "{\"id\":\"Ada\",\"at\":\"2025-02-03T09:00:00Z\",\"fields\":{\"n\":7}}",
      "{\"id\":\"<3 bytes>\",\"at\":\"2025-02-03T09:00:00Z\",\"fields\":{\"n\":7}}", true },
    { "the account's own names are others",
      "{\"fields\":{\"id\":\"Ada\",\"type\":{\"type\":\"Ada\"},\"stage\":\"s1\",\"n\":7,\"y\":true}"
      "}",
      "{\"fields\":{\"id\":\"<3 bytes>\",\"type\":{\"type\":\"<3 bytes>\"},\"stage\":\"s1\","
      "\"n\":\"<number>\",\"y\":true}}",
      false },
    { "nor are lists of them shown", "{\"fields\":[[\"Ada\",7]],\"type\":\"s\"}",
      "{\"fields\":[[\"<3 bytes>\",\"<number>\"]],\"type\":\"s\"}", false },
    { "the service says more",
      "{\"fields\":{\"stage\":[{\"value\":\"s1\"}],\"name\":[{\"value\":\"s1\"}]},\"value\":"
      "\"s1\"}",
      "{\"fields\":{\"stage\":[{\"value\":\"s1\"}],\"name\":[{\"value\":\"<2 bytes>\"}]},"
      "\"value\":\"<2 bytes>\"}",
      false },
    { "JSON in a text is looked into", "{\"raw\":\"{\\\"id\\\":\\\"1\\\",\\\"x\\\":\\\"Ada\\\"}\"}",
      "{\"raw\":\"{\\\"id\\\":\\\"1\\\",\\\"x\\\":\\\"<3 bytes>\\\"}\"}", false },
    { "and what is none is not shown", "{\"raw\":\"Ada\"}", "{\"raw\":\"<3 bytes>\"}", false },
    { "nor is it under an own name", "{\"fields\":{\"raw\":\"{}\"}}",
      "{\"fields\":{\"raw\":\"<2 bytes>\"}}", false },
};

static void a_trace_of_an_answer(void **state)
{
    const struct tracing *row = *state;
    const struct http_secrets none = { 0 };
    json_t *answer = json_loads(row->answer, 0, NULL), *line;
    char *text = NULL, *traced;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    http_trace(out, &(struct http_traced){ .path = "/tabs/Ada%27s",
                                           .problem = "",
                                           .secrets = &none,
                                           .plain = row->unknown ? NULL : &plain,
                                           .answer = answer,
                                           .nth = 1,
                                           .status = 200 });
    fclose(out);
    line = json_loads(text, 0, NULL);
    assert_string_equal(json_string_value(json_object_get(line, "path")),
                        row->unknown ? "/tabs/Ada%27s" : "/tabs/<7 bytes>");
    traced = json_dumps(json_object_get(line, "answer"), JSON_COMPACT);
    assert_string_equal(traced, row->traced);
    free(traced);
    free(text);
    json_decref(line);
    json_decref(answer);
}

/* ---- addresses and tokens that are no good ---- */

static struct opening {
    const char *name, *url, *token, *says; /* says NULL: it works */
} openings[] = {
    { "https is fine", "https://api.hubapi.com", "t", NULL },
    { "a path before it is fine, and a slash after it", "https://proxy.example.org/hubspot/", "t",
      NULL },
    { "plain http stays on this machine", "http://127.0.0.1:8080", "t", NULL },
    { "plain http to IPv6's loopback too", "http://[::1]:8080", "t", NULL },
    { "plain http does not go out", "http://api.hubapi.com", "t", "plain http" },
    { "nor to what is named like a loopback", "http://127.0.0.1.example.org", "t", "plain http" },
    { "nor to what begins like one", "http://localhost.example.org", "t", "plain http" },
    { "another scheme is refused", "ftp://api.hubapi.com", "t", "no https address" },
    { "a file is refused", "file:///etc/passwd", "t", "base URL" },
    { "no address is refused", "not an address", "t", "base URL" },
    { "an empty address is refused", "", "t", "base URL" },
    { "a user in the address is refused", "https://u:secret@api.hubapi.com", "t", "more than" },
    { "a query in the address is refused", "https://api.hubapi.com/?a=b", "t", "more than" },
    { "no token is refused", "https://api.hubapi.com", NULL, "no token" },
    { "an empty token is refused", "https://api.hubapi.com", "", "no token" },
    { "a token of two lines is refused", "https://api.hubapi.com", "secret\r\nX-Y: z",
      "the token holds" },
    { "a token outside ASCII is refused", "https://api.hubapi.com", "secret\xc3\xa9",
      "the token holds" },
};

static void an_opening(void **state)
{
    const struct opening *opening = *state;
    http_client *client = NULL;
    struct http_opts opts = { .base_url = opening->url, .token = opening->token };
    struct bc_err err = { 0 };
    bc_status rc = http_client_new(&client, &opts, &err);

    if (!opening->says) {
        check_ok(rc, &err);
    } else {
        assert_int_equal(rc, BC_E_INPUT);
        assert_null(client);
        if (!strstr(err.message, opening->says))
            fail_msg("said '%s', expected '%s' in it", err.message, opening->says);
        assert_null(strstr(err.message, "secret"));
    }
    http_client_free(client);
}

/* What is said is cut at a length, and may end within the token. */
static void the_beginning_of_a_token_is_struck_too(void **state)
{
    static const char token[] = "pat-eu1-0123456789abcdef";
    char whole[] = "said pat-eu1-0123456789abcdef.", cut[] = "said pat-eu1-0123456; more",
         word[] = "pat-eu1-9 is no token";

    (void)state;
    http_scrub(whole, token);
    http_scrub(cut, token);
    http_scrub(word, token);
    assert_string_equal(whole, "said ************************.");
    assert_string_equal(cut, "said ***************; more");
    assert_string_equal(word, "pat-eu1-9 is no token");
}

int main(void)
{
    static const struct CMUnitTest whole[] = {
        cmocka_unit_test(the_token_is_in_no_error),
        cmocka_unit_test(the_token_is_in_no_error_about_an_answer),
        cmocka_unit_test(a_certificate_that_nobody_vouches_for_is_refused),
        cmocka_unit_test(a_trace_holds_no_person_and_no_token),
        cmocka_unit_test(the_beginning_of_a_token_is_struck_too),
    };
    struct CMUnitTest tests[ARRAY_LEN(openings) + ARRAY_LEN(tracings) + ARRAY_LEN(whole)];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(openings); i++)
        tests[n++] = (struct CMUnitTest){ openings[i].name, an_opening, NULL, NULL, &openings[i] };
    for (size_t i = 0; i < ARRAY_LEN(tracings); i++)
        tests[n++] =
            (struct CMUnitTest){ tracings[i].name, a_trace_of_an_answer, NULL, NULL, &tracings[i] };
    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        tests[n++] = whole[i];
    return cmocka_run_group_tests_name("tools/http/http_secrets", tests, asking_begin, asking_end);
}
