/* The wire brings every answer, or says what went wrong: it asks again what failed in passing,
 * waits as it is told, gives up at a bound, takes nothing for an answer that is none, and keeps the
 * token to itself. Here it talks with the fake HubSpot, whose clock it does not share: waiting
 * takes no time. */
#include "tests/support/check.h"
#include "tests/support/fake_hubspot.h"
#include "tools/import/http.h"

#include <stdlib.h>

#define SECOND_US INT64_C(1000000)
#define OWNERS    "/crm/v3/owners?limit=500"

static struct fake_hubspot fake;

/* ---- a clock that stands still unless somebody sleeps ---- */

static int64_t clock_now(void *state)
{
    return *(int64_t *)state;
}

static void clock_sleep(void *state, int64_t us)
{
    *(int64_t *)state += us;
}

static double clock_chance(void *state)
{
    (void)state;
    return 0.5;
}

/* ---- one question, and how it ends ---- */

struct seen {
    int calls, status;
    bool root;
};

static bc_status see(void *payload, int status, json_t *root, struct bc_err *err)
{
    struct seen *seen = payload;

    (void)err;
    seen->calls++;
    seen->status = status;
    seen->root = root != NULL;
    return BC_OK;
}

static struct http_opts options(int64_t *now)
{
    static struct http_clock clock;

    clock = (struct http_clock){ clock_now, clock_sleep, clock_chance, now };
    return (struct http_opts){
        .base_url = fake.url,
        .token = FAKE_HUBSPOT_TOKEN,
        .clock = &clock,
        .body_max = 1000000,
    };
}

struct row {
    const char *name, *rule;
    const char *says;  /* in the error; NULL: it works */
    uint64_t requests; /* how often it was asked */
    double waited_s[2];
    int status; /* 0: 200 */
    enum http_lane lane;
    bool missing_ok, forbidden_ok;
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
    { "but not for a day", "moving-long", "come back in 86400 seconds", .requests = 1 },
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
      .status = 403, .forbidden_ok = true },
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
    { "a NUL in a text is not JSON", "nul", "not JSON", .requests = 3, .waited_s = { 2, 3 } },
    { "an array is no answer", "array", "no JSON object", .requests = 1 },
    { "an error under the status of success is an error", "error-body",
      "its body of an error (200): Something went wrong; correlation id 5c1fa6c5", .requests = 1 },
    { "a key twice in one object is refused", "twice", "a key twice in one object", .requests = 1 },
    { "deep nesting is refused", "deep", "nested more than 64 deep", .requests = 1 },
    { "a body that is too long is refused", "huge", "longer than 1000000 bytes", .requests = 1 },
    { "packing makes no body short", "huge-gzip", "longer than 1000000 bytes", .requests = 1 },
    { "no redirect is followed to another host", "redirect", "sends us on to 'localhost' (302)",
      .requests = 1 },
    { "nor to the same", "redirect-same", "sends us on to '127.0.0.1' (302)", .requests = 1 },
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
    struct http_opts opts = options(&now);
    struct bc_err err = { 0 };
    struct seen seen = { 0 };

    if (strncmp(row->rule, "slow", 4) == 0)
        opts.answer_max_us = SECOND_US; /* the one thing that no clock of ours can shorten */
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    fake_hubspot_do(&fake, row->rule);
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client,
             &(struct http_request){
                 .path = OWNERS,
                 .lane = row->lane,
                 .missing_ok = row->missing_ok,
                 .forbidden_ok = row->forbidden_ok,
             },
             see, &seen);
    bc_status rc = http_run(client, &err);
    struct http_counts counts = http_client_counts(client);

    http_client_free(client);
    check_row(row, rc, &err, &seen);
    assert_int_equal(counts.requests, row->requests);
    assert_int_equal(counts.retries, row->requests - 1);
    assert_int_equal(counts.waited_us, now);
    assert_true((double)now >= row->waited_s[0] * SECOND_US);
    assert_true((double)now <= row->waited_s[1] * SECOND_US);
    json_decref(fake_hubspot_steer(&fake, "/_do", json_pack("{s:[]}", "rules")));
    assert_int_equal(fake_hubspot_asked(&fake, "/stolen"), 0);
}

/* ---- many questions ---- */

