/* `backcast import hubspot`: the run says how far ledger and HubSpot agree, deal by deal, and
 * records what HubSpot says where it is asked to. Against the fake HubSpot. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"

#include <stdio.h>
#include <stdlib.h>

static void differences_are_listed_and_repaired_as_found(void **state)
{
    struct place *place = place_begin(NULL);
    json_t *answer, *one;

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    place_check_code(place,
                     RUN(place, cmd_record, "record", "propertyChanged", "--deal", "9001", "--name",
                         "contract_end", "--value", "2031-01-01", "--occurred-at",
                         "2025-04-19T00:00:00Z"),
                     0);
    answer = place_import(place, NULL);
    assert_int_equal(place_number(answer, "differ"), 2);
    one = json_array_get(json_object_get(answer, "differences"), 0);
    assert_string_equal(json_string_value(json_object_get(one, "deal")), "9001");
    assert_string_equal(json_string_value(json_object_get(one, "matter")), "contract_end");
    assert_string_equal(json_string_value(json_object_get(one, "ledger")), "2031-01-01");
    json_decref(answer);
    answer = place_import(place, "--repair");
    assert_int_equal(place_number(answer, "repaired"), 2);
    assert_int_equal(place_number(answer, "agree"), 14);
    assert_int_equal(place_number(answer, "differ"), 0);
    json_decref(answer);
    place_check_import(place, NULL, 0, 14, 0);
    place_end(place);
}

/* As from a file of another system, imported before HubSpot was. */
static void a_revenue_recorded_before_the_first_import_is_compared(void **state)
{
    struct place *place = place_begin(NULL);
    json_t *answer;

    (void)state;
    place_check_code(place,
                     RUN(place, cmd_record, "record", "propertyChanged", "--deal", "9001", "--name",
                         "mrr", "--value", "12", "--occurred-at", "2025-04-19T00:00:00Z", "--new"),
                     0);
    answer = place_import(place, NULL);
    assert_int_equal(place_number(answer, "differ"), 2);
    assert_non_null(strstr(place->out, "\"matter\": \"mrr\", \"ledger\": \"12\", "
                                       "\"hubspot\": \"2000\""));
    json_decref(answer);
    place_end(place);
}

/* Another account: `contract_end_date` and `monthly_fee` are computed there. */
static void computed(struct place *place)
{
    char command[FOLDER_PATH * 3], other[FOLDER_PATH + 16];

    fake_hubspot_stop(&place->fake);
    snprintf(other, sizeof(other), "%s/computed", place->folder);
    snprintf(command, sizeof(command),
             "cp -R " BC_SOURCE_DIR "/tests/hubspot/account %s && sed -i -E "
             "'/\"name\": \"(contract_end_date|monthly_fee)\"/,/\"calculated\"/"
             "s/\"calculated\": false/\"calculated\": true/' %s/properties.json",
             other, other);
    assert_int_equal(system(command), 0);
    fake_hubspot_start(&place->fake, (const char *const[]){ "--account", other, NULL });
}

static void what_is_computed_is_taken_as_found_and_compared(void **state)
{
    struct place *place = place_begin(NULL);
    json_t *answer;

    (void)state;
    computed(place);
    place_check_import(place, NULL, -1, 13, 1);
    place_check_code(place, RUN(place, cmd_export, "export", "jsonl"), 0);
    assert_non_null(strstr(place->out, "\"hubspot:deal/9001/found/contract_end_date/"
                                       "1745107200000/2026-04-30\""));
    assert_null(strstr(place->out, "deal/9001/contract_end_date/"));
    place->now_us += BC_DAY_US;
    place_check_import(place, NULL, 0, 13, 1); /* the same values */
    place_check_code(place,
                     RUN(place, cmd_record, "record", "propertyChanged", "--deal", "9001", "--name",
                         "mrr", "--value", "12", "--occurred-at", "2025-04-20T12:00:00Z"),
                     0);
    answer = place_import(place, NULL);
    assert_int_equal(place_number(answer, "differ"), 2);
    assert_non_null(strstr(place->out, "\"matter\": \"mrr\", \"ledger\": \"12\", "
                                       "\"hubspot\": \"2000\""));
    json_decref(answer);
    place_check_import(place, "--repair", -1, 14, 0);
    place_check_import(place, NULL, 0, 14, 0);
    place_end(place);
}

static void a_deal_that_is_not_visible_any_more_is_a_difference_and_then_gone(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_import(place, "--repair", -1, 14, 0);
    json_decref(
        fake_hubspot_steer(&place->fake, "/_remove", hubspot_json("{'kind':'deals','id':'9001'}")));
    place_check_import(place, NULL, 0, 13, 1);
    place_check_import(place, "--repair", 1, 14, 0);
    place_end(place);
}

/* HubSpot keeps the date of the last entry into a stage, too. */
static void an_entry_that_one_of_two_witnesses_has_is_said(void **state)
{
    static const char deal[] =
        "{'kind':'deals','record':{'id':'9101','createdAt':'2025-01-10T00:00:00Z','updatedAt':"
        "'2025-04-18T00:00:00Z','properties':{'hs_v2_date_entered_1003':'2025-03-01T00:00:00Z'},"
        "'history':{'dealstage':["
        "{'value':'1003','timestamp':'2025-02-01T00:00:00Z','sourceType':'CRM_UI'},"
        "{'value':'1002','timestamp':'2025-01-10T00:00:00Z','sourceType':'CRM_UI'}]}}}";
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    assert_null(strstr(place->out, "entriesContested"));
    json_decref(fake_hubspot_steer(&place->fake, "/_put", hubspot_json(deal)));
    place_check_import(place, NULL, -1, 14, 1);
    assert_non_null(strstr(place->out,
                           "\"entriesContested\", \"n\": 1, \"which\": [\"9101 into 1003 at "
                           "2025-03-01T00:00:00Z, not in its history\"]"));
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_are_listed_and_repaired_as_found),
        cmocka_unit_test(a_revenue_recorded_before_the_first_import_is_compared),
        cmocka_unit_test(what_is_computed_is_taken_as_found_and_compared),
        cmocka_unit_test(a_deal_that_is_not_visible_any_more_is_a_difference_and_then_gone),
        cmocka_unit_test(an_entry_that_one_of_two_witnesses_has_is_said),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_reconcile", tests, NULL, NULL);
}
