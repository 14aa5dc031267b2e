/* `backcast import hubspot`: what a deal renews, by the label of an association between the two. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"

#include <stdlib.h>

/* 9014 renews 9001, which is renewed by it; 9002 is its sister; of 9005 nothing is said. */
#define OTHERS  "['9001','9002',39,39],['9005','9001']"
#define RENEWED "{'deals deals':[['9014','9001',37,38]," OTHERS "]}"

static void label(struct place *place, const char *name)
{
    char line[64];

    (void)snprintf(line, sizeof(line), "\nrenews_label: %s\n", name);
    place_account(place, "\nrenews_label: null\n", line);
}

static void run(struct place *place, long long added, const char *says)
{
    place->now_us += INT64_C(3600000000);
    place_check_import(place, NULL, added, 13, 1);
    place_check_says(place, says);
}

/* What the deal renews, of its events that count; "" where it is nothing. */
static void check_renews(struct place *place, const char *deal, const char *want)
{
    const char *got = "";
    json_t *answer, *one;
    size_t i;

    place_check_code(place, RUN(place, cmd_history, "history", deal, "--json"), 0);
    answer = json_loads(place->out, 0, NULL);
    json_array_foreach(json_object_get(answer, "events"), i, one)
    {
        const json_t *event = json_object_get(one, "event") ? json_object_get(one, "event") : one;
        const json_t *body = json_object_get(event, "propertyChanged");
        const char *name = json_string_value(json_object_get(body, "name"));

        if (name && strcmp(name, "renews") == 0 &&
            json_is_null(json_object_get(one, "retractedBy")))
            got = json_string_value(json_object_get(body, "value"));
    }
    assert_string_equal(got, want);
    json_decref(answer);
}

static void a_label_says_what_a_deal_renews_and_is_followed(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    label(place, "Renews");
    place_links(place, RENEWED);
    run(place, -1, "\"added\"");
    check_renews(place, "9014", "9001");
    check_renews(place, "9001", "");
    check_renews(place, "9002", "");
    check_renews(place, "9005", "");
    run(place, 0, "\"added\"");
    place_links(place, "{'deals deals':[['9014','9002',37,38]," OTHERS "]}");
    run(place, 2, "\"note\": \"renewsWithdrawn\", \"n\": 1");
    check_renews(place, "9014", "9002");
    place_links(place, "{'deals deals':[" OTHERS "]}");
    run(place, 1, "\"note\": \"renewsWithdrawn\", \"n\": 1");
    check_renews(place, "9014", "");
    run(place, 0, "\"added\"");
    place_links(place, RENEWED);
    run(place, 1, "\"added\"");
    assert_null(strstr(place->out, "renewsWithdrawn"));
    check_renews(place, "9014", "9001");
    place_check_code(place, RUN(place, cmd_verify, "verify"), 0);
    place_end(place);
}

static void a_label_may_be_named_by_its_number(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    label(place, "38");
    place_links(place, RENEWED);
    run(place, -1, "\"added\"");
    check_renews(place, "9014", "");
    check_renews(place, "9001", "9014");
    place_end(place);
}

/* A request for each thousand deals, and only where it is of use. */
static void associations_of_deals_are_asked_for_where_a_label_is_named(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_links(place, RENEWED);
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    run(place, -1, "\"added\"");
    assert_int_equal(fake_hubspot_asked(&place->fake, "/deals/deals/"), 0);
    label(place, "Renews");
    run(place, 1, "\"added\"");
    assert_int_equal(fake_hubspot_asked(&place->fake, "/deals/deals/"), 2); /* and the labels */
    place_end(place);
}

/* By the account file there are none now; and then again. */
static void without_the_label_what_it_said_is_retracted(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    label(place, "Renews");
    place_links(place, RENEWED);
    run(place, -1, "\"added\"");
    place_account(place, "\nrenews_label: Renews\n", "\nrenews_label: null\n");
    run(place, 1, "\"note\": \"renewsWithdrawn\", \"n\": 1");
    check_renews(place, "9014", "");
    run(place, 0, "\"added\"");
    label(place, "Renews");
    run(place, 1, "\"added\"");
    check_renews(place, "9014", "9001");
    place_end(place);
}

