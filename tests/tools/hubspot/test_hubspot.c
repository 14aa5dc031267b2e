/* `backcast import hubspot`: an account goes into the ledger, each change once, however often and
 * in however many pieces it is read; and the run says how far ledger and HubSpot agree. Against the
 * fake HubSpot. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"
#include "tests/support/still_clock.h"
#include "tools/hubspot/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* --- the whole way --- */

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

static void what_the_search_does_not_see_yet_is_found_all_the_same(void **state)
{
    struct place *place = place_begin((const char *const[]){ "--lag", "3", NULL });

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    place_later(place);
    place_check_import(place, NULL, 31, 15, 1); /* deals are listed too */
    place_check_import(place, NULL, 2, 15,
                       1); /* the e-mail that was opened, and 505: searched an hour back */
    place_check_import(place, NULL, 0, 15, 1);
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

/* --- the account file --- */

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

/* --- pipelines --- */

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

/* --- reconciliation --- */

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

/* --- how many requests --- */

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

/* --- searching past what one query gives --- */

static void search_all(const struct place *place, uint64_t most, uint64_t want)
{
    struct hubspot_bench bench;
    struct bc_err err = { 0 };
    bc_string_table *ids = bc_string_table_new();
    int64_t seen_us = 0;
    const struct http_opts opts = { .base_url = place->fake.url, .token = FAKE_HUBSPOT_TOKEN };

    hubspot_bench_init(&bench, "{}");
    check_ok(http_client_new(&bench.run.client, &opts, &err), &err);
    bench.run.search_most = most;
    hubspot_search(&bench.run, "deals", 1, ids, &seen_us, NULL);
    check_ok(http_run(bench.run.client, &err), &err);
    assert_int_equal(bc_string_table_count(ids) - 1, want);
    assert_true(seen_us > 0);
    bc_string_table_free(ids);
    http_client_free(bench.run.client);
    hubspot_bench_release(&bench);
}

static void a_search_goes_on_behind_its_limit(void **state)
{
    struct place *place =
        place_begin((const char *const[]){ "--many", "900", "--search-cap", "400", NULL });

    (void)state;
    search_all(place, 400, 13 + 900); /* one of 14 is archived */
    place_end(place);
}

static void a_millisecond_that_holds_more_than_a_query_is_gone_through_by_id(void **state)
{
    struct place *place = place_begin((const char *const[]){ "--search-cap", "200", NULL });

    (void)state;
    for (int i = 0; i < 450; i++) {
        char text[160];

        snprintf(text, sizeof(text),
                 "{'kind':'deals','record':{'id':'%d','createdAt':'2025-01-01T00:00:00Z',"
                 "'updatedAt':'2025-02-01T00:00:00.123Z','properties':{}}}",
                 50000 + i);
        json_decref(fake_hubspot_steer(&place->fake, "/_put", hubspot_json(text)));
    }
    search_all(place, 200, 13 + 450);
    place_end(place);
}

/* --- what goes wrong --- */

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

static void a_search_that_goes_in_a_circle_ends(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    fake_hubspot_do(&place->fake, "loop@deals/search");
    place_check_code(place, IMPORT(place, "--json"), 8);
    assert_non_null(strstr(place->err, "in a circle"));
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    place_check_import(place, NULL, 0, 13, 1);
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

static void what_a_refused_search_would_show_is_read_all_the_same(void **state)
{
    struct place *place = place_begin(NULL);

    (void)state;
    place_check_import(place, NULL, -1, 13, 1);
    place_later(place);
    fake_hubspot_do(&place->fake, "no-method@emails/search");
    fake_hubspot_do(&place->fake, "bad@meetings/search");
    place_check_import(place, NULL, 33, 15, 1); /* as many as where it is answered */
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
        cmocka_unit_test(what_the_search_does_not_see_yet_is_found_all_the_same),
        cmocka_unit_test(the_dated_api_says_the_same),
        cmocka_unit_test(since_reads_again_what_was_read),
        cmocka_unit_test(discover_matches_labels_and_leaves_open_what_it_cannot),
        cmocka_unit_test(an_import_says_that_the_rules_count_other_days),
        cmocka_unit_test(an_entry_that_one_of_two_witnesses_has_is_said),
        cmocka_unit_test(other_pipelines_are_left_out_and_who_moves_there_is_parked),
        cmocka_unit_test(who_is_not_parked_in_the_ledger_is_a_difference),
        cmocka_unit_test(differences_are_listed_and_repaired_as_found),
        cmocka_unit_test(a_revenue_recorded_before_the_first_import_is_compared),
        cmocka_unit_test(what_is_computed_is_taken_as_found_and_compared),
        cmocka_unit_test(a_deal_that_is_not_visible_any_more_is_a_difference_and_then_gone),
        cmocka_unit_test(a_thousand_deals_take_few_requests),
        cmocka_unit_test(a_search_goes_on_behind_its_limit),
        cmocka_unit_test(a_millisecond_that_holds_more_than_a_query_is_gone_through_by_id),
        cmocka_unit_test(a_failing_service_leaves_what_it_told_before),
        cmocka_unit_test(a_search_that_goes_in_a_circle_ends),
        cmocka_unit_test(what_leads_nowhere_ends_soon),
        cmocka_unit_test(how_long_a_silence_is_waited_for_can_be_said),
        cmocka_unit_test(what_the_token_may_not_read_is_left_out_and_said),
        cmocka_unit_test(what_is_optional_and_refused_is_noted),
        cmocka_unit_test(what_a_refused_search_would_show_is_read_all_the_same),
        cmocka_unit_test(an_audit_may_hold_objects_as_well_as_texts),
        cmocka_unit_test(a_dry_run_adds_nothing),
        cmocka_unit_test(a_property_that_deals_do_not_have_is_refused_with_the_one_meant),
        cmocka_unit_test(a_ledger_takes_one_account_alone),
        cmocka_unit_test(discover_says_in_json_what_it_leaves_open),
        cmocka_unit_test(an_account_file_is_not_written_over),
        cmocka_unit_test(an_account_file_does_not_say_where_the_token_goes),
        cmocka_unit_test(nothing_that_is_answered_leads_the_token_elsewhere),
        cmocka_unit_test(the_trace_holds_no_token_and_no_personal_text),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot", tests, NULL, NULL);
}
