/* `backcast import hubspot`: a service that fails, leads nowhere or refuses what can be done
 * without; the token goes nowhere else meanwhile. Against the fake HubSpot. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"
#include "tests/support/still_clock.h"

#include <stdio.h>

static void a_failing_service_leaves_what_it_told_before(void **state)
{
    static const struct {
        const char *rule;
        bool keeps;
    } rows[] = { { "forbidden@objects/deals", false },
                 { "loop@objects/deals", false },
                 { "daily*99@owners", false },
                 { "shape@associations", true },
                 { "html@meetings", true } };
    struct place *place = place_begin(NULL);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
        fake_hubspot_do(&place->fake, rows[i].rule);
        place_check_code(place, IMPORT(place, "--json"), 8);
        assert_null(strstr(place->err, FAKE_HUBSPOT_TOKEN));
        assert_int_equal(place_count(place) > 0, rows[i].keeps);
    }
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    place_check_import(place, NULL, -1, 13, 1);
    place_end(place);
}

/* Pages without an end or without a thing on them, in every kind of listing. */
static void what_leads_nowhere_ends_soon(void **state)
{
    static const char *const rules[] = { "endless@objects/deals?",   "endless@owners",
                                         "endless@deals/search",     "endless-ties@associations",
                                         "loop-ties@meetings/batch", "loop@owners",
                                         "loop@objects/deals?",      "backward@deals/search",
                                         "beyond@deals/search" };
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_import(place, NULL, -1, 13, 1); /* the next one searches */
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
        fake_hubspot_do(&place->fake, rules[i]);
        place_check_code(place, IMPORT(place, "--json"), 8);
        if (!strstr(place->err, rules[i][0] == 'e'   ? "32 pages in a row"
                                : rules[i][0] == 'l' ? "the pages go in a circle"
                                                     : "the search of deals goes in a circle"))
            fail_msg("%s: %s", rules[i], place->err);
        assert_true(fake_hubspot_asked(&place->fake, "/") < 150);
    }
    place_end(place);
}

static void how_long_a_silence_is_waited_for_can_be_said(void **state)
{
    struct place *place = place_begin(NULL);
    int64_t now = 0;
    struct http_clock leaping = leaping_clock(&now);

    (void)state;
    place->clock = &leaping;
    fake_hubspot_do(&place->fake, "silent@owners");
    place_check_code(place, IMPORT(place, "--give-up-after", "20"), 8);
    assert_non_null(strstr(place->err, "no answer for 1200 seconds"));
    place_check_code(place, IMPORT(place, "--json"), 8);
    assert_non_null(strstr(place->err, "no answer for 300 seconds"));
    place_check_code(place, IMPORT(place, "--give-up-after", "0"), 2);
    place_check_code(place, IMPORT(place, "--give-up-after", "soon"), 2);
    place_end(place);
}

static void what_the_token_may_not_read_is_left_out_and_said(void **state)
{
    struct place *place = place_begin(NULL);
    json_t *answer;

    (void)state;
    fake_hubspot_do(&place->fake, "forbidden@objects/meetings");
    fake_hubspot_do(&place->fake, "forbidden@deals/emails");
    answer = place_import(place, NULL);
    assert_int_equal(place_number(answer, "agree"), 13);
    assert_int_equal(place_number(answer, "meetingsRead"), 0);
    assert_non_null(strstr(place->out, "\"note\": \"forbidden\", \"n\": 2"));
    assert_non_null(strstr(place->out, "meetings: 403, missing scope crm.objects.orders.read"));
    json_decref(answer);
    place_end(place);
}