static void the_token_is_in_no_error(void **state)
{
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = options(&now);
    struct bc_err err = { 0 };
    struct seen seen = { 0 };

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    fake_hubspot_do(&fake, "echo");
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = OWNERS }, see, &seen);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    http_client_free(client);
    assert_non_null(strstr(err.message, "bad header Bearer **********"));
    assert_null(strstr(err.message, FAKE_HUBSPOT_TOKEN));
}

struct listing {
    http_client *client;
    struct http_pages pages;
    size_t deals;
};

static void ask_page(struct listing *listing, const char *after, http_take_fn *take)
{
    struct bc_buf path = { 0 };

    bc_buf_add_str(&path, BC_STR("/crm/v3/objects/deals"));
    http_query_add(&path, "limit", "5");
    if (after)
        http_query_add(&path, "after", after);
    bc_buf_add_byte(&path, '\0');
    http_ask(listing->client, &(struct http_request){ .path = path.at }, take, listing);
    bc_buf_release(&path);
}

static bc_status take_page(void *payload, int status, json_t *root, struct bc_err *err)
{
    struct listing *listing = payload;
    const char *after;

    (void)status;
    listing->deals += json_array_size(json_object_get(root, "results"));
    bc_status rc = http_pages_next(&listing->pages, &after, root, err);

    if (rc == BC_OK)
        ask_page(listing, after, take_page);
    return rc;
}

static bc_status list_all(struct listing *listing, const char *rule, struct bc_err *err)
{
    int64_t now = 0;
    struct http_opts opts = options(&now);

    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    fake_hubspot_do(&fake, rule);
    check_ok(http_client_new(&listing->client, &opts, err), err);
    ask_page(listing, NULL, take_page);
    bc_status rc = http_run(listing->client, err);

    http_client_free(listing->client);
    http_pages_release(&listing->pages);
    return rc;
}

static void a_callback_asks_for_the_page_after_it(void **state)
{
    struct listing listing = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    check_ok(list_all(&listing, "500*2", &err), &err);
    assert_int_equal(listing.deals, 13);
    assert_int_equal(fake_hubspot_asked(&fake, "/deals"), 3 + 2);
}

static void pages_that_go_in_a_circle_are_noticed(void **state)
{
    struct listing listing = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    assert_int_equal(list_all(&listing, "loop", &err), BC_E_REMOTE);
    assert_non_null(strstr(err.message, "go in a circle"));
    assert_int_equal(fake_hubspot_asked(&fake, "/deals"), 2);
}

static bc_status refuse(void *payload, int status, json_t *root, struct bc_err *err)
{
    (void)status;
    (void)root;
    ++*(int *)payload;
    return bc_err_set(err, BC_E_INPUT, "not to my liking");
}

static void a_callback_that_fails_ends_the_run(void **state)
{
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = options(&now);
    struct bc_err err = { 0 };
    struct seen seen = { 0 };
    int refused = 0;

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    check_ok(http_client_new(&client, &opts, &err), &err);
    for (int i = 0; i < 20; i++)
        http_ask(client, &(struct http_request){ .path = OWNERS }, refuse, &refused);
    assert_int_equal(http_run(client, &err), BC_E_INPUT);
    assert_int_equal(refused, 1);
    assert_string_equal(err.message, "not to my liking");
    assert_string_equal(err.context, "GET /crm/v3/owners");

    /* What was dropped stays so, and the next run is a new one. */
    http_ask(client, &(struct http_request){ .path = OWNERS }, see, &seen);
    check_ok(http_run(client, &err), &err);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(refused, 1);
    http_client_free(client);
}

static int64_t run_many(size_t n, const struct http_request *request, const struct http_opts *opts)
{
    http_client *client = NULL;
    struct bc_err err = { 0 };
    struct seen seen = { 0 };

    check_ok(http_client_new(&client, opts, &err), &err);
    for (size_t i = 0; i < n; i++)
        http_ask(client, request, see, &seen);
    check_ok(http_run(client, &err), &err);
    assert_int_equal(seen.calls, n);
    struct http_counts counts = http_client_counts(client);

    http_client_free(client);
    return counts.waited_us;
}

