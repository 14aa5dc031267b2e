/* `backcast import hubspot`: one record that is odd is named, and keeps none of the others out. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"
#include "tests/support/still_clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

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

/* 200 mails that came in, to a deal: they are read once, and when they change. */
static void mails_that_leave_no_event_are_read_once(void **state)
{
    struct place *place = place_begin(NULL);
    json_t *links = json_array(), *answer;
    char folder[FOLDER_PATH + 16], path[FOLDER_PATH + 48], *text;

    (void)state;
    for (int i = 0; i < 200; i++) {
        char id[16];

        (void)snprintf(id, sizeof(id), "%d", 20000 + i);
        json_array_append_new(links, json_pack("[s, s]", "9001", id));
        json_decref(fake_hubspot_steer(
            &place->fake, "/_put",
            json_pack("{s:s, s:{s:s, s:s, s:s, s:{s:s, s:s}}}", "kind", "emails", "record", "id",
                      id, "createdAt", "2025-03-01T00:00:00Z", "updatedAt",
                      i == 199 ? "2025-03-05T00:00:00Z" : "2025-03-01T00:00:00Z", "properties",
                      "hs_email_direction", "INCOMING_EMAIL", "hs_timestamp",
                      "2025-03-01T00:00:00Z")));
    }
    links = json_pack("{s:o}", "deals emails", links);
    text = json_dumps(links, 0);
    (void)snprintf(folder, sizeof(folder), "%s/more", place->folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    (void)snprintf(path, sizeof(path), "%s/associations.json", folder);
    file_write(path, bc_str_of(text));
    free(text);
    json_decref(links);
    json_decref(fake_hubspot_steer(&place->fake, "/_later", json_pack("{s:s}", "folder", folder)));
    place_check_import(place, NULL, -1, 13, 1);
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    answer = place_import(place, NULL);
    assert_int_equal(place_number(answer, "emailsRead"), 1); /* searched an hour back */
    assert_int_equal(fake_hubspot_asked(&place->fake, "objects/emails/batch/read"), 1);
    json_decref(answer);
    json_decref(fake_hubspot_steer(
        &place->fake, "/_put",
        json_pack("{s:s, s:{s:s, s:s, s:s, s:{s:s, s:s}}}", "kind", "emails", "record", "id",
                  "20007", "createdAt", "2025-03-01T00:00:00Z", "updatedAt", "2025-04-19T00:00:00Z",
                  "properties", "hs_email_direction", "EMAIL", "hs_timestamp",
                  "2025-03-01T00:00:00Z")));
    place_check_import(place, NULL, 1, 13, 1); /* it is one that was sent, after all */
    place_end(place);
}

/* Mail 604, of deal 9001, as it is sent (without a time) or as it came in. */
static void put_mail(struct place *place, const char *updated, const char *direction,
                     const char *time)
{
    json_decref(fake_hubspot_steer(
        &place->fake, "/_put",
        json_pack("{s:s, s:{s:s, s:s, s:s, s:{s:s, s:s?}}}", "kind", "emails", "record", "id",
                  "604", "createdAt", "2025-03-01T00:00:00Z", "updatedAt", updated, "properties",
                  "hs_email_direction", direction, "hs_timestamp", time)));
}

/* Each import finds the mail again, since it searches an hour back; or it is older than that; or
 * HubSpot fails to read it; and at last it has a time, and leaves no event all the same. */
static void a_mail_without_a_time_is_said_once_and_no_more_when_it_has_one(void **state)
{
    static const struct {
        const char *updated; /* NULL: as it was */
        bool unread, dated, later;
    } imports[] = {
        { "2025-04-18T00:00:00Z", false, false, false },
        { NULL, false, false, false },
        { "2025-04-18T00:10:00Z", true, false, false },
        { NULL, false, false, false },
        { NULL, false, false, true },
        { NULL, false, false, false },
        { "2025-04-19T00:10:00Z", false, true, false },
        { NULL, false, true, false },
    };
    struct place *place = place_begin(NULL);
    int64_t now = 0;
    struct http_clock clock = still_clock(&now);

    (void)state;
    place->clock = &clock;
    for (size_t i = 0; i < ARRAY_LEN(imports); i++) {
        if (imports[i].updated)
            put_mail(place, imports[i].updated, imports[i].dated ? "INCOMING_EMAIL" : "EMAIL",
                     imports[i].dated ? "2025-03-01T00:00:00Z" : NULL);
        if (imports[i].later) /* another mail was changed last */
            json_decref(fake_hubspot_steer(&place->fake, "/_put",
                                           json_pack("{s:s, s:{s:s, s:s, s:s, s:{}}}", "kind",
                                                     "emails", "record", "id", "699", "createdAt",
                                                     "2025-03-01T00:00:00Z", "updatedAt",
                                                     "2025-04-19T00:00:00Z", "properties")));
        json_decref(
            fake_hubspot_steer(&place->fake, "/_fail",
                               json_pack("{s:s, s:[s], s:i, s:b}", "of", "emails", "ids", "604",
                                         "times", imports[i].unread ? 5 : 0, "named", 1)));
        place_check_import(place, NULL, i == 0 ? -1 : 0, 13, 1);
        if ((strstr(place->out, "\"note\": \"emailsUndated\", \"n\": 1}") != NULL) ==
                imports[i].dated ||
            (strstr(place->out, "\"note\": \"emailsUndated\"") != NULL) == imports[i].dated ||
            (strstr(place->out, "\"note\": \"unread\"") != NULL) != imports[i].unread)
            fail_msg("import %zu: %s", i, place->out);
    }
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_is_none_is_mended_and_its_record_named),
        cmocka_unit_test(mails_that_leave_no_event_are_read_once),
        cmocka_unit_test(a_mail_without_a_time_is_said_once_and_no_more_when_it_has_one),
        cmocka_unit_test(what_is_dated_after_it_was_recorded_is_counted),
        cmocka_unit_test(what_cannot_be_an_event_is_not_known_afterwards),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_odd_records", tests, NULL, NULL);
}
