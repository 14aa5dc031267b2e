/* Many questions come back, each with its answer, under the service's limits, and until the first
 * failure. The fake HubSpot answers; its clock is not ours, so waiting takes no time. */
#include "tests/support/asking.h"
#include "tests/support/check.h"
#include "tools/http/http.h"

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

static bc_status take_page(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct listing *listing = payload;
    const char *after;

    listing->deals += json_array_size(json_object_get(answer->root, "results"));
    bc_status rc = http_pages_next(&listing->pages, &after, answer->root, err);

    if (rc == BC_OK)
        ask_page(listing, after, take_page);
    return rc;
}

static bc_status list_all(struct listing *listing, const char *rule, struct bc_err *err)
{
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);

    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, rule);
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
    assert_int_equal(fake_hubspot_asked(&asking_fake, "/deals"), 3 + 2);
}

static void pages_that_go_in_a_circle_are_noticed(void **state)
{
    struct listing listing = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    assert_int_equal(list_all(&listing, "loop", &err), BC_E_REMOTE);
    assert_non_null(strstr(err.message, "go in a circle"));
    assert_int_equal(fake_hubspot_asked(&asking_fake, "/deals"), 2);
}

static bc_status refuse(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    (void)answer;
    ++*(int *)payload;
    return bc_err_set(err, BC_E_INPUT, "not to my liking");
}

static void a_callback_that_fails_ends_the_run(void **state)
{
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };
    int seen = 0;
    int refused = 0;

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    check_ok(http_client_new(&client, &opts, &err), &err);
    for (int i = 0; i < 20; i++)
        http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, refuse, &refused);
    assert_int_equal(http_run(client, &err), BC_E_INPUT);
    assert_int_equal(refused, 1);
    assert_string_equal(err.message, "not to my liking");
    assert_string_equal(err.context, "GET /crm/v3/owners");

    /* What was dropped stays so, and the next run is a new one. */
    http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, asking_count, &seen);
    check_ok(http_run(client, &err), &err);
    assert_int_equal(seen, 1);
    assert_int_equal(refused, 1);
    http_client_free(client);
}

static int64_t run_many(size_t n, const struct http_request *request, const struct http_opts *opts)
{
    http_client *client = NULL;
    struct bc_err err = { 0 };
    int seen = 0;

    check_ok(http_client_new(&client, opts, &err), &err);
    for (size_t i = 0; i < n; i++)
        http_ask(client, request, asking_count, &seen);
    check_ok(http_run(client, &err), &err);
    assert_int_equal(seen, n);
    struct http_counts counts = http_client_counts(client);

    http_client_free(client);
    return counts.waited_us;
}

static void the_limit_is_kept_before_it_is_met(void **state)
{
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    opts.limit_n = 1000; /* but the answers' headers say 190 in 10 s: 171, then */
    assert_int_equal(run_many(171, &(struct http_request){ .path = ASKING_OWNERS }, &opts), 0);
    assert_int_equal(run_many(343, &(struct http_request){ .path = ASKING_OWNERS }, &opts),
                     20 * ASKING_SECOND_US);
}

static void four_questions_are_in_flight_and_no_more(void **state)
{
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, "slow*4");
    run_many(12, &(struct http_request){ .path = ASKING_OWNERS }, &opts);
    json_t *root = fake_hubspot_steer(&asking_fake, "/_log", NULL);

    assert_int_equal(json_integer_value(json_object_get(root, "most_at_once")), 4);
    json_decref(root);
}

static void searches_go_out_four_in_a_second(void **state)
{
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    json_t *body = json_pack("{s:[],s:[],s:[],s:i,s:s}", "filterGroups", "sorts", "properties",
                             "limit", 1, "after", "0");

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    assert_int_equal(run_many(9,
                              &(struct http_request){ .path = "/crm/v3/objects/deals/search",
                                                      .body = body,
                                                      .lane = HTTP_SEARCH },
                              &opts),
                     2 * ASKING_SECOND_US);
    json_decref(body);
}

static void a_limit_that_others_use_up_is_left_to_recover(void **state)
{
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, "almost-used-up*1");
    opts.in_flight_max = 1;
    assert_int_equal(run_many(2, &(struct http_request){ .path = ASKING_OWNERS }, &opts),
                     10 * ASKING_SECOND_US);
}

static bc_status note_first(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    int64_t **times = payload; /* the clock, and where the first answer's time goes */

    (void)answer;
    (void)err;
    *times[1] = *times[1] ? *times[1] : *times[0];
    return BC_OK;
}

static void where_one_has_met_the_limit_the_others_wait_too(void **state)
{
    http_client *client = NULL;
    int64_t now = 1, first = 0, *times[] = { &now, &first };
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, "rolling*1");
    opts.in_flight_max = 1;
    check_ok(http_client_new(&client, &opts, &err), &err);
    for (int i = 0; i < 5; i++)
        http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, note_first, times);
    check_ok(http_run(client, &err), &err);
    assert_true(first >= 10 * ASKING_SECOND_US);
    assert_int_equal(http_client_counts(client).requests, 6);
    http_client_free(client);
}

