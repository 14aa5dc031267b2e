/* `backcast import hubspot`: an account goes into the ledger, each change once, however often and
 * in however many pieces it is read; and the run says how far ledger and HubSpot agree. Against the
 * fake HubSpot. */
#include "tests/support/check.h"
#include "tests/support/fake_hubspot.h"
#include "tests/support/folder.h"
#include "tests/support/hubspot.h"
#include "tests/support/process.h"
#include "tests/support/still_clock.h"
#include "tools/cmd.h"
#include "tools/import/hubspot/read.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define APRIL_US INT64_C(1745107200000000) /* 2025-04-20T00:00:00Z, before what comes later */

struct place {
    struct fake_hubspot fake;
    char folder[FOLDER_PATH], ledger[FOLDER_PATH + 48], account[FOLDER_PATH + 16];
    int64_t now_us;
    const struct http_clock *clock;
    char *out, *err; /* of the last command */
};

/* Runs a command in this process; its exit code. */
static int run(struct place *place, cmd_fn *command, const char *const *args)
{
    const char *argv[32];
    size_t out_len = 0, err_len = 0;
    struct cmd_env env = { .now_us = place->now_us,
                           .rehearsed = true,
                           .ledger_dir = place->ledger,
                           .hubspot_token = FAKE_HUBSPOT_TOKEN,
                           .http_clock = place->clock };
    int argc = 0, code;

    free(place->out);
    free(place->err);
    env.out = open_memstream(&place->out, &out_len);
    env.err = open_memstream(&place->err, &err_len);
    for (; args[argc]; argc++)
        argv[argc] = args[argc];
    argv[argc] = NULL;
    code = command(&env, argc, (char **)(uintptr_t)argv);
    fclose(env.out);
    fclose(env.err);
    return code;
}

#define RUN(place, command, ...) run(place, command, (const char *const[]){ __VA_ARGS__, NULL })
#define IMPORT(place, ...)                                                                         \
    RUN(place, cmd_import, "import", "hubspot", "--account", (place)->account, "--base-url",       \
        (place)->fake.url, __VA_ARGS__)

static void check_code(const struct place *place, int code, int want)
{
    if (code != want)
        fail_msg("exit code %d, expected %d: %s%s", code, want, place->out, place->err);
}

/* The answer of an import, for the caller to json_decref. */
static json_t *import(struct place *place, const char *more)
{
    json_t *answer;

    check_code(place, IMPORT(place, "--json", more), 0);
    answer = json_loads(place->out, 0, NULL);
    assert_non_null(answer);
    return answer;
}

static long long number(const json_t *answer, const char *key)
{
    assert_true(json_is_integer(json_object_get(answer, key)));
    return json_integer_value(json_object_get(answer, key));
}

/* Imports, and holds some numbers of the answer against what is wanted; -1: any. */
static void check_import(struct place *place, const char *more, long long added, long long agree,
                         long long differ)
{
    json_t *answer = import(place, more);

    if (added >= 0)
        assert_int_equal(number(answer, "added"), added);
    assert_int_equal(number(answer, "agree"), agree);
    assert_int_equal(number(answer, "differ"), differ);
    json_decref(answer);
}

static void begin_ledger(struct place *place, const char *name)
{
    snprintf(place->ledger, sizeof(place->ledger), "%s/%s", place->folder, name);
    check_code(place, RUN(place, cmd_init, "init"), 0);
}

static struct place *begin(const char *const *arguments)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    folder_make(place->folder);
    snprintf(place->account, sizeof(place->account), "%s/account.yaml", place->folder);
    place->now_us = APRIL_US;
    fake_hubspot_start(&place->fake, arguments);
    begin_ledger(place, "ledger");
    check_code(place, IMPORT(place, "--discover"), 0);
    return place;
}

static void end(struct place *place)
{
    fake_hubspot_stop(&place->fake);
    folder_remove(place->folder);
    free(place->out);
    free(place->err);
    free(place);
}

