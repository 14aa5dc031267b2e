/* `backcast import hubspot`: activities that were deleted, or moved to another deal, do not go on
 * counting, and count again if they come back; those of archived deals count as well. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"

#include <stdio.h>
#include <stdlib.h>

#define ALL                                                                                        \
    "'deals companies':[],'orders deals':[['701','9001']],"                                        \
    "'deals emails':[['9001','601'],['9002','602'],['9010','603'],['9001','604'],['9011','605'],"  \
    "['9013','606']],"
#define MEETINGS(first)                                                                            \
    "'deals meetings':[" first "['9001','502'],['9002','503'],['9014','504'],['9014','505'],"      \
    "['9005','506'],['9014','506']]"

static void run(struct place *place, long long added, const char *note)
{
    place->now_us += INT64_C(3600000000);
    place_check_import(place, NULL, added, 13, 1);
    place_check_says(place, note);
}

/* Whether the last event of a meeting counts. */
static bool is_counted(struct place *place, const char *deal, const char *meeting)
{
    char id[64];
    bool counted = false;
    json_t *answer, *one;
    size_t i;

    place_check_code(place, RUN(place, cmd_history, "history", deal, "--json"), 0);
    answer = json_loads(place->out, 0, NULL);
    (void)snprintf(id, sizeof(id), "hubspot:meeting/%s/", meeting);
    json_array_foreach(json_object_get(answer, "events"), i, one)
    {
        const json_t *event = json_object_get(one, "event") ? json_object_get(one, "event") : one;
        const char *text = json_string_value(json_object_get(event, "id"));

        if (text && strncmp(text, id, strlen(id)) == 0 && !strstr(text, "/retracted"))
            counted = json_is_null(json_object_get(one, "retractedBy"));
    }
    json_decref(answer);
    return counted;
}

static void what_is_deleted_is_retracted_and_comes_back(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_links(place, "{" ALL MEETINGS("['9001','501'],") "}");
    run(place, -1, "\"added\"");
    assert_true(is_counted(place, "9001", "501"));
    for (int turn = 0; turn < 2; turn++) {
        place_links(place, "{" ALL MEETINGS("") "}");
        run(place, 2, "\"note\": \"untied\", \"n\": 1"); /* as many as its changes */
        assert_false(is_counted(place, "9001", "501"));
        run(place, 0, "\"added\"");
        place_links(place, "{" ALL MEETINGS("['9001','501'],") "}");
        run(place, 2, "\"note\": \"tiedAgain\", \"n\": 1");
        assert_true(is_counted(place, "9001", "501"));
        run(place, 0, "\"added\"");
    }
    place_check_code(place, RUN(place, cmd_verify, "verify"), 0);
    place_end(place);
}

static void what_is_moved_counts_for_the_other_deal(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_links(place, "{" ALL MEETINGS("['9001','501'],") "}");
    run(place, -1, "\"added\"");
    place_links(place, "{" ALL MEETINGS("['9002','501'],") "}");
    run(place, 4, "\"note\": \"untied\", \"n\": 1");
    assert_false(is_counted(place, "9001", "501"));
    assert_true(is_counted(place, "9002", "501"));
    place_end(place);
}

/* An e-mail goes with its opens and replies. */
static void mails_and_orders_go_as_well(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_links(place, "{" ALL MEETINGS("") "}");
    run(place, -1, "\"added\"");
    place_links(place, "{'orders deals':[],'deals emails':[['9002','602'],['9010','603']]}");
    run(place, -1, "\"note\": \"untied\", \"n\": 4"); /* 601, 605, 606 and the order */
    run(place, 0, "\"added\"");
    place_end(place);
}

/* Nothing is gone because nobody may look. */
static void what_may_not_be_read_is_not_gone(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_links(place, "{" ALL MEETINGS("['9001','501'],") "}");
    run(place, -1, "\"added\"");
    fake_hubspot_do(&place->fake, "forbidden@deals/meetings");
    fake_hubspot_do(&place->fake, "bad@deals/emails");
    run(place, 0, "\"note\": \"forbidden\"");
    place_end(place);
}

static void meetings_of_deals_archived_before_the_first_import_count(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_links(place, "{" ALL MEETINGS("['9008','501'],") "}");
    run(place, -1, "\"added\"");
    assert_true(is_counted(place, "9008", "501"));
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_deleted_is_retracted_and_comes_back),
        cmocka_unit_test(what_is_moved_counts_for_the_other_deal),
        cmocka_unit_test(mails_and_orders_go_as_well),
        cmocka_unit_test(what_may_not_be_read_is_not_gone),
        cmocka_unit_test(meetings_of_deals_archived_before_the_first_import_count),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_gone", tests, NULL, NULL);
}
