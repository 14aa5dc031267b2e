/* `backcast import hubspot`: a search goes on past what one query gives, comes to an end, and what
 * it does not show is found all the same. Against the fake HubSpot. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"
#include "tools/hubspot/read.h"
#include "tools/hubspot/service.h"

#include <stdio.h>

static void what_the_search_does_not_see_yet_is_found_all_the_same(void **state)
{
    struct place *place = place_begin((const char *const[]){ "--lag", "3", NULL });

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    place_later(place);
    place_check_import(place, NULL, 31, 15, 1); /* deals are listed too */
    place_check_import(place, NULL, 2, 15,
                       1); /* the e-mail that was opened, and 505: searched an hour back */
    place_check_import(place, NULL, 0, 15, 1);
    place_end(place);
}

static void search_all(const struct place *place, uint64_t most, uint64_t want)
{
    struct hubspot_bench bench;
    struct bc_err err = { 0 };
    bc_string_table *ids = bc_string_table_new();
    int64_t seen_us = 0;
    const struct http_opts opts = { .base_url = place->fake.url,
                                    .token = FAKE_HUBSPOT_TOKEN,
                                    .service = &hubspot_service };

    hubspot_bench_init(&bench, "{}");
    check_ok(http_client_new(&bench.run.client, &opts, &err), &err);
    bench.run.search_most = most;
    hubspot_search(&bench.run, "deals", 1, ids, &seen_us, NULL);
    check_ok(http_run(bench.run.client, &err), &err);
    assert_int_equal(bc_string_table_count(ids) - 1, want);
    assert_true(seen_us > 0);
    bc_string_table_free(ids);
    http_client_free(bench.run.client);
    hubspot_bench_release(&bench);
}

static void a_search_goes_on_behind_its_limit(void **state)
{
    struct place *place =
        place_begin((const char *const[]){ "--many", "900", "--search-cap", "400", NULL });

    (void)state;
    search_all(place, 400, 13 + 900); /* one of 14 is archived */
    place_end(place);
}

static void a_millisecond_that_holds_more_than_a_query_is_gone_through_by_id(void **state)
{
    struct place *place = place_begin((const char *const[]){ "--search-cap", "200", NULL });

    (void)state;
    for (int i = 0; i < 450; i++) {
        char text[160];

        snprintf(text, sizeof(text),
                 "{'kind':'deals','record':{'id':'%d','createdAt':'2025-01-01T00:00:00Z',"
                 "'updatedAt':'2025-02-01T00:00:00.123Z','properties':{}}}",
                 50000 + i);
        json_decref(fake_hubspot_steer(&place->fake, "/_put", hubspot_json(text)));
    }
    search_all(place, 200, 13 + 450);
    place_end(place);
}

static void a_search_that_goes_in_a_circle_ends(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    fake_hubspot_do(&place->fake, "loop@deals/search");
    place_check_code(place, IMPORT(place, "--json"), 8);
    assert_non_null(strstr(place->err, "in a circle"));
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    place_check_import(place, NULL, 0, 13, 1);
    place_end(place);
}

static void what_a_refused_search_would_show_is_read_all_the_same(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    place_later(place);
    fake_hubspot_do(&place->fake, "no-method@emails/search");
    fake_hubspot_do(&place->fake, "bad@meetings/search");
    place_check_import(place, NULL, 33, 15, 1); /* as many as where it is answered */
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_search_does_not_see_yet_is_found_all_the_same),
        cmocka_unit_test(a_search_goes_on_behind_its_limit),
        cmocka_unit_test(a_millisecond_that_holds_more_than_a_query_is_gone_through_by_id),
        cmocka_unit_test(a_search_that_goes_in_a_circle_ends),
        cmocka_unit_test(what_a_refused_search_would_show_is_read_all_the_same),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_search", tests, NULL, NULL);
}
