/* `backcast import hubspot`: an account goes into the ledger, each change once, however often it is
 * read, in few requests; the trace holds nothing personal. Against the fake HubSpot. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"

#include <stdio.h>
#include <stdlib.h>

/* Two commands, and every figure of every week is that of the history told without HubSpot. */
static void figures_are_those_of_the_same_history_as_jsonl(void **state)
{
    struct place *place = place_begin(NULL);
    char path[FOLDER_PATH + 16], *series[2], *at;
    struct bc_buf told = { 0 };
    FILE *teller = popen("python3 -B " BC_SOURCE_DIR "/tests/hubspot/as_jsonl.py", "r");
    size_t got;

    (void)state;
    while ((got = fread(bc_buf_room(&told, 4096), 1, 4096, teller)) > 0)
        told.len += got;
    assert_int_equal(pclose(teller), 0);
    snprintf(path, sizeof(path), "%s/told.jsonl", place->folder);
    file_write(path, bc_buf_str(&told));
    bc_buf_release(&told);
    for (int i = 0; i < 2; i++) {
        if (i == 0) {
            place_check_import(place, NULL, -1, 13, 1);
        } else {
            place_ledger(place, "told");
            place_check_code(place, RUN(place, cmd_import, "import", "jsonl", path), 0);
        }
        place_check_code(place,
                         RUN(place, cmd_series, "series", "--from", "2025-01-05", "--to",
                             "2025-06-01", "--every", "1w", "--json"),
                         0);
        series[i] = bc_strdup(bc_str_of(place->out));
        while ((at = strstr(series[i], "\"ledger\":"))) { /* the heads are not the same */
            char *over = strchr(at, '}');

            memmove(at, over, strlen(over) + 1);
        }
    }
    assert_true(strlen(series[0]) > 10000);
    assert_string_equal(series[0], series[1]);
    free(series[0]);
    free(series[1]);
    place_end(place);
}

static void a_second_run_adds_nothing_and_asks_for_little(void **state)
{
    struct place *place = place_begin(NULL);
    json_t *first, *second;

    (void)state;
    first = place_import(place, NULL);
    assert_true(place_number(first, "added") > 150);
    assert_int_equal(place_number(first, "dealsRead"), 14);
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    second = place_import(place, NULL);
    assert_int_equal(place_number(second, "added"), 0);
    assert_true(place_number(second, "dealsRead") <= 2);
    assert_int_equal(place_number(second, "toldOtherwise"), 0);
    json_decref(first);
    json_decref(second);
    place_end(place);
}

/* What was read in April and again in June, and what was never read before June, differs only in
 * what HubSpot has forgotten by then. */
static void later_runs_take_what_changed_and_forget_nothing(void **state)
{
    static const char *const wanted[] = {
        "hubspot:deal/9002/dealstage/1746439200000/closedwon", /* moved on */
        "hubspot:deal/9008/restored/1739555100600",            /* restored */
        "hubspot:deal/9010/merged/9012",                       /* merged */
        "hubspot:deal/9012/carried/dealstage/1746705600000",   /* what came out of it */
        "hubspot:meeting/505/deal/9014/1746180000000/",        /* and what came before that */
        "hubspot:deal/9014/archived/1746610200250",            /* archived: no search shows it */
        "hubspot:deal/9015/dealstage/1736319600000/1002",      /* the oldest, gone since */
        "hubspot:deal/9015/dealstage/1746774000000/1005",      /* the newest */
        "hubspot:deal/9018/created",                           /* new */
        "hubspot:email/602/deal/9002/opened",                  /* a counter that grew */
    };
    struct place *place = place_begin(NULL);
    char **lines;

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    place_later(place);
    place_check_import(place, NULL, 33, 15, 1);
    place_check_import(place, NULL, 0, 15, 1);
    lines = place_content(place);
    for (size_t w = 0; w < ARRAY_LEN(wanted); w++) {
        char id[128];
        size_t i = 0;

        snprintf(id, sizeof(id), "\"id\": \"%s", wanted[w]);
        while (lines[i] && !strstr(lines[i], id))
            i++;
        if (!lines[i])
            fail_msg("no event %s", wanted[w]);
    }
    place_content_free(lines);
    place_end(place);
}

