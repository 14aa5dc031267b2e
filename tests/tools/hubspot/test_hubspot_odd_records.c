/* `backcast import hubspot`: one record that is odd is named, and keeps none of the others out. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"

/* A deal whose name is any bytes, in its value and its history. */
static void put_deal(struct place *place, const char *id, const char *name, size_t len)
{
    json_t *entry = json_pack("{s:s%, s:s, s:s}", "value", name, len, "timestamp",
                              "2025-03-01T00:00:00Z", "sourceType", "CRM_UI");
    json_t *stage = json_pack("{s:s, s:s, s:s}", "value", "1003", "timestamp",
                              "2025-03-01T00:00:00Z", "sourceType", "CRM_UI");
    json_t *record = json_pack("{s:s, s:s, s:s, s:{}, s:{s:[o], s:[o]}}", "id", id, "createdAt",
                               "2025-03-01T00:00:00Z", "updatedAt", "2025-03-01T00:00:00Z",
                               "properties", "history", "dealname", entry, "dealstage", stage);

    json_decref(fake_hubspot_steer(&place->fake, "/_put",
                                   json_pack("{s:s, s:o}", "kind", "deals", "record", record)));
}

static void a_text_that_is_none_is_mended_and_its_record_named(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    put_deal(place, "9030", "Lake\0Univ", 9);
    place_check_import(place, NULL, -1, 14, 1);
    assert_non_null(
        strstr(place->out, "\"note\": \"textsUnsound\", \"n\": 1, \"which\": [\"deals 9030\"]"));
    place_check_code(place, RUN(place, cmd_export, "export", "jsonl"), 0);
    assert_non_null(strstr(place->out, "Lake\xef\xbf\xbdUniv"));
    place_check_import(place, NULL, 0, 14, 1);
    place_end(place);
}

static bc_status take_none(void *payload, const struct bc_event *event, struct bc_err *err)
{
    (void)event;
    (void)err;
    ++*(int *)payload;
    return BC_DONE;
}

/* It was left out: a later run must not take it for one that is there. */
static void what_cannot_be_an_event_is_not_known_afterwards(void **state)
{
    struct hubspot_bench bench;
    struct bc_event event = hubspot_event(BC_DEAL_CREATED, BC_STR("9"), 1, BC_STR("deal/9"));
    struct bc_err err = { 0 };
    int taken = 0;

    (void)state;
    hubspot_bench_init(&bench, "{}");
    bench.run.sink = (struct hubspot_sink){ .take = take_none, .payload = &taken };
    event.id = BC_STR("hubspot:deal/9/created");
    check_ok(hubspot_emit(&bench.run, &event, &err), &err);
    assert_int_equal(taken, 1);
    assert_null(hubspot_index_deal(bench.run.known, BC_STR("9")));
    hubspot_bench_release(&bench);
}

/* An account whose clock is ahead of ours. */
static void what_is_dated_after_it_was_recorded_is_counted(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    assert_null(strstr(place->out, "datedAfterRecorded"));
    place_ledger(place, "behind");
    place->now_us = INT64_C(1740700800000000); /* 2025-02-28 */
    place_check_code(place, IMPORT(place, "--json"), 0);
    assert_non_null(strstr(place->out, "\"datedAfterRecorded\": "));
    place_ledger(place, "behind-again");
    place_check_code(place,
                     RUN(place, cmd_import, "import", "hubspot", "--account", place->account,
                         "--base-url", place->fake.url),
                     0);
    assert_non_null(strstr(place->out, "dated after they were recorded, in the future"));
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_is_none_is_mended_and_its_record_named),
        cmocka_unit_test(what_is_dated_after_it_was_recorded_is_counted),
        cmocka_unit_test(what_cannot_be_an_event_is_not_known_afterwards),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_odd_records", tests, NULL, NULL);
}