static void later(struct place *place)
{
    json_decref(fake_hubspot_steer(&place->fake, "/_later", NULL));
    place->now_us = HUBSPOT_NOW_US;
}

static int line_cmp(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What the ledger holds, whatever the order and the time at which it was taken: a list of lines
 * that ends with NULL. */
static char **content(struct place *place)
{
    char **lines = NULL, *save = NULL;
    size_t n = 0, cap = 0;

    check_code(place, RUN(place, cmd_export, "export", "jsonl"), 0);
    for (char *line = strtok_r(place->out, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        json_t *event = json_loads(line, 0, NULL);

        json_object_del(event, "seq");
        json_object_del(event, "recordedAt");
        BC_GROW(lines, n, cap);
        lines[n++] = json_dumps(event, JSON_SORT_KEYS);
        json_decref(event);
    }
    if (n > 1)
        qsort(lines, n, sizeof(*lines), line_cmp);
    BC_GROW(lines, n, cap);
    lines[n] = NULL;
    return lines;
}

static void content_free(char **lines)
{
    for (size_t i = 0; lines[i]; i++)
        free(lines[i]);
    free(lines);
}

static void check_same(char **got, char **want)
{
    size_t i = 0;

    for (; got[i] && want[i]; i++)
        assert_string_equal(got[i], want[i]);
    if (got[i] || want[i])
        fail_msg("one has more: %s", got[i] ? got[i] : want[i]);
}

/* --- the whole way --- */

/* Two commands, and every figure of every week is that of the history told without HubSpot. */
static void figures_are_those_of_the_same_history_as_jsonl(void **state)
{
    struct place *place = begin(NULL);
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
            check_import(place, NULL, -1, 13, 1);
        } else {
            begin_ledger(place, "told");
            check_code(place, RUN(place, cmd_import, "import", "jsonl", path), 0);
        }
        check_code(place,
                   RUN(place, cmd_series, "series", "--from", "2025-01-05", "--to", "2025-06-01",
                       "--every", "1w", "--json"),
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
    end(place);
}

static void a_second_run_adds_nothing_and_asks_for_little(void **state)
{
    struct place *place = begin(NULL);
    json_t *first, *second;

    (void)state;
    first = import(place, NULL);
    assert_true(number(first, "added") > 150);
    assert_int_equal(number(first, "dealsRead"), 14);
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    second = import(place, NULL);
    assert_int_equal(number(second, "added"), 0);
    assert_true(number(second, "dealsRead") <= 2);
    assert_int_equal(number(second, "toldOtherwise"), 0);
    json_decref(first);
    json_decref(second);
    end(place);
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
        "hubspot:deal/9014/archived/1746610200250",            /* archived, no search tells it */
        "hubspot:deal/9015/dealstage/1736319600000/1002",      /* the oldest, gone since */
        "hubspot:deal/9015/dealstage/1746774000000/1005",      /* the newest */
        "hubspot:deal/9018/created",                           /* new */
        "hubspot:email/602/deal/9002/opened",                  /* a counter that grew */
    };
    struct place *place = begin(NULL);
    char **lines;

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    later(place);
    check_import(place, NULL, 32, 15, 1);
    check_import(place, NULL, 0, 15, 1);
    lines = content(place);
    for (size_t w = 0; w < ARRAY_LEN(wanted); w++) {
        char id[128];
        size_t i = 0;

        snprintf(id, sizeof(id), "\"id\": \"%s\"", wanted[w]);
        while (lines[i] && !strstr(lines[i], id))
            i++;
        if (!lines[i])
            fail_msg("no event %s", wanted[w]);
    }
    content_free(lines);
    end(place);
}

static void what_the_search_does_not_see_yet_is_found_all_the_same(void **state)
{
    struct place *place = begin((const char *const[]){ "--lag", "3", NULL });

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    later(place);
    check_import(place, NULL, 31, 15, 1); /* deals are listed too */
    check_import(place, NULL, 1, 15, 1);  /* the e-mail that was opened: searched an hour back */
    check_import(place, NULL, 0, 15, 1);
    end(place);
}

static void the_dated_api_says_the_same(void **state)
{
    struct place *place = begin(NULL);
    char **numbered, **dated;
    struct bc_buf text = { 0 };
    char *api;

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    numbered = content(place);
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    api = strstr(text.at, "\"numbered\"");
    memcpy(api, "\"2026-03\" ", 10);
    file_write(place->account, bc_str_of(text.at));
    bc_buf_release(&text);
    begin_ledger(place, "dated");
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    check_import(place, NULL, -1, 13, 1);
    assert_true(fake_hubspot_asked(&place->fake, "/crm/objects/2026-03/deals") > 0);
    assert_int_equal(fake_hubspot_asked(&place->fake, "/crm/v"), 0);
    dated = content(place);
    check_same(dated, numbered);
    content_free(numbered);
    content_free(dated);
    end(place);
}

static void since_reads_again_what_was_read(void **state)
{
    struct place *place = begin(NULL);
    json_t *answer;

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    check_code(place, IMPORT(place, "--json", "--since", "2025-01-01"), 0);
    answer = json_loads(place->out, 0, NULL);
    assert_int_equal(number(answer, "added"), 0);
    assert_true(number(answer, "dealsRead") >= 13);
    assert_int_equal(number(answer, "meetingsRead"), 6);
    json_decref(answer);
    end(place);
}

/* --- the account file --- */

static void discover_matches_labels_and_leaves_open_what_it_cannot(void **state)
{
    static const char *const lines[] = {
        "\n  \"1003\": discovery  # Discovery; pipeline default\n",
        "\n  \"1005\": proposal  # Proposal Sent; pipeline default\n",
        "\n  \"1008\": closed_won_complete  # ",
        "\n  # \"7701\": outreach  # Outreach; pipeline 7700\n", /* another pipeline's */
        "\n  # \"1099\":  # Qualified; deleted from the account\n",
        "\n  contract_end: contract_end_date  # Contract end date\n",
        "\n  mrr: monthly_fee  # MRR\n", /* not the one that HubSpot computes */
        "\n  # tier:\n",
        "\n  Renewal talk: renewal\n",
        "\nloss_reason: closed_lost_reason\n",
        "\norder_url: hub_configurator_url\n",
    };
    struct place *place = begin(NULL);
    struct bc_buf text = { 0 };

    (void)state;
    assert_non_null(strstr(place->out, "8 of 11 stages mapped"));
    assert_non_null(strstr(place->out, "no property for: tier, renews"));
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        if (!strstr(text.at, lines[i]))
            fail_msg("no line %s in %s", lines[i], text.at);
    bc_buf_release(&text);
    end(place);
}

/* --- reconciliation --- */

static void differences_are_listed_and_repaired_as_found(void **state)
{
    struct place *place = begin(NULL);
    json_t *answer, *one;

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    check_code(place,
               RUN(place, cmd_record, "record", "propertyChanged", "--deal", "9001", "--name",
                   "contract_end", "--value", "2031-01-01", "--occurred-at",
                   "2025-04-19T00:00:00Z"),
               0);
    answer = import(place, NULL);
    assert_int_equal(number(answer, "differ"), 2);
    one = json_array_get(json_object_get(answer, "differences"), 0);
    assert_string_equal(json_string_value(json_object_get(one, "deal")), "9001");
    assert_string_equal(json_string_value(json_object_get(one, "matter")), "contract_end");
    assert_string_equal(json_string_value(json_object_get(one, "ledger")), "2031-01-01");
    json_decref(answer);
    answer = import(place, "--repair");
    assert_int_equal(number(answer, "repaired"), 2);
    assert_int_equal(number(answer, "agree"), 14);
    assert_int_equal(number(answer, "differ"), 0);
    json_decref(answer);
    check_import(place, NULL, 0, 14, 0);
    end(place);
}

static void a_deal_that_is_not_visible_any_more_is_a_difference_and_then_gone(void **state)
{
    struct place *place = begin(NULL);

    (void)state;
    check_import(place, "--repair", -1, 14, 0);
    json_decref(
        fake_hubspot_steer(&place->fake, "/_remove", hubspot_json("{'kind':'deals','id':'9001'}")));
    check_import(place, NULL, 0, 13, 1);
    check_import(place, "--repair", 1, 14, 0);
    end(place);
}

/* --- how much is asked --- */

static void a_thousand_deals_take_few_requests(void **state)
{
    struct place *place = begin((const char *const[]){ "--many", "1000", NULL });
    json_t *answer;

    (void)state;
    for (int id = 9001; id <= 9017; id++) { /* exactly a thousand */
        char text[64];

        snprintf(text, sizeof(text), "{'kind':'deals','id':'%d'}", id);
        json_decref(fake_hubspot_steer(&place->fake, "/_remove", hubspot_json(text)));
    }
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    answer = import(place, NULL);
    assert_int_equal(number(answer, "agree"), 1000);
    assert_int_equal(number(answer, "added"), 1000 * (20 + 1)); /* and each deal's creation */
    assert_int_equal(fake_hubspot_asked(&place->fake, "/associations/"), 4);
    assert_true(number(answer, "requests") - 4 < 30);
    json_decref(answer);
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    check_import(place, NULL, 0, 1000, 0);
    assert_true(fake_hubspot_asked(&place->fake, "/crm/") < 30);
    end(place);
}

/* --- searching past what one query gives --- */

static void search_all(const struct place *place, uint64_t most, uint64_t want)
{
    struct hubspot_bench bench;
    struct bc_err err = { 0 };
    bc_words *ids = bc_words_new();
    int64_t seen_us = 0;
    const struct http_opts opts = { .base_url = place->fake.url, .token = FAKE_HUBSPOT_TOKEN };

    hubspot_bench_init(&bench, "{}");
    check_ok(http_client_new(&bench.run.client, &opts, &err), &err);
    bench.run.search_most = most;
    hubspot_search(&bench.run, "deals", 1, ids, &seen_us);
    check_ok(http_run(bench.run.client, &err), &err);
    assert_int_equal(bc_words_count(ids) - 1, want);
    assert_true(seen_us > 0);
    bc_words_free(ids);
    http_client_free(bench.run.client);
    hubspot_bench_release(&bench);
}

static void a_search_goes_on_behind_its_limit(void **state)
{
    struct place *place =
        begin((const char *const[]){ "--many", "900", "--search-cap", "400", NULL });

    (void)state;
    search_all(place, 400, 13 + 900); /* one of 14 is archived */
    end(place);
}

static void a_millisecond_that_holds_more_than_a_query_is_gone_through_by_id(void **state)
{
    struct place *place = begin((const char *const[]){ "--search-cap", "200", NULL });

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
    end(place);
}

/* --- what goes wrong --- */

static uint64_t count(struct place *place)
{
    check_code(place, RUN(place, cmd_head, "head", "--count"), 0);
    return strtoull(place->out, NULL, 10);
}

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
    struct place *place = begin(NULL);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
        fake_hubspot_do(&place->fake, rows[i].rule);
        check_code(place, IMPORT(place, "--json"), 8);
        assert_null(strstr(place->err, FAKE_HUBSPOT_TOKEN));
        assert_int_equal(count(place) > 0, rows[i].keeps);
    }
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    check_import(place, NULL, -1, 13, 1);
    end(place);
}

