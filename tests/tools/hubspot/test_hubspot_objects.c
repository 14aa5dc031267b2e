/* tools/hubspot: meetings, calls as such, e-mails and orders of a deal become events that hold no
 * more than HubSpot sent. Now is 2025-06-01. */
#include "ledger/base/instant.h"
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tools/hubspot/activity.h"

#define ACCOUNT                                                                                    \
    "meeting_types: { First call: discovery }\nemail_campaign: template\norder_url: url\n"
#define AT(value, time) "{'value':'" value "','timestamp':'" time "','sourceType':'CRM_UI'}"

#define CONNECTED "f240bbac-87c9-4f6e-bf70-924b57d47db7"
#define NO_ANSWER "73a0d17f-1163-4015-bdd5-ec830791da20"

enum object { MEETING, EMAIL, ORDER, CALL };

static struct row {
    const char *name;
    enum object object;
    const char *record, *want;
} rows[] = {
    { "a meeting is recorded anew at each change of outcome and of start", MEETING,
      "{'id':'5','properties':{'hs_activity_type':'First call'},'propertiesWithHistory':{"
      "'hs_meeting_outcome':[" AT("COMPLETED", "2025-01-09T00:00:00Z") "," AT(
          "SCHEDULED",
          "2025-01-02T00:00:00Z") "],"
                                  "'hs_meeting_start_time':[" AT(
                                      "2025-01-08T15:00:00Z",
                                      "2025-01-03T00:00:00Z") "," AT("1736262000000",
                                                                     "2025-01-02T00:00:00Z") "]}}",
      "9 2025-01-02T00:00:00Z meetingLogged meeting=5 startsAt=2025-01-07T15:00:00Z "
      "outcome=scheduled type=discovery from hubspot:meeting/5:CRM_UI\n"
      "9 2025-01-03T00:00:00Z meetingLogged meeting=5 startsAt=2025-01-08T15:00:00Z "
      "outcome=scheduled type=discovery from hubspot:meeting/5:CRM_UI\n"
      "9 2025-01-09T00:00:00Z meetingLogged meeting=5 startsAt=2025-01-08T15:00:00Z "
      "outcome=completed type=discovery from hubspot:meeting/5:CRM_UI\n" },
    { "a meeting without history is dated by its last change", MEETING,
      "{'id':'5','properties':{'hs_timestamp':'2025-01-07T15:00:00Z',"
      "'hs_meeting_outcome':'NO_SHOW','hs_lastmodifieddate':'2025-01-10T00:00:00Z'}}",
      "9 2025-01-10T00:00:00Z meetingLogged meeting=5 startsAt=2025-01-07T15:00:00Z "
      "outcome=no_show from hubspot:meeting/5:\n" },
    { "a label that the account file does not know is no type of ours", MEETING,
      "{'id':'5','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','hs_activity_type':'Lunch',"
      "'hs_lastmodifieddate':'2025-01-10T00:00:00Z'}}",
      "9 2025-01-10T00:00:00Z meetingLogged meeting=5 startsAt=2025-01-07T15:00:00Z type=Lunch "
      "from hubspot:meeting/5:\n" },
    { "a meeting that begins at no time is none", MEETING,
      "{'id':'5','properties':{'hs_lastmodifieddate':'2025-01-10T00:00:00Z'}}", "" },
    { "a call as a meeting of an id of its own, anew at each change", CALL,
      "{'id':'5','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','hs_activity_type':'First "
      "call'},'propertiesWithHistory':{'hs_call_disposition':[" AT(
          CONNECTED, "2025-01-09T00:00:00Z") "," AT(NO_ANSWER, "2025-01-07T15:00:00Z") "]}}",
      "9 2025-01-07T15:00:00Z meetingLogged meeting=call/5 startsAt=2025-01-07T15:00:00Z "
      "outcome=no_show type=discovery from hubspot:call/5:CRM_UI\n"
      "9 2025-01-09T00:00:00Z meetingLogged meeting=call/5 startsAt=2025-01-07T15:00:00Z "
      "outcome=completed type=discovery from hubspot:call/5:CRM_UI\n" },
    { "a call without an outcome has none, and is dated by its last change", CALL,
      "{'id':'5','properties':{'hs_timestamp':'2025-01-07T15:00:00Z',"
      "'hs_lastmodifieddate':'2025-01-10T00:00:00Z'}}",
      "9 2025-01-10T00:00:00Z meetingLogged meeting=call/5 startsAt=2025-01-07T15:00:00Z from "
      "hubspot:call/5:\n" },
    { "an outcome of a call that nobody knows is kept as it is", CALL,
      "{'id':'5','properties':{'hs_timestamp':'2025-01-07T15:00:00Z',"
      "'hs_call_disposition':'My-Own','hs_lastmodifieddate':'2025-01-10T00:00:00Z'}}",
      "9 2025-01-10T00:00:00Z meetingLogged meeting=call/5 startsAt=2025-01-07T15:00:00Z "
      "outcome=my-own from hubspot:call/5:\n" },
    { "a call that took place at no time is none", CALL,
      "{'id':'5','properties':{'hs_lastmodifieddate':'2025-01-10T00:00:00Z'}}", "" },
    { "an e-mail that was sent, with its campaign", EMAIL,
      "{'id':'6','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','template':'intro',"
      "'hs_email_direction':'EMAIL','hs_email_status':'SENT','hs_email_subject':'private'}}",
      "9 2025-01-07T15:00:00Z emailSent email=6 campaign=intro from hubspot:email/6:\n" },
    { "an open that is only counted was at the latest now", EMAIL,
      "{'id':'6','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','hs_email_open_count':'3'}}",
      "9 2025-01-07T15:00:00Z emailSent email=6 from hubspot:email/6:\n"
      "9 2025-06-01T00:00:00Z emailOpened email=6 counted from "
      "hubspot:email/6:hs_email_open_count\n" },
    { "a counter with a history tells when it was opened first", EMAIL,
      "{'id':'6','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','hs_email_open_count':'2'},"
      "'propertiesWithHistory':{'hs_email_open_count':[" AT("2", "2025-01-10T00:00:00Z") "," AT(
          "1", "2025-01-09T00:00:00Z") "," AT("0", "2025-01-08T00:00:00Z") "]}}",
      "9 2025-01-07T15:00:00Z emailSent email=6 from hubspot:email/6:\n"
      "9 2025-01-09T00:00:00Z emailOpened email=6 counted from "
      "hubspot:email/6:hs_email_open_count\n" },
    { "no open is dated before its e-mail", EMAIL,
      "{'id':'6','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','hs_email_reply_count':'2'},"
      "'propertiesWithHistory':{'hs_email_reply_count':[" AT("2", "2025-01-07T15:00:00Z") "]}}",
      "9 2025-01-07T15:00:00Z emailSent email=6 from hubspot:email/6:\n"
      "9 2025-06-01T00:00:00Z emailReplied email=6 counted from "
      "hubspot:email/6:hs_email_reply_count\n" },
    { "nothing was opened where the counter stands at nought", EMAIL,
      "{'id':'6','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','hs_email_open_count':'0'}}",
      "9 2025-01-07T15:00:00Z emailSent email=6 from hubspot:email/6:\n" },
    { "an e-mail that came in was not sent", EMAIL,
      "{'id':'6','properties':{'hs_timestamp':'2025-01-07T15:00:00Z',"
      "'hs_email_direction':'INCOMING_EMAIL'}}",
      "" },
    { "one that failed was not sent, one that bounced was", EMAIL,
      "{'id':'6','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','hs_email_status':'FAILED'}}",
      "" },
    { "one without a time is left out", EMAIL, "{'id':'6','properties':{}}", "" },
    { "an order, and where its configuration is", ORDER,
      "{'id':'7','properties':{'hs_createdate':'2025-01-07T15:00:00Z','url':'https://x.example'}}",
      "9 2025-01-07T15:00:00Z orderPlaced order=7 configuratorUrl=https://x.example from "
      "hubspot:order/7:\n" },
};

