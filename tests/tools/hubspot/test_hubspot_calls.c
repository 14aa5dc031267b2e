/* `backcast import hubspot`: calls count as meetings where the account file says so, and are
 * followed as meetings are. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"

/* Those of the account, less one and with one more. */
#define CALLS(one, more)                                                                           \
    "{'deals calls':[" one "['9001','802'],['9001','501'],['9001','804']" more "]}"
#define CALL_801 "['9002','801'],"

static void count_calls(struct place *place)
{
    place_account(place, "\ncalls: null\n", "\ncalls: meetings\n");
}

static void run(struct place *place, long long added, const char *says)
{
    place->now_us += INT64_C(3600000000);
    place_check_import(place, NULL, added, 13, 1);
    place_check_says(place, says);
}

/* Whose meetings a week's figure rests on. */
static void check_held(struct place *place, const char *as_of, const char *meeting, bool want)
{
    place_check_code(place,
                     RUN(place, cmd_explain, "explain", "meetings_per_week", "--as-of", as_of,
                         "--slice", "all", "--json"),
                     0);
    assert_int_equal(strstr(place->out, meeting) != NULL, want);
}

static void calls_are_read_and_count_where_the_account_file_says_so(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    run(place, -1, "\"added\"");
    assert_int_equal(fake_hubspot_asked(&place->fake, "calls"), 0);
    assert_null(strstr(place->out, "callsRead"));
    check_held(place, "2025-02-21", "\"call/801\"", false);
    count_calls(place);
    run(place, 6, "\"callsRead\": 4");
    place_check_says(place, "\"note\": \"callsWithoutOutcome\", \"n\": 1");
    place_check_says(place, "\"0c2f5c7e-0000-4000-8000-000000000001\""); /* means nothing */
    check_held(place, "2025-02-21", "\"call/801\"", true);
    check_held(place, "2025-03-11", "\"call/802\"", true);
    check_held(place, "2025-03-10", "\"call/802\"", false); /* not answered then */
    check_held(place, "2025-03-14", "\"call/501\"", false);
    check_held(place, "2025-02-07", "\"501\"", true); /* the meeting of that id */
    run(place, 0, "\"callsRead\": 1");                /* the last to change */
    place_check_code(place, RUN(place, cmd_verify, "verify"), 0);
    place_end(place);
}

static void what_is_gone_or_moved_is_retracted_and_comes_back(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    count_calls(place);
    run(place, -1, "\"callsRead\": 4");
    place_links(place, CALLS("", ""));
    run(place, 2, "\"note\": \"untied\", \"n\": 1"); /* as many as its changes */
    check_held(place, "2025-02-21", "\"call/801\"", false);
    run(place, 0, "\"added\"");
    place_links(place, CALLS(CALL_801, ""));
    run(place, 2, "\"note\": \"tiedAgain\", \"n\": 1");
    check_held(place, "2025-02-21", "\"call/801\"", true);
    place_links(place, CALLS("", ",['9001','801']"));
    run(place, 4, "\"note\": \"untied\", \"n\": 1");
    check_held(place, "2025-02-21", "[\"9001\"]", true);
    check_held(place, "2025-02-21", "\"9002\"", false);
    place_end(place);
}

/* Also those of a deal that was archived, whose list shows what is there and not what is not. */
static void calls_that_count_no_more_are_retracted_and_come_back(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_links(place, CALLS(CALL_801, ",['9008','804']"));
    count_calls(place);
    run(place, -1, "\"callsRead\": 4");
    place_account(place, "\ncalls: meetings\n", "\ncalls: null\n");
    run(place, 7, "\"note\": \"callsDropped\", \"n\": 5");
    assert_null(strstr(place->out, "\"untied\""));
    check_held(place, "2025-02-21", "\"call/801\"", false);
    run(place, 0, "\"added\"");
    count_calls(place);
    run(place, 7, "\"note\": \"tiedAgain\", \"n\": 5");
    check_held(place, "2025-02-21", "\"call/801\"", true);
    place_end(place);
}

static void a_call_that_changed_is_found_and_read_again(void **state)
{
    static const char changed[] =
        "{'kind':'calls','record':{'id':'501','createdAt':'2025-03-12T09:01:00Z','updatedAt':"
        "'2025-04-20T01:30:00Z','archived':false,'properties':{'hs_timestamp':"
        "'2025-03-12T09:00:00Z'},'history':{'hs_call_disposition':[{'value':"
        "'f240bbac-87c9-4f6e-bf70-924b57d47db7','timestamp':'2025-04-20T01:30:00Z','sourceType':"
        "'CRM_UI'}]}}}";
    struct place *place = place_begin(NULL);

    (void)state;
    count_calls(place);
    run(place, -1, "\"callsRead\": 4");
    json_decref(fake_hubspot_steer(&place->fake, "/_put", hubspot_json(changed)));
    run(place, 1, "\"callsRead\": 2"); /* and the one that was the last to */
    check_held(place, "2025-03-14", "\"call/501\"", false);
    place_end(place);
}

static void discover_leaves_it_to_people_and_says_what_no_outcome_is(void **state)
{
    struct place *place = place_begin(NULL);
    struct bc_buf text = { 0 };

    (void)state;
    place_check_says(place, "of calls, no outcome of a meeting for: Call back next week\n");
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    assert_non_null(
        strstr(text.at, "\ncalls: null\n"
                        "# What the outcome of a call is of a meeting: completed, no_show, "
                        "rescheduled, canceled.\ncall_outcomes:\n"
                        "  f240bbac-87c9-4f6e-bf70-924b57d47db7: completed  # Connected\n"
                        "  \"73a0d17f-1163-4015-bdd5-ec830791da20\": no_show  # No answer\n"
                        "  # \"0c2f5c7e-0000-4000-8000-000000000001\":  # Call back next week\n"));
    bc_buf_release(&text);
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_read_and_count_where_the_account_file_says_so),
        cmocka_unit_test(what_is_gone_or_moved_is_retracted_and_comes_back),
        cmocka_unit_test(calls_that_count_no_more_are_retracted_and_come_back),
        cmocka_unit_test(a_call_that_changed_is_found_and_read_again),
        cmocka_unit_test(discover_leaves_it_to_people_and_says_what_no_outcome_is),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_calls", tests, NULL, NULL);
}