static void a_search_that_goes_in_a_circle_ends(void **state)
{
    struct place *place = begin(NULL);

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    fake_hubspot_do(&place->fake, "loop@deals/search");
    check_code(place, IMPORT(place, "--json"), 8);
    assert_non_null(strstr(place->err, "in a circle"));
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    check_import(place, NULL, 0, 13, 1);
    end(place);
}

/* Pages without an end or without a thing on them, in every kind of listing. */
static void what_leads_nowhere_ends_soon(void **state)
{
    static const char *const rules[] = { "endless@objects/deals?",   "endless@owners",
                                         "endless@deals/search",     "endless-ties@associations",
                                         "loop-ties@meetings/batch", "loop@owners",
                                         "loop@objects/deals?" };
    struct place *place = begin(NULL);

    (void)state;
    check_import(place, NULL, -1, 13, 1); /* the next one searches */
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
        fake_hubspot_do(&place->fake, rules[i]);
        check_code(place, IMPORT(place, "--json"), 8);
        if (!strstr(place->err, rules[i][0] == 'l' ? "in a circle" : "32 pages in a row"))
            fail_msg("%s: %s", rules[i], place->err);
        assert_true(fake_hubspot_asked(&place->fake, "/") < 150);
    }
    end(place);
}

static void how_long_a_silence_is_waited_for_can_be_said(void **state)
{
    struct place *place = begin(NULL);
    int64_t now = 0;
    struct http_clock leaping = leaping_clock(&now);

    (void)state;
    place->clock = &leaping;
    fake_hubspot_do(&place->fake, "silent@owners");
    check_code(place, IMPORT(place, "--give-up-after", "20"), 8);
    assert_non_null(strstr(place->err, "no answer for 1200 seconds"));
    check_code(place, IMPORT(place, "--json"), 8);
    assert_non_null(strstr(place->err, "no answer for 300 seconds"));
    check_code(place, IMPORT(place, "--give-up-after", "0"), 2);
    check_code(place, IMPORT(place, "--give-up-after", "soon"), 2);
    end(place);
}

