/* `backcast import hubspot`: the account file is written from the account, and read with care.
 * Against the fake HubSpot. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void discover_matches_labels_and_leaves_open_what_it_cannot(void **state)
{
    static const char *const lines[] = {
        "\ntimezone: US/Eastern\n",
        "\n  \"1003\": discovery  # Discovery; pipeline default\n",
        "\n  \"1005\": proposal  # Proposal Sent; pipeline default\n",
        "\n  \"1008\": closed_won_complete  # ",
        "\n  \"closedlost\": closed_lost  # Closed Lost; pipeline default; lost\n",
        "\n  # \"7701\": outreach  # Outreach; pipeline 7700\n", /* another pipeline's */
        "\n  # \"1099\":  # Qualified; deleted from the account\n",
        "\n  contract_end: contract_end_date  # Contract end date\n",
        "\n  mrr: monthly_fee  # MRR\n", /* not the one that HubSpot computes */
        "\n  # tier:\n",
        ("\ndeal_types:\n  newbusiness: newbusiness  # New Business\n"
         "  existingbusiness: existingbusiness  # Existing Business\n"),
        "\n  Renewal talk: renewal\n",
        "\nloss_reason: closed_lost_reason\n",
        "\nemail_campaign: hs_template_id  # Template\n",
        "\norder_url: hub_configurator_url\n",
        ("\n# people:\n#   \"41\": Ada Quill\n#   \"userId:7001\": Ada Quill\n"
         "#   \"42\": Brook Fenn\n#   \"userId:7002\": Brook Fenn\n"),
    };
    struct place *place = place_begin(NULL);
    struct bc_buf text = { 0 };

    (void)state;
    assert_non_null(strstr(place->out, "8 of 11 stages mapped"));
    assert_non_null(strstr(place->out, "no property for: tier, renews"));
    assert_non_null(strstr(place->out, "HubSpot's account is in US/Eastern, and the rules count "
                                       "days in UTC"));
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        if (!strstr(text.at, lines[i]))
            fail_msg("no line %s in %s", lines[i], text.at);
    bc_buf_release(&text);
    place_end(place);
}

/* For programs the same as for people. */
static void discover_says_in_json_what_it_leaves_open(void **state)
{
    struct place *place = place_begin(NULL);
    json_t *answer;

    (void)state;
    assert_int_equal(unlink(place->account), 0);
    place_check_code(place, IMPORT(place, "--discover", "--json"), 0);
    answer = json_loads(place->out, 0, NULL);
    assert_non_null(answer);
    assert_string_equal(json_string_value(json_object_get(answer, "file")), place->account);
    assert_int_equal(place_number(answer, "stages"), 11);
    assert_int_equal(place_number(answer, "stagesMapped"), 8);
    assert_int_equal(json_array_size(json_object_get(answer, "unmapped")), 3);
    assert_string_equal(json_string_value(json_array_get(json_object_get(answer, "missing"), 0)),
                        "tier");
    assert_string_equal(json_string_value(json_array_get(json_object_get(answer, "missing"), 1)),
                        "renews");
    json_decref(answer);
    place_end(place);
}

/* A name that only an audit still has. */
static void an_audit_may_hold_objects_as_well_as_texts(void **state)
{
    struct place *place = place_begin(NULL);
    char command[FOLDER_PATH * 4], other[FOLDER_PATH + 16];

    (void)state;
    fake_hubspot_stop(&place->fake);
    (void)snprintf(other, sizeof(other), "%s/other", place->folder);
    (void)snprintf(command, sizeof(command),
                   "cp -R " BC_SOURCE_DIR "/tests/hubspot/account %s && python3 -c \"import json; "
                   "p = '%s/audits.json'; a = json.load(open(p)); "
                   "[e.update(rawObject=json.loads(e['rawObject'])) for k in a.values() "
                   "for n in k.values() for e in n]; json.dump(a, open(p, 'w'))\"",
                   other, other);
    assert_int_equal(system(command), 0);
    fake_hubspot_start(&place->fake, (const char *const[]){ "--account", other, NULL });
    assert_int_equal(unlink(place->account), 0);
    place_check_code(place, IMPORT(place, "--discover"), 0);
    assert_non_null(strstr(place->out, "1099 (Qualified"));
    place_end(place);
}