static void the_dated_api_says_the_same(void **state)
{
    struct place *place = place_begin(NULL);
    char **numbered, **dated;
    struct bc_buf text = { 0 };
    char *api;

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    numbered = place_content(place);
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    api = strstr(text.at, "\"numbered\"");
    memcpy(api, "\"2026-03\" ", 10);
    file_write(place->account, bc_str_of(text.at));
    bc_buf_release(&text);
    place_ledger(place, "dated");
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    place_check_import(place, NULL, -1, 13, 1);
    assert_true(fake_hubspot_asked(&place->fake, "/crm/objects/2026-03/deals") > 0);
    assert_int_equal(fake_hubspot_asked(&place->fake, "/crm/v"), 0);
    assert_int_equal(fake_hubspot_asked(&place->fake, "/account-info/v"), 0);
    dated = place_content(place);
    place_check_same(dated, numbered);
    place_content_free(numbered);
    place_content_free(dated);
    place_end(place);
}

static void since_reads_again_what_was_read(void **state)
{
    struct place *place = place_begin(NULL);
    json_t *answer;

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    place_check_code(place, IMPORT(place, "--json", "--since", "2025-01-01"), 0);
    answer = json_loads(place->out, 0, NULL);
    assert_int_equal(place_number(answer, "added"), 0);
    assert_true(place_number(answer, "dealsRead") >= 13);
    assert_int_equal(place_number(answer, "meetingsRead"), 6);
    json_decref(answer);
    place_end(place);
}

static void a_thousand_deals_take_few_requests(void **state)
{
    struct place *place = place_begin((const char *const[]){ "--many", "1000", NULL });
    json_t *answer;

    (void)state;
    for (int id = 9001; id <= 9017; id++) { /* exactly a thousand */
        char text[64];

        snprintf(text, sizeof(text), "{'kind':'deals','id':'%d'}", id);
        json_decref(fake_hubspot_steer(&place->fake, "/_remove", hubspot_json(text)));
    }
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    answer = place_import(place, NULL);
    assert_int_equal(place_number(answer, "agree"), 1000);
    assert_int_equal(place_number(answer, "added"), 1000 * (20 + 1)); /* and each deal's creation */
    assert_int_equal(fake_hubspot_asked(&place->fake, "/associations/"), 4);
    assert_true(place_number(answer, "requests") - 4 < 30);
    json_decref(answer);
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    place_check_import(place, NULL, 0, 1000, 0);
    assert_true(fake_hubspot_asked(&place->fake, "/crm/") < 30);
    place_end(place);
}

static void a_dry_run_adds_nothing(void **state)
{
    struct place *place = place_begin(NULL);
    json_t *answer = place_import(place, "--dry-run");

    (void)state;
    assert_true(place_number(answer, "added") > 150);
    json_decref(answer);
    place_check_code(place, RUN(place, cmd_head, "head", "--count"), 0);
    assert_string_equal(place->out, "0\n");
    place_end(place);
}

static void a_ledger_takes_one_account_alone(void **state)
{
    struct place *place = place_begin(NULL);
    char other[FOLDER_PATH + 16], command[FOLDER_PATH * 3];

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    fake_hubspot_stop(&place->fake);
    snprintf(other, sizeof(other), "%s/other", place->folder);
    snprintf(command, sizeof(command),
             "cp -R " BC_SOURCE_DIR "/tests/hubspot/account %s && "
             "sed -i 's/2400001/2400002/' %s/details.json",
             other, other);
    assert_int_equal(system(command), 0);
    fake_hubspot_start(&place->fake, (const char *const[]){ "--account", other, NULL });
    place_check_code(place, IMPORT(place, "--json"), 3);
    assert_non_null(strstr(place->err, "account 2400001"));
    place_end(place);
}

static void the_trace_holds_no_token_and_no_personal_text(void **state)
{
    struct place *place = place_begin(NULL);
    char path[FOLDER_PATH + 16];
    struct bc_buf text = { 0 };

    (void)state;
    snprintf(path, sizeof(path), "%s/trace", place->folder);
    place_check_code(place, IMPORT(place, "--trace", path), 0);
    file_read(&text, path);
    bc_buf_add_byte(&text, '\0');
    assert_non_null(strstr(text.at, "/crm/v3/objects/deals"));
    assert_null(strstr(text.at, FAKE_HUBSPOT_TOKEN));
    assert_null(strstr(text.at, "Lake University"));
    bc_buf_release(&text);
    place_end(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_those_of_the_same_history_as_jsonl),
        cmocka_unit_test(a_second_run_adds_nothing_and_asks_for_little),
        cmocka_unit_test(later_runs_take_what_changed_and_forget_nothing),
        cmocka_unit_test(the_dated_api_says_the_same),
        cmocka_unit_test(since_reads_again_what_was_read),
        cmocka_unit_test(a_thousand_deals_take_few_requests),
        cmocka_unit_test(a_dry_run_adds_nothing),
        cmocka_unit_test(a_ledger_takes_one_account_alone),
        cmocka_unit_test(the_trace_holds_no_token_and_no_personal_text),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot", tests, NULL, NULL);
}