static void what_the_token_may_not_read_is_left_out_and_said(void **state)
{
    struct place *place = begin(NULL);
    json_t *answer;

    (void)state;
    fake_hubspot_do(&place->fake, "forbidden@objects/meetings");
    fake_hubspot_do(&place->fake, "forbidden@deals/emails");
    answer = import(place, NULL);
    assert_int_equal(number(answer, "agree"), 13);
    assert_int_equal(number(answer, "meetingsRead"), 0);
    assert_non_null(strstr(place->out, "\"note\": \"forbidden\", \"n\": 2"));
    json_decref(answer);
    end(place);
}

static void a_dry_run_adds_nothing(void **state)
{
    struct place *place = begin(NULL);
    json_t *answer = import(place, "--dry-run");

    (void)state;
    assert_true(number(answer, "added") > 150);
    json_decref(answer);
    check_code(place, RUN(place, cmd_head, "head", "--count"), 0);
    assert_string_equal(place->out, "0\n");
    end(place);
}

static void a_property_that_deals_do_not_have_is_refused_with_the_one_meant(void **state)
{
    struct place *place = begin(NULL);

    (void)state;
    file_write(place->account, BC_STR("properties: { mrr: monthly_fees }\n"));
    check_code(place, IMPORT(place, "--json"), 3);
    assert_non_null(strstr(place->err, "\"monthly_fees\""));
    assert_non_null(strstr(place->err, "is \"monthly_fee\" meant?"));
    end(place);
}