static void a_run_has_an_end(void **state)
{
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };
    int seen = 0;

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, "moving");
    opts.total_max_us = 30 * ASKING_SECOND_US;
    check_ok(http_client_new(&client, &opts, &err), &err);
    check_ok(http_run(client, &err), &err); /* nothing asked, nothing done */
    http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, asking_count, &seen);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    assert_string_equal(err.message, "not done after 30 seconds");
    http_client_free(client);
}

/* Once it was heard: else three tries are all. */
static void a_service_that_falls_silent_is_given_up(void **state)
{
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct http_clock leaping = leaping_clock(&now);
    struct bc_err err = { 0 };
    int seen = 0;

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, "silent@limit=500");
    opts.clock = &leaping;
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = "/crm/v3/owners" }, asking_count, &seen);
    http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, asking_count, &seen);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    assert_string_equal(err.message, "the service gave no answer for 300 seconds");
    assert_int_equal(http_client_counts(client).requests, 2);
    http_client_free(client);
}

static void what_was_heard_last_is_said(void **state)
{
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };
    int seen = 0;

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, "moving");
    opts.give_up_us = 50 * ASKING_SECOND_US;
    check_ok(http_client_new(&client, &opts, &err), &err);
    http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, asking_count, &seen);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    assert_string_equal(
        err.message,
        "the service gave no answer for 50 seconds; the last was: the account is being moved to "
        "another data centre (477): Migration in progress; correlation id "
        "5c1fa6c5-0000-4000-8000-000000000002");
    assert_int_equal(http_client_counts(client).requests, 3);
    http_client_free(client);
}

struct chain {
    http_client *client;
    int left;
};

static bc_status ask_next(void *payload, const struct http_answer *answer, struct bc_err *err)
{
    struct chain *chain = payload;

    (void)answer;
    (void)err;
    if (chain->left-- > 0) {
        fake_hubspot_do(&asking_fake, "moving*1");
        http_ask(chain->client, &(struct http_request){ .path = ASKING_OWNERS }, ask_next, chain);
    }
    return BC_OK;
}

/* However long all of it takes. */
static void each_answer_renews_the_patience(void **state)
{
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };
    struct chain chain = { .left = 5 };

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    opts.give_up_us = 30 * ASKING_SECOND_US;
    check_ok(http_client_new(&chain.client, &opts, &err), &err);
    http_ask(chain.client, &(struct http_request){ .path = ASKING_OWNERS }, ask_next, &chain);
    check_ok(http_run(chain.client, &err), &err);
    assert_true(now > 100 * ASKING_SECOND_US);
    http_client_free(chain.client);
}

static void look(void *payload, const struct http_counts *counts)
{
    *(struct http_counts *)payload = *counts;
}

static void progress_is_told_while_it_waits(void **state)
{
    int64_t now = 0;
    struct http_counts last = { 0 };
    struct http_opts opts = asking_options(&now);

    (void)state;
    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    fake_hubspot_do(&asking_fake, "rolling*1");
    opts.progress = look;
    opts.progress_payload = &last;
    run_many(1, &(struct http_request){ .path = ASKING_OWNERS }, &opts);
    assert_int_equal(last.requests, 2);
    assert_int_equal(last.retries, 1);
    assert_true(last.waited_us >= 9 * ASKING_SECOND_US);
    assert_true(last.body_bytes > 0);
}

/* A typo in its name should not take minutes to be reported. */
static void nobody_at_home_is_said_soon(void **state)
{
    struct fake_hubspot gone;
    http_client *client = NULL;
    int64_t now = 0;
    struct http_opts opts = asking_options(&now);
    struct bc_err err = { 0 };
    int seen = 0;

    (void)state;
    fake_hubspot_start(&gone, NULL);
    opts.base_url = gone.url;
    check_ok(http_client_new(&client, &opts, &err), &err);
    fake_hubspot_stop(&gone);
    http_ask(client, &(struct http_request){ .path = ASKING_OWNERS }, asking_count, &seen);
    assert_int_equal(http_run(client, &err), BC_E_REMOTE);
    assert_string_equal(err.context, "GET /crm/v3/owners: asked 3 times");
    http_client_free(client);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_callback_asks_for_the_page_after_it),
        cmocka_unit_test(pages_that_go_in_a_circle_are_noticed),
        cmocka_unit_test(a_callback_that_fails_ends_the_run),
        cmocka_unit_test(the_limit_is_kept_before_it_is_met),
        cmocka_unit_test(four_questions_are_in_flight_and_no_more),
        cmocka_unit_test(searches_go_out_four_in_a_second),
        cmocka_unit_test(a_limit_that_others_use_up_is_left_to_recover),
        cmocka_unit_test(where_one_has_met_the_limit_the_others_wait_too),
        cmocka_unit_test(a_run_has_an_end),
        cmocka_unit_test(a_service_that_falls_silent_is_given_up),
        cmocka_unit_test(what_was_heard_last_is_said),
        cmocka_unit_test(each_answer_renews_the_patience),
        cmocka_unit_test(progress_is_told_while_it_waits),
        cmocka_unit_test(nobody_at_home_is_said_soon),
    };

    return cmocka_run_group_tests_name("tools/http/http", tests, asking_begin, asking_end);
}