static void take(struct hubspot_bench *bench, const struct row *row)
{
    static bc_status (*const events[])(struct hubspot_run *, const json_t *, struct bc_str,
                                       struct bc_str, struct bc_err *) = {
        hubspot_meeting_events, hubspot_email_events, hubspot_order_events, hubspot_call_events
    };
    json_t *record = hubspot_json(row->record);
    struct bc_err err = { 0 };
    const char *id = json_string_value(json_object_get(record, "id"));

    check_ok(events[row->object](&bench->run, record, bc_str_of(id), BC_STR("9"), &err), &err);
    json_decref(record);
}

static void object_row(void **state)
{
    const struct row *row = *state;
    struct hubspot_bench bench;

    hubspot_bench_init(&bench, ACCOUNT);
    take(&bench, row);
    assert_string_equal(hubspot_bench_lines(&bench), row->want);
    hubspot_bench_release(&bench);
}

static void an_open_is_taken_once_though_its_time_was_a_guess(void **state)
{
    static const struct row opened = {
        "", EMAIL,
        "{'id':'6','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','hs_email_open_count':'3'}}",
        "9 2025-01-07T15:00:00Z emailSent email=6 from hubspot:email/6:\n"
    };
    struct hubspot_bench bench;

    (void)state;
    hubspot_bench_init(&bench, ACCOUNT);
    take(&bench, &opened);
    hubspot_bench_lines(&bench);
    bench.run.now_us += BC_DAY_US;
    take(&bench, &opened);
    assert_string_equal(hubspot_bench_lines(&bench), opened.want);
    assert_int_equal(bench.run.notes.opens_counted, 1);
    hubspot_bench_release(&bench);
}