static void a_ledger_takes_one_account_alone(void **state)
{
    struct place *place = begin(NULL);
    char other[FOLDER_PATH + 16], command[FOLDER_PATH * 3];

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    fake_hubspot_stop(&place->fake);
    snprintf(other, sizeof(other), "%s/other", place->folder);
    snprintf(command, sizeof(command),
             "cp -R " BC_SOURCE_DIR "/tests/hubspot/account %s && "
             "sed -i 's/2400001/2400002/' %s/details.json",
             other, other);
    assert_int_equal(system(command), 0);
    fake_hubspot_start(&place->fake, (const char *const[]){ "--account", other, NULL });
    check_code(place, IMPORT(place, "--json"), 3);
    assert_non_null(strstr(place->err, "account 2400001"));
    end(place);
}

static void an_account_file_is_not_written_over(void **state)
{
    struct place *place = begin(NULL);

    (void)state;
    check_code(place, IMPORT(place, "--discover"), 3);
    assert_non_null(strstr(place->err, "is there already"));
    end(place);
}

/* The file was not written by whoever holds the token, as far as anybody knows. */
static void an_account_file_does_not_say_where_the_token_goes(void **state)
{
    struct place *place = begin(NULL);
    struct bc_buf text = { 0 };
    char said[2 * FOLDER_PATH + 64];

    (void)state;
    file_read(&text, place->account); /* discovered by --base-url, and says so */
    bc_buf_add_byte(&text, '\0');
    assert_non_null(strstr(text.at, "# Not HubSpot's own: taken only where --base-url says so.\n"
                                    "base_url: "));
    bc_buf_release(&text);
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    check_code(place, RUN(place, cmd_import, "import", "hubspot", "--account", place->account), 3);
    snprintf(said, sizeof(said), "backcast: %s:4:11: \"%s\" is not HubSpot's", place->account,
             place->fake.url);
    if (!strstr(place->err, said))
        fail_msg("said %s, expected %s", place->err, said);
    assert_int_equal(fake_hubspot_asked(&place->fake, "/"), 0);
    check_import(place, NULL, -1, 13, 1);
    end(place);
}