/* What HubSpot can be read without, in every kind of request: refused with 400 and 405. */
/* Of two changes the first lies further back than the next run would look. */
static void what_changed_while_it_was_refused_is_read_later(void **state)
{
    static const char *const changed[] = {
        "{'kind':'meetings','record':{'id':'501','createdAt':'2025-02-03T09:30:00Z','updatedAt':"
        "'2025-04-20T01:00:00Z','archived':false,'properties':{},'history':{"
        "'hs_meeting_start_time':[{'value':'2025-02-06T15:00:00Z','timestamp':"
        "'2025-02-03T09:30:00Z','sourceType':'CRM_UI'}],'hs_meeting_outcome':[{'value':'NO_SHOW',"
        "'timestamp':'2025-04-20T01:00:00Z','sourceType':'CRM_UI'}]}}}",
        "{'kind':'meetings','record':{'id':'503','createdAt':'2025-02-10T10:00:00Z','updatedAt':"
        "'2025-04-20T05:00:00Z','archived':false,'properties':{},'history':{"
        "'hs_meeting_start_time':[{'value':'2025-02-13T15:00:00Z','timestamp':"
        "'2025-02-10T10:00:00Z','sourceType':'CRM_UI'}],'hs_meeting_outcome':[{'value':'NO_SHOW',"
        "'timestamp':'2025-04-20T05:00:00Z','sourceType':'CRM_UI'}]}}}",
    };
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    for (size_t i = 0; i < ARRAY_LEN(changed); i++)
        json_decref(fake_hubspot_steer(&place->fake, "/_put", hubspot_json(changed[i])));
    place->now_us += INT64_C(21600000000);
    fake_hubspot_do(&place->fake, "forbidden@objects/meetings/batch");
    place_check_import(place, NULL, 0, 13, 1);
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    place_check_import(place, NULL, -1, 13, 1);
    place_check_code(place, RUN(place, cmd_export, "export", "jsonl"), 0);
    place_check_says(place, "hubspot:meeting/501/deal/9001/1745110800000/");
    place_check_says(place, "hubspot:meeting/503/deal/9002/1745125200000/");
    place_end(place);
}

static void what_is_optional_and_refused_is_noted(void **state)
{
    static const char *const rules[] = { "bad@account-info",      "no-method@owners",
                                         "bad@deals/orders",      "no-method@deals/companies",
                                         "bad@meetings/batch",    "bad@emails/search",
                                         "no-method@meetings/se", "bad@/audit" };
    struct place *place = place_begin(NULL);
    uint64_t count;

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    count = place_count(place);
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        char name[32];

        (void)snprintf(name, sizeof(name), "refused-%zu", i);
        json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
        fake_hubspot_do(&place->fake, rules[i]);
        if (!strstr(rules[i], "/se"))
            place_ledger(place, name);
        place_check_import(place, NULL, -1, 13, 1);
        if (!strstr(place->out, "\"note\": \"refused\""))
            fail_msg("%s: %s", rules[i], place->out);
        if (strstr(rules[i], "emails"))
            assert_int_equal(place_count(place), count);
    }
    place_end(place);
}

/* Neither a redirect nor the link in a page that names the next one. */
static void nothing_that_is_answered_leads_the_token_elsewhere(void **state)
{
    static const char *const rules[] = { "redirect@owners",      "redirect@objects/deals",
                                         "redirect@deals/batch", "redirect@associations",
                                         "lure@objects/deals",   "lure@owners" };
    struct place *place = place_begin(NULL);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
        fake_hubspot_do(&place->fake, rules[i]);
        place_check_code(place, IMPORT(place, "--json"), 8);
        assert_true(fake_hubspot_asked(&place->fake, "/") > 0);
        assert_int_equal(fake_hubspot_asked(&place->fake, "stolen"), 0);
    }
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failing_service_leaves_what_it_told_before),
        cmocka_unit_test(what_leads_nowhere_ends_soon),
        cmocka_unit_test(how_long_a_silence_is_waited_for_can_be_said),
        cmocka_unit_test(what_the_token_may_not_read_is_left_out_and_said),
        cmocka_unit_test(what_changed_while_it_was_refused_is_read_later),
        cmocka_unit_test(what_is_optional_and_refused_is_noted),
        cmocka_unit_test(nothing_that_is_answered_leads_the_token_elsewhere),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_refused", tests, NULL, NULL);
}