static void a_meeting_that_is_over_and_has_no_outcome_is_noted(void **state)
{
    static const struct {
        const char *record;
        uint64_t open;
    } meetings[] = {
        { "{'properties':{'hs_timestamp':'2025-05-31T00:00:00Z'}}", 1 },
        { "{'properties':{'hs_timestamp':'2025-05-31T00:00:00Z','hs_meeting_outcome':"
          "'SCHEDULED'}}",
          2 },
        { "{'properties':{'hs_timestamp':'2025-06-02T00:00:00Z'}}", 2 },
        { "{'properties':{'hs_timestamp':'2025-05-31T00:00:00Z','hs_meeting_outcome':"
          "'COMPLETED'}}",
          2 },
    };
    struct hubspot_bench bench;

    (void)state;
    hubspot_bench_init(&bench, ACCOUNT);
    for (size_t i = 0; i < ARRAY_LEN(meetings); i++) {
        json_t *record = hubspot_json(meetings[i].record);

        hubspot_meeting_note(&bench.run, record);
        assert_int_equal(bench.run.notes.of_meetings.open, meetings[i].open);
        json_decref(record);
    }
    hubspot_bench_release(&bench);
}

static void the_account_file_says_what_an_outcome_of_a_call_is(void **state)
{
    static const struct row call = {
        "", CALL,
        "{'id':'5','properties':{'hs_timestamp':'2025-01-07T15:00:00Z','hs_call_disposition':"
        "'My-Own','hs_lastmodifieddate':'2025-01-10T00:00:00Z'}}",
        "9 2025-01-10T00:00:00Z meetingLogged meeting=call/5 startsAt=2025-01-07T15:00:00Z "
        "outcome=rescheduled from hubspot:call/5:\n"
    };
    struct hubspot_bench bench;

    (void)state;
    hubspot_bench_init(&bench, "call_outcomes: { My-Own: rescheduled }");
    take(&bench, &call);
    assert_string_equal(hubspot_bench_lines(&bench), call.want);
    hubspot_bench_release(&bench);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 3];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, object_row, NULL, NULL, &rows[n] };
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(an_open_is_taken_once_though_its_time_was_a_guess);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(a_meeting_that_is_over_and_has_no_outcome_is_noted);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(the_account_file_says_what_an_outcome_of_a_call_is);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_objects", tests, NULL, NULL);
}
