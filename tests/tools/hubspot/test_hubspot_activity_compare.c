/* `backcast import hubspot`: the reconciliation names each meeting, call and e-mail that HubSpot
 * ties to a deal and the ledger does not count, or the other way round. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"

#define MEETINGS(first)                                                                            \
    "{'deals meetings':[" first "['9001','502'],['9002','503'],['9014','504'],['9014','505'],"     \
    "['9005','506'],['9014','506']]}"
#define MEETING_501    "['9001','501'],"
#define AS_SAID(texts) "\"activityDifferences\": [" texts "]"
#define SUM(what, hubspot, ledger, missing, gone, moved, unknown, unlisted)                        \
    "{\"what\": \"" what "\", \"hubspot\": " hubspot ", \"ledger\": " ledger                       \
    ", \"missing\": " missing ", \"gone\": " gone ", \"moved\": " moved ", \"unknown\": " unknown  \
    ", \"dealsUnlisted\": " unlisted "}"
#define EMAILS SUM("email", "5", "5", "0", "0", "0", "0", "0")

static void run(struct place *place, const char *sum, const char *differences)
{
    place->now_us += INT64_C(3600000000);
    place_check_import(place, NULL, -1, 13, 1);
    place_check_says(place, sum);
    place_check_says(place, differences);
}

/* A person retracts every event of ours whose id begins so, and has this at its end. */
static void retract(struct place *place, const char *begins, const char *ends)
{
    char **lines = place_content(place);

    for (size_t i = 0; lines[i]; i++) {
        json_t *event = json_loads(lines[i], 0, NULL);
        const char *id = json_string_value(json_object_get(event, "id"));
        size_t len = strlen(id), end = strlen(ends);

        if (strncmp(id, begins, strlen(begins)) == 0 && len >= end &&
            strcmp(id + len - end, ends) == 0 && (end > 0 || !strstr(id, "/retracted")))
            place_check_code(place,
                             RUN(place, cmd_record, "record", "retracted", "--deal",
                                 json_string_value(json_object_get(event, "deal")), "--event", id),
                             0);
        json_decref(event);
    }
    place_content_free(lines);
}

static void what_both_have_agrees(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    run(place,
        "\"activities\": [" SUM("meeting", "7", "7", "0", "0", "0", "0", "0") ", " EMAILS "]",
        AS_SAID(""));
    place_account(place, "\ncalls: null\n", "\ncalls: meetings\n");
    run(place, SUM("call", "4", "4", "0", "0", "0", "0", "0"), AS_SAID(""));
    place_check_code(place, IMPORT(place, NULL), 0);
    place_check_says(place, "meetings of deals: 7 in HubSpot, 7 in the ledger\n"
                            "calls of deals: 4 in HubSpot, 4 in the ledger\n"
                            "e-mails of deals: 5 in HubSpot, 5 in the ledger\n");
    place_account(place, "\nread: [meetings, emails,", "\nread: [");
    run(place, "\"activities\": [" SUM("call", "4", "4", "0", "0", "0", "0", "0") "]", AS_SAID(""));
    place_end(place);
}

/* Whoever retracted it. */
static void what_does_not_count_in_the_ledger_is_missing(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    run(place, EMAILS, AS_SAID(""));
    retract(place, "hubspot:email/601/", "sent");
    retract(place, "hubspot:meeting/506/deal/9014/", "");
    run(place, SUM("meeting", "7", "6", "1", "0", "0", "0", "0"),
        AS_SAID("{\"deal\": \"9001\", \"what\": \"email\", \"id\": \"601\", \"is\": \"missing\"}, "
                "{\"deal\": \"9014\", \"what\": \"meeting\", \"id\": \"506\", \"is\": "
                "\"missing\"}"));
    place_check_says(place, SUM("email", "5", "4", "1", "0", "0", "0", "0"));
    place_check_code(place, IMPORT(place, NULL), 0);
    place_check_says(place, "meetings of deals: 7 in HubSpot, 6 in the ledger; 1 missing\n"
                            "e-mails of deals: 5 in HubSpot, 4 in the ledger; 1 missing\n");
    place_check_says(place, "9014  meeting  506  missing");
    place_end(place);
}

/* Somebody gave it back to the deal that HubSpot took it from. */
static void what_stands_and_is_not_there_is_gone_or_another_deals(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_links(place, MEETINGS(MEETING_501));
    run(place, EMAILS, AS_SAID(""));
    place_links(place, MEETINGS(""));
    run(place, SUM("meeting", "6", "6", "0", "0", "0", "0", "0"), AS_SAID(""));
    retract(place, "hubspot:meeting/501/deal/9001/", "/retracted");
    run(place, SUM("meeting", "6", "7", "0", "1", "0", "0", "0"),
        AS_SAID("{\"deal\": \"9001\", \"what\": \"meeting\", \"id\": \"501\", \"is\": \"gone\"}"));
    place_links(place, MEETINGS("['9002','501'],"));
    run(place, SUM("meeting", "7", "8", "0", "1", "0", "0", "0"),
        AS_SAID("{\"deal\": \"9001\", \"what\": \"meeting\", \"id\": \"501\", \"is\": \"gone\"}"));
    retract(place, "hubspot:meeting/501/deal/9002/", "");
    run(place, SUM("meeting", "7", "7", "0", "0", "1", "0", "0"),
        AS_SAID("{\"deal\": \"9001\", \"what\": \"meeting\", \"id\": \"501\", \"is\": \"moved\", "
                "\"now\": \"9002\"}"));
    place_check_code(place, IMPORT(place, NULL), 0);
    place_check_says(place, "meetings of deals: 7 in HubSpot, 7 in the ledger; 1 moved\n");
    place_check_says(place, "9001  meeting  501  moved  9002");
    place_end(place);
}

static void what_may_not_be_read_is_not_compared_and_counted(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    fake_hubspot_do(&place->fake, "forbidden@objects/meetings");
    run(place, SUM("meeting", "0", "0", "0", "0", "0", "7", "0"), AS_SAID(""));
    place_check_code(place, IMPORT(place, NULL), 0);
    place_check_says(place, "meetings of deals: 0 in HubSpot, 0 in the ledger; 7 more HubSpot did "
                            "not give\n");
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    run(place, SUM("meeting", "7", "7", "0", "0", "0", "0", "0"), AS_SAID(""));
    fake_hubspot_do(&place->fake, "forbidden@deals/meetings");
    run(place, SUM("meeting", "0", "0", "0", "0", "0", "0", "13"), AS_SAID(""));
    place_check_code(place, IMPORT(place, NULL), 0);
    place_check_says(place, "; of 13 deals HubSpot did not give them\n");
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_both_have_agrees),
        cmocka_unit_test(what_does_not_count_in_the_ledger_is_missing),
        cmocka_unit_test(what_stands_and_is_not_there_is_gone_or_another_deals),
        cmocka_unit_test(what_may_not_be_read_is_not_compared_and_counted),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_activity_compare", tests, NULL, NULL);
}