/* Neither a redirect nor the link in a page that names the next one. */
static void nothing_that_is_answered_leads_the_token_elsewhere(void **state)
{
    static const char *const rules[] = { "redirect@owners",      "redirect@objects/deals",
                                         "redirect@deals/batch", "redirect@associations",
                                         "lure@objects/deals",   "lure@owners" };
    struct place *place = begin(NULL);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
        fake_hubspot_do(&place->fake, rules[i]);
        check_code(place, IMPORT(place, "--json"), 8);
        assert_true(fake_hubspot_asked(&place->fake, "/") > 0);
        assert_int_equal(fake_hubspot_asked(&place->fake, "stolen"), 0);
    }
    end(place);
}

static void the_trace_holds_no_token_and_no_personal_text(void **state)
{
    struct place *place = begin(NULL);
    char path[FOLDER_PATH + 16];
    struct bc_buf text = { 0 };

    (void)state;
    snprintf(path, sizeof(path), "%s/trace", place->folder);
    check_code(place, IMPORT(place, "--trace", path), 0);
    file_read(&text, path);
    bc_buf_add_byte(&text, '\0');
    assert_non_null(strstr(text.at, "/crm/v3/objects/deals"));
    assert_null(strstr(text.at, FAKE_HUBSPOT_TOKEN));
    assert_null(strstr(text.at, "Lake University"));
    bc_buf_release(&text);
    end(place);
}

/* --- broken off --- */

/* Every line of `some` is one of `all`; both are sorted. */
static void check_part(char **some, char **all)
{
    for (; *some; some++) {
        while (*all && strcmp(*all, *some) < 0)
            all++;
        if (!*all || strcmp(*all, *some) != 0)
            fail_msg("not in the whole: %s", *some);
    }
}

/* Imports with `n` questions answered. False: that was enough. */
static bool break_off(struct place *place, size_t n)
{
    char rule[32], said[64];
    uint64_t before = count(place), kept;
    int code;

    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    (void)snprintf(rule, sizeof(rule), "daily+%zu", n);
    fake_hubspot_do(&place->fake, rule);
    code = IMPORT(place, "--json");
    json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
    if (code == 0)
        return false;
    check_code(place, code, 8);
    (void)snprintf(said, sizeof(said), "; ");
    if (strstr(place->err, " kept, and the next run goes on from there"))
        (void)snprintf(said, sizeof(said), "%s", strrchr(place->err, ';'));
    kept = count(place) - before;
    assert_int_equal(strtoull(said + 2, NULL, 10), kept);
    return true;
}

static void check_content(struct place *place, char **want)
{
    char **got = content(place);

    check_same(got, want);
    content_free(got);
}