/* HubSpot shows and counts days in the account's zone. */
static void an_import_says_that_the_rules_count_other_days(void **state)
{
    struct place *place = place_begin(NULL);
    char path[FOLDER_PATH + 16];
    struct bc_buf text = { 0 };
    json_t *answer = place_import(place, NULL);
    const char *at;

    (void)state;
    assert_string_equal(json_string_value(json_object_get(answer, "accountTimezone")),
                        "US/Eastern");
    assert_string_equal(json_string_value(json_object_get(answer, "rulesTimezone")), "UTC");
    assert_true(json_is_true(json_object_get(answer, "timezonesDiffer")));
    json_decref(answer);
    place_check_code(place, RUN(place, cmd_rules, "rules", "show"), 0);
    at = strstr(place->out, "timezone: UTC");
    assert_non_null(at);
    bc_buf_printf(&text, "version: ours\ntimezone: America/New_York%s",
                  at + strlen("timezone: UTC"));
    snprintf(path, sizeof(path), "%s/rules.yaml", place->folder);
    file_write(path, bc_buf_str(&text));
    bc_buf_release(&text);
    place_check_code(
        place, RUN(place, cmd_rules, "rules", "publish", path, "--effective", "2025-01-01"), 0);
    place_check_code(place, IMPORT(place, NULL), 0);
    assert_null(strstr(place->out, "count days"));
    place_end(place);
}

static void a_property_that_deals_do_not_have_is_refused_with_the_one_meant(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    file_write(place->account, BC_STR("properties: { mrr: monthly_fees }\n"));
    place_check_code(place, IMPORT(place, "--json"), 3);
    assert_non_null(strstr(place->err, "\"monthly_fees\""));
    assert_non_null(strstr(place->err, "is \"monthly_fee\" meant?"));
    place_end(place);
}

static void an_account_file_is_not_written_over(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_code(place, IMPORT(place, "--discover"), 3);
    assert_non_null(strstr(place->err, "is there already"));
    place_end(place);
}

/* The file was not written by whoever holds the token, as far as anybody knows. */
static void an_account_file_does_not_say_where_the_token_goes(void **state)
{
    struct place *place = place_begin(NULL);
    struct bc_buf text = { 0 };
    char said[2 * FOLDER_PATH + 64];

    (void)state;
    file_read(&text, place->account); /* discovered by --base-url, and says so */
    bc_buf_add_byte(&text, '\0');
    assert_non_null(strstr(text.at, "# Not HubSpot's own: taken only where --base-url says so.\n"
                                    "base_url: "));
    bc_buf_release(&text);
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    place_check_code(place,
                     RUN(place, cmd_import, "import", "hubspot", "--account", place->account), 3);
    snprintf(said, sizeof(said), "backcast: %s:4:11: \"%s\" is not HubSpot's", place->account,
             place->fake.url);
    if (!strstr(place->err, said))
        fail_msg("said %s, expected %s", place->err, said);
    assert_int_equal(fake_hubspot_asked(&place->fake, "/"), 0);
    place_check_import(place, NULL, -1, 13, 1);
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(discover_matches_labels_and_leaves_open_what_it_cannot),
        cmocka_unit_test(discover_says_in_json_what_it_leaves_open),
        cmocka_unit_test(an_audit_may_hold_objects_as_well_as_texts),
        cmocka_unit_test(an_import_says_that_the_rules_count_other_days),
        cmocka_unit_test(a_property_that_deals_do_not_have_is_refused_with_the_one_meant),
        cmocka_unit_test(an_account_file_is_not_written_over),
        cmocka_unit_test(an_account_file_does_not_say_where_the_token_goes),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_account_file", tests, NULL, NULL);
}