static void the_limit_is_kept_before_it_is_met(void **state)
{
    int64_t now = 0;
    struct http_opts opts = options(&now);

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    opts.limit_n = 1000; /* but the answers' headers say 190 in 10 s: 171, then */
    assert_int_equal(run_many(171, &(struct http_request){ .path = OWNERS }, &opts), 0);
    assert_int_equal(run_many(343, &(struct http_request){ .path = OWNERS }, &opts),
                     20 * SECOND_US);
}

static void four_questions_are_in_flight_and_no_more(void **state)
{
    int64_t now = 0;
    struct http_opts opts = options(&now);

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    fake_hubspot_do(&fake, "slow*4");
    run_many(12, &(struct http_request){ .path = OWNERS }, &opts);
    json_t *root = fake_hubspot_steer(&fake, "/_log", NULL);

    assert_int_equal(json_integer_value(json_object_get(root, "most_at_once")), 4);
    json_decref(root);
}

static void searches_go_out_four_in_a_second(void **state)
{
    int64_t now = 0;
    struct http_opts opts = options(&now);
    json_t *body = json_pack("{s:[],s:[],s:[],s:i,s:s}", "filterGroups", "sorts", "properties",
                             "limit", 1, "after", "0");

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    assert_int_equal(run_many(9,
                              &(struct http_request){ .path = "/crm/v3/objects/deals/search",
                                                      .body = body,
                                                      .lane = HTTP_SEARCH },
                              &opts),
                     2 * SECOND_US);
    json_decref(body);
}

static void a_limit_that_others_use_up_is_left_to_recover(void **state)
{
    int64_t now = 0;
    struct http_opts opts = options(&now);

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    fake_hubspot_do(&fake, "almost-used-up*1");
    opts.in_flight_max = 1;
    assert_int_equal(run_many(2, &(struct http_request){ .path = OWNERS }, &opts), 10 * SECOND_US);
}

static bc_status note_first(void *payload, int status, json_t *root, struct bc_err *err)
{
    int64_t **times = payload; /* the clock, and where the first answer's time goes */

    (void)status;
    (void)root;
    (void)err;
    *times[1] = *times[1] ? *times[1] : *times[0];
    return BC_OK;
}

static void where_one_has_met_the_limit_the_others_wait_too(void **state)
{
    http_client *client = NULL;
    int64_t now = 1, first = 0, *times[] = { &now, &first };
    struct http_opts opts = options(&now);
    struct bc_err err = { 0 };

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    fake_hubspot_do(&fake, "rolling*1");
    opts.in_flight_max = 1;
    check_ok(http_client_new(&client, &opts, &err), &err);
    for (int i = 0; i < 5; i++)
        http_ask(client, &(struct http_request){ .path = OWNERS }, note_first, times);
    check_ok(http_run(client, &err), &err);
    assert_true(first >= 10 * SECOND_US);
    assert_int_equal(http_client_counts(client).requests, 6);
    http_client_free(client);
}

static void a_run_has_an_end(void **state)
{
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = options(&now);
    struct bc_err err = { 0 };
    struct seen seen = { 0 };

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    fake_hubspot_do(&fake, "moving");
    opts.total_max_us = 30 * SECOND_US;
    check_ok(http_client_new(&client, &opts, &err), &err);
    check_ok(http_run(client, &err), &err); /* nothing asked, nothing done */
    http_ask(client, &(struct http_request){ .path = OWNERS }, see, &seen);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    assert_string_equal(err.message, "not done after 30 seconds");
    http_client_free(client);
}

static void look(void *payload, const struct http_counts *counts)
{
    *(struct http_counts *)payload = *counts;
}

static void progress_is_told_while_it_waits(void **state)
{
    int64_t now = 0;
    struct http_counts last = { 0 };
    struct http_opts opts = options(&now);

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    fake_hubspot_do(&fake, "rolling*1");
    opts.progress = look;
    opts.progress_payload = &last;
    run_many(1, &(struct http_request){ .path = OWNERS }, &opts);
    assert_int_equal(last.requests, 2);
    assert_int_equal(last.retries, 1);
    assert_true(last.waited_us >= 9 * SECOND_US);
    assert_true(last.body_bytes > 0);
}