static void broken_off_behind_any_question_it_goes_on_from_there(void **state)
{
    struct place *place = begin(NULL);
    char **want, **part;
    size_t n = 5, kept = 0;

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    want = content(place);
    for (bool more = true; more; n++) {
        char name[32];

        (void)snprintf(name, sizeof(name), "broken-%zu", n);
        begin_ledger(place, name);
        more = break_off(place, n);
        part = content(place);
        check_part(part, want);
        kept += part[0] != NULL;
        content_free(part);
        check_import(place, NULL, -1, 13, 1);
        check_code(place, RUN(place, cmd_verify, "verify"), 0);
        check_content(place, want);
    }
    assert_true(n > 15);
    assert_true(kept > n - 5 - 3); /* all but those without a page of deals */
    content_free(want);
    end(place);
}

/* However often: no run reads anew what those before it have kept. */
static void broken_off_again_and_again_it_comes_to_its_end(void **state)
{
    struct place *place = begin((const char *const[]){ "--many", "300", NULL });
    uint64_t last = 0;
    json_t *answer;
    char **want;
    size_t runs = 0;

    (void)state;
    check_import(place, NULL, -1, 313, 1);
    want = content(place);
    begin_ledger(place, "again");
    for (; break_off(place, 14 + 2 * runs); runs++) {
        uint64_t now = count(place);

        assert_true(runs < 8);
        assert_true(now > last || runs > 2); /* then the deals are in */
        last = now;
    }
    answer = json_loads(place->out, 0, NULL);
    assert_true(runs > 1);
    assert_true(number(answer, "dealsRead") < 50);
    assert_true(last > 300 * 21);
    json_decref(answer);
    check_content(place, want);
    check_import(place, NULL, 0, 313, 1);
    content_free(want);
    end(place);
}

/* Puts another ledger, a copy of `base`, in the place of the present one. */
static void take_copy(struct place *place, const char *base, const char *name)
{
    (void)snprintf(place->ledger, sizeof(place->ledger), "%s/%s", place->folder, name);
    folder_copy(base, place->ledger);
}

/* What one run saw as changed may only be passed over by the next once all of it was taken. */
static void a_later_run_that_was_broken_off_misses_nothing(void **state)
{
    struct place *place = begin(NULL);
    char base[sizeof(place->ledger)], **want = NULL;

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    memcpy(base, place->ledger, sizeof(base));
    later(place);
    for (size_t n = 1000; n > 5; n = n == 1000 ? 19 : n - 1) {
        char name[32];

        (void)snprintf(name, sizeof(name), "later-%u", (unsigned)n);
        take_copy(place, base, name);
        if (n == 1000) {
            check_import(place, NULL, -1, 15, 1);
            want = content(place);
            continue;
        }
        (void)break_off(place, n);
        check_import(place, NULL, -1, 15, 1);
        check_content(place, want);
    }
    content_free(want);
    end(place);
}

/* What was told anew by one account file and broken off is told anew by the next run: as that file
 * has it, or as the old one again. */
static void an_account_file_that_changes_is_followed_after_a_break(void **state)
{
    struct place *place = begin((const char *const[]){ "--many", "120", NULL });
    char base[sizeof(place->ledger)], **want, *stage;
    struct bc_buf text = { 0 };

    (void)state;
    check_import(place, NULL, -1, 133, 1);
    memcpy(base, place->ledger, sizeof(base));
    file_read(&text, place->account);
    bc_buf_add_byte(&text, '\0');
    stage = strstr(text.at, "\"1003\": discovery");
    assert_non_null(stage);
    memcpy(stage + 8, "proposal ", 9);
    file_write(place->account, bc_str_of(text.at));
    take_copy(place, base, "at-once");
    check_import(place, NULL, -1, 133, 1);
    want = content(place);
    take_copy(place, base, "broken");
    assert_true(break_off(place, 8));
    memcpy(base, place->ledger, sizeof(base));
    take_copy(place, base, "the-same");
    check_import(place, NULL, -1, 133, 1);
    check_content(place, want);
    take_copy(place, base, "the-old");
    memcpy(stage + 8, "discovery", 9);
    file_write(place->account, bc_str_of(text.at));
    check_import(place, NULL, -1, 133, 1);
    content_free(want);
    bc_buf_release(&text);
    end(place);
}

/* --- killed --- */

