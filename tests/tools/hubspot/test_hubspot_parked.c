/* `backcast import hubspot`: deals of pipelines that are not read are left out, and who moves there
 * is parked. Against the fake HubSpot. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"

#include <unistd.h>

/* From outreach to a stage of another pipeline. */
static const char moved[] =
    "{'kind':'deals','record':{'id':'9101','createdAt':'2025-01-10T00:00:00Z','updatedAt':"
    "'2025-04-18T00:00:00Z','properties':{},'history':{'dealstage':["
    "{'value':'7701','timestamp':'2025-04-18T00:00:00Z','sourceType':'CRM_UI'},"
    "{'value':'1002','timestamp':'2025-01-10T00:00:00Z','sourceType':'CRM_UI'}]}}}";

/* As it is discovered, an account is read in the pipeline whose stages are the rules'. */
static void other_pipelines_are_left_out_and_who_moves_there_is_parked(void **state)
{
    struct place *place = place_begin(NULL);
    struct bc_buf text = { 0 };
    json_t *answer;

    (void)state;
    assert_int_equal(unlink(place->account), 0);
    place_check_code(place, IMPORT(place, "--discover"), 0);
    assert_non_null(strstr(place->out, "pipelines that are read: default (Sales)\n"
                                       "pipelines that are not: 7700 (Partners)\n"));
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    assert_non_null(strstr(text.at, "\npipelines:\n  # - \"7700\"  # Partners\n"
                                    "  - \"default\"  # Sales\n"));
    bc_buf_release(&text);
    place_check_import(place, NULL, -1, 12, 1); /* 9017 is not among them */
    assert_non_null(strstr(place->out, "\"pipelinesSkipped\", \"n\": 1, \"which\": [\"7700 "
                                       "Partners\"]"));
    assert_non_null(strstr(place->out, "\"dealsSkipped\", \"n\": 1"));
    json_decref(fake_hubspot_steer(&place->fake, "/_put", hubspot_json(moved)));
    place_check_import(place, NULL, -1, 13, 1);
    assert_non_null(strstr(place->out, "\"dealsParked\", \"n\": 1"));
    answer = place_import(place, NULL);
    assert_int_equal(place_number(answer, "added"), 0);
    assert_true(place_number(answer, "dealsRead") <= 3); /* and not 9017 each time */
    json_decref(answer);
    place_check_code(place,
                     RUN(place, cmd_explain, "explain", "outreach_to_discovery", "--as-of",
                         "2025-04-19", "--slice", "all"),
                     0);
    assert_null(strstr(place->out, "9101"));
    place_check_code(place, RUN(place, cmd_history, "history", "9101"), 0);
    assert_non_null(strstr(place->out, "9999-12-31"));
    place_end(place);
}

/* Somebody else's hands. */
static void who_is_not_parked_in_the_ledger_is_a_difference(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    assert_int_equal(unlink(place->account), 0);
    place_check_code(place, IMPORT(place, "--discover"), 0);
    json_decref(fake_hubspot_steer(&place->fake, "/_put", hubspot_json(moved)));
    place_check_import(place, NULL, -1, 13, 1);
    place_check_code(place,
                     RUN(place, cmd_record, "record", "propertyChanged", "--deal", "9101", "--name",
                         "parked_until", "--value", "2025-05-01", "--occurred-at",
                         "2025-04-19T00:00:00Z"),
                     0);
    place_check_import(place, NULL, 0, 12, 2);
    assert_non_null(strstr(place->out, "\"matter\": \"pipeline\", \"ledger\": \"outreach\", "
                                       "\"hubspot\": \"7700\""));
    place_check_import(place, "--repair", -1, 14, 0);
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_pipelines_are_left_out_and_who_moves_there_is_parked),
        cmocka_unit_test(who_is_not_parked_in_the_ledger_is_a_difference),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_parked", tests, NULL, NULL);
}