static void several_are_one_and_said_and_two_ends_alike_are_none(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    label(place, "Renews");
    place_links(place, "{'deals deals':[['9014','9002',37,38],['9014','9001',37,38],"
                       "['9005','9006',37,37]]}");
    run(place, -1, "\"note\": \"renewsSeveral\", \"n\": 1, \"which\": [\"9014 renews 9002\"]");
    place_check_says(place, "\"note\": \"renewsMutual\", \"n\": 1, \"which\": [\"9005 and 9006\"]");
    check_renews(place, "9014", "9001");
    check_renews(place, "9005", "");
    check_renews(place, "9006", "");
    place_links(place, "{'deals deals':[['9014','9001',37,38],['9014','9000',37,38]]}");
    run(place, 0, "\"9014 renews 9000\""); /* it goes on with what it had */
    place_end(place);
}

static void what_may_not_be_read_is_not_withdrawn(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    label(place, "Renews");
    place_links(place, RENEWED);
    run(place, -1, "\"added\"");
    fake_hubspot_do(&place->fake, "forbidden@deals/deals");
    run(place, 0, "\"note\": \"forbidden\", \"n\": 2"); /* the labels, too */
    check_renews(place, "9014", "9001");
    place_end(place);
}

static void an_unknown_label_is_refused_with_the_one_meant(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    label(place, "renews");
    place_check_code(place, IMPORT(place, "--json"), 3);
    assert_non_null(strstr(place->err, "names the label \"renews\", which associations between "
                                       "deals do not have; is \"Renews\" meant?"));
    assert_int_equal(place_count(place), 0);
    place_end(place);
}

static void it_is_compared_and_repaired(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    label(place, "Renews");
    place_links(place, RENEWED);
    run(place, -1, "\"added\"");
    place_check_code(place,
                     RUN(place, cmd_record, "record", "propertyChanged", "--deal", "9014", "--name",
                         "renews", "--value", "9002", "--occurred-at", "2025-04-20T12:00:00Z"),
                     0);
    place->now_us += INT64_C(86400000000);
    place_check_import(place, NULL, 0, 12, 2);
    place_check_says(place, "\"deal\": \"9014\", \"matter\": \"renews\", \"ledger\": \"9002\", "
                            "\"hubspot\": \"9001\"");
    place_check_import(place, "--repair", -1, 14, 0);
    check_renews(place, "9014", "9001");
    place_check_import(place, NULL, 0, 14, 0);
    place_end(place);
}

static void discover_offers_every_label(void **state)
{
    struct place *place = place_begin(NULL);
    struct bc_buf text = { 0 };

    (void)state;
    place_check_says(place, "may say which deal a deal renews: Renews (37), Renewed by (38), "
                            "Sister deal (39)\n");
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    assert_non_null(strstr(text.at, "\nrenews_label: null\n"
                                    "# renews_label: Renews  # or 37\n"
                                    "# renews_label: Renewed by  # or 38\n"
                                    "# renews_label: Sister deal  # or 39\n"));
    bc_buf_release(&text);
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_label_says_what_a_deal_renews_and_is_followed),
        cmocka_unit_test(a_label_may_be_named_by_its_number),
        cmocka_unit_test(associations_of_deals_are_asked_for_where_a_label_is_named),
        cmocka_unit_test(without_the_label_what_it_said_is_retracted),
        cmocka_unit_test(several_are_one_and_said_and_two_ends_alike_are_none),
        cmocka_unit_test(what_may_not_be_read_is_not_withdrawn),
        cmocka_unit_test(an_unknown_label_is_refused_with_the_one_meant),
        cmocka_unit_test(it_is_compared_and_repaired),
        cmocka_unit_test(discover_offers_every_label),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_renewals", tests, NULL, NULL);
}