static int import_as_child(char **argv)
{
    struct place place = { .now_us = APRIL_US };

    snprintf(place.ledger, sizeof(place.ledger), "%s", argv[2]);
    snprintf(place.account, sizeof(place.account), "%s", argv[3]);
    snprintf(place.fake.url, sizeof(place.fake.url), "%s", argv[4]);
    return IMPORT(&place, "--json");
}

static void killed_anywhere_and_run_again_it_ends_the_same(void **state)
{
    static const size_t after[] = { 1, 7, 9, 13, 16 };
    struct place *place = begin(NULL);
    char **want, **got;

    (void)state;
    check_import(place, NULL, -1, 13, 1);
    want = content(place);
    for (size_t i = 0; i < ARRAY_LEN(after); i++) {
        const char *args[] = { "import", place->ledger, place->account, place->fake.url, NULL };
        char name[32];
        pid_t child;
        int code;

        snprintf(name, sizeof(name), "killed-%zu", i);
        begin_ledger(place, name);
        json_decref(fake_hubspot_steer(&place->fake, "/_clear", NULL));
        child = process_start(args);
        while (fake_hubspot_asked(&place->fake, "/") < after[i] && !process_ended(child, &code))
            usleep(1000);
        kill(child, SIGKILL);
        process_wait(child);
        check_import(place, NULL, -1, 13, 1);
        check_code(place, RUN(place, cmd_verify, "verify"), 0);
        got = content(place);
        check_same(got, want);
        content_free(got);
    }
    content_free(want);
    end(place);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_those_of_the_same_history_as_jsonl),
        cmocka_unit_test(a_second_run_adds_nothing_and_asks_for_little),
        cmocka_unit_test(later_runs_take_what_changed_and_forget_nothing),
        cmocka_unit_test(what_the_search_does_not_see_yet_is_found_all_the_same),
        cmocka_unit_test(the_dated_api_says_the_same),
        cmocka_unit_test(since_reads_again_what_was_read),
        cmocka_unit_test(discover_matches_labels_and_leaves_open_what_it_cannot),
        cmocka_unit_test(differences_are_listed_and_repaired_as_found),
        cmocka_unit_test(a_deal_that_is_not_visible_any_more_is_a_difference_and_then_gone),
        cmocka_unit_test(a_thousand_deals_take_few_requests),
        cmocka_unit_test(a_search_goes_on_behind_its_limit),
        cmocka_unit_test(a_millisecond_that_holds_more_than_a_query_is_gone_through_by_id),
        cmocka_unit_test(a_failing_service_leaves_what_it_told_before),
        cmocka_unit_test(a_search_that_goes_in_a_circle_ends),
        cmocka_unit_test(what_leads_nowhere_ends_soon),
        cmocka_unit_test(how_long_a_silence_is_waited_for_can_be_said),
        cmocka_unit_test(what_the_token_may_not_read_is_left_out_and_said),
        cmocka_unit_test(a_dry_run_adds_nothing),
        cmocka_unit_test(a_property_that_deals_do_not_have_is_refused_with_the_one_meant),
        cmocka_unit_test(a_ledger_takes_one_account_alone),
        cmocka_unit_test(an_account_file_is_not_written_over),
        cmocka_unit_test(an_account_file_does_not_say_where_the_token_goes),
        cmocka_unit_test(nothing_that_is_answered_leads_the_token_elsewhere),
        cmocka_unit_test(the_trace_holds_no_token_and_no_personal_text),
        cmocka_unit_test(broken_off_behind_any_question_it_goes_on_from_there),
        cmocka_unit_test(broken_off_again_and_again_it_comes_to_its_end),
        cmocka_unit_test(a_later_run_that_was_broken_off_misses_nothing),
        cmocka_unit_test(an_account_file_that_changes_is_followed_after_a_break),
        cmocka_unit_test(killed_anywhere_and_run_again_it_ends_the_same),
    };

    if (argc == 5 && strcmp(argv[1], "import") == 0)
        return import_as_child(argv);
    return cmocka_run_group_tests_name("tools/hubspot", tests, NULL, NULL);
}