/* A slip in its name should not take minutes to be told. */
static void nobody_at_home_is_said_soon(void **state)
{
    struct fake_hubspot gone;
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = options(&now);
    struct bc_err err = { 0 };
    struct seen seen = { 0 };

    (void)state;
    fake_hubspot_start(&gone, NULL);
    opts.base_url = gone.url;
    check_ok(http_client_new(&client, &opts, &err), &err);
    fake_hubspot_stop(&gone);
    http_ask(client, &(struct http_request){ .path = OWNERS }, see, &seen);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    assert_string_equal(err.context, "GET /crm/v3/owners: asked 3 times");
    http_client_free(client);
}

static void a_certificate_that_nobody_vouches_for_is_refused(void **state)
{
    static const char *const tls[] = { "--tls", NULL };
    struct fake_hubspot unknown;
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = options(&now);
    struct bc_err err = { 0 };
    struct seen seen = { 0 };

    (void)state;
    fake_hubspot_start(&unknown, tls);
    opts.base_url = unknown.url;
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = OWNERS }, see, &seen);
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
    struct seen seen = { 0 };
    json_t *body = json_pack("{s:[{s:s}],s:[s],s:[s,s]}", "inputs", "id", "9001", "properties",
                             "dealname", "propertiesWithHistory", "dealstage", "dealname");

    opts->trace = trace;
    check_ok(http_client_new(&client, opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = OWNERS }, see, &seen);
    http_ask(client,
             &(struct http_request){ .path = "/crm/v3/objects/deals/batch/read", .body = body },
             see, &seen);
    http_ask(client, &(struct http_request){ .path = "/crm/v3/pipelines/deals/default/audit" }, see,
             &seen);
    http_ask(client,
             &(struct http_request){ .path = "/crm/v3/objects/emails?properties=hs_email_subject,"
                                             "hs_email_to_email,hs_timestamp" },
             see, &seen);
    check_ok(http_run(client, &err), &err);
    http_ask(client, &(struct http_request){ .path = "/echo" }, see, &seen);
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
    struct http_opts opts = options(&now);
    char *text = NULL;
    size_t len = 0;
    FILE *trace = open_memstream(&text, &len);

    (void)state;
    json_decref(fake_hubspot_steer(&fake, "/_clear", NULL));
    fake_hubspot_do(&fake, "echo@/echo");
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

/* ---- addresses and tokens that are no good ---- */

static struct opening {
    const char *name, *url, *token, *says; /* says NULL: it works */
} openings[] = {
    { "https is fine", "https://api.hubapi.com", "t", NULL },
    { "a path in front is fine, and a slash behind", "https://proxy.example.org/hubspot/", "t",
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

static int start(void **state)
{
    (void)state;
    fake_hubspot_start(&fake, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    fake_hubspot_stop(&fake);
    return 0;
}

int main(void)
{
    static const struct CMUnitTest whole[] = {
        cmocka_unit_test(the_token_is_in_no_error),
        cmocka_unit_test(a_callback_asks_for_the_page_after_it),
        cmocka_unit_test(pages_that_go_in_a_circle_are_noticed),
        cmocka_unit_test(a_callback_that_fails_ends_the_run),
        cmocka_unit_test(the_limit_is_kept_before_it_is_met),
        cmocka_unit_test(four_questions_are_in_flight_and_no_more),
        cmocka_unit_test(searches_go_out_four_in_a_second),
        cmocka_unit_test(a_limit_that_others_use_up_is_left_to_recover),
        cmocka_unit_test(where_one_has_met_the_limit_the_others_wait_too),
        cmocka_unit_test(a_run_has_an_end),
        cmocka_unit_test(progress_is_told_while_it_waits),
        cmocka_unit_test(nobody_at_home_is_said_soon),
        cmocka_unit_test(a_certificate_that_nobody_vouches_for_is_refused),
        cmocka_unit_test(a_trace_holds_no_person_and_no_token),
    };
    struct CMUnitTest tests[ARRAY_LEN(rows) + ARRAY_LEN(openings) + ARRAY_LEN(whole)];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[n++] = (struct CMUnitTest){ rows[i].name, one_question, NULL, NULL, &rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(openings); i++)
        tests[n++] = (struct CMUnitTest){ openings[i].name, an_opening, NULL, NULL, &openings[i] };
    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        tests[n++] = whole[i];
    return cmocka_run_group_tests_name("tools/http", tests, start, stop);
}
