/* tools/hubspot/account: the account file is read to the letter, and what is wrong in it is
 * said with its place. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tools/http/http_host.h"
#include "tools/hubspot/discover.h"
#include "tools/hubspot/stages.h"

#include <stdio.h>

static struct address {
    const char *name, *account;
    enum hubspot_family family;
    const char *type, *to, *want;
} addresses[] = {
    { "objects, numbered", "{}", HUBSPOT_OBJECTS, "deals", NULL, "/crm/v3/objects/deals" },
    { "associations, numbered", "{}", HUBSPOT_ASSOCIATIONS, "deals", "meetings",
      "/crm/v4/associations/deals/meetings/batch/read" },
    { "objects, dated", "api: '2026-03'", HUBSPOT_OBJECTS, "0-3", NULL,
      "/crm/objects/2026-03/0-3" },
    { "pipelines, dated", "api: '2026-09'", HUBSPOT_PIPELINES, "deals", NULL,
      "/crm/pipelines/2026-09/deals" },
    { "associations, dated", "api: '2026-03'", HUBSPOT_ASSOCIATIONS, "deals", "emails",
      "/crm/associations/2026-03/deals/emails/batch/read" },
    { "labels of associations, numbered", "{}", HUBSPOT_LABELS, "deals", "deals",
      "/crm/v4/associations/deals/deals/labels" },
    { "labels of associations, dated", "api: '2026-03'", HUBSPOT_LABELS, "deals", "deals",
      "/crm/associations/2026-03/deals/deals/labels" },
    { "owners by an address of their own", "api: '2026-03'\nurls: { owners: '/people/{version}' }",
      HUBSPOT_OWNERS, NULL, NULL, "/people/2026-03" },
    { "what is filled in is escaped", "{}", HUBSPOT_PROPERTIES, "a b", NULL,
      "/crm/v3/properties/a%20b" },
};

static void address_row(void **state)
{
    const struct address *row = *state;
    struct hubspot_account *account = NULL;
    struct bc_buf path = { 0 };
    struct bc_err err = { 0 };

    check_ok(hubspot_account_parse(&account, bc_str_of(row->account), "a.yaml", NULL, &err), &err);
    hubspot_account_path(account, &path, row->family, row->type, row->to);
    bc_buf_add_byte(&path, '\0');
    assert_string_equal(path.at, row->want);
    bc_buf_release(&path);
    hubspot_account_free(account);
}

/* Where a token may go unless somebody says otherwise. */
static struct host {
    const char *name, *url;
    bool own;
} hosts[] = {
    { "HubSpot's own host", "https://api.hubapi.com", true },
    { "with a slash after", "https://api.hubapi.com/", true },
    { "with a path", "https://api.hubapi.com/a-b/c_d", true },
    { "in capitals", "HTTPS://API.HubAPI.com", true },
    { "of the EU", "https://api-eu1.hubapi.com", true },
    { "further down", "https://a.b-c.hubapi.com:443/", true },
    { "the domain itself", "https://hubapi.com", true },
    { "plain http", "http://api.hubapi.com", false },
    { "another scheme", "ftp://api.hubapi.com", false },
    { "no scheme", "api.hubapi.com", false },
    { "no address", "", false },
    { "a scheme alone", "https://", false },
    { "a name that begins like it", "https://api.hubapi.com.evil.org", false },
    { "a name that ends like it", "https://evilhubapi.com", false },
    { "a name that ends like it, with a hyphen", "https://evil-hubapi.com", false },
    { "another end", "https://api.hubapi.co", false },
    { "a user before it", "https://api.hubapi.com@evil.org", false },
    { "a user and a word", "https://api.hubapi.com:443@evil.org/", false },
    { "a user before the right host", "https://me@api.hubapi.com", false },
    { "a backslash", "https://api.hubapi.com\\@evil.org", false },
    { "a backslash as a slash", "https:\\\\api.hubapi.com", false },
    { "the right host after a backslash", "https://evil.org\\.hubapi.com", false },
    { "the right host after a slash", "https://evil.org/.hubapi.com", false },
    { "the right host after a #", "https://evil.org#.hubapi.com", false },
    { "the right host after a ?", "https://evil.org?.hubapi.com", false },
    { "three slashes", "https:///api.hubapi.com", false },
    { "another port", "https://api.hubapi.com:8443", false },
    { "a port that begins like it", "https://api.hubapi.com:4433", false },
    { "an empty port", "https://api.hubapi.com:/", false },
    { "a trailing dot", "https://api.hubapi.com.", false },
    { "two dots", "https://api..hubapi.com", false },
    { "a dot before it", "https://.hubapi.com", false },
    { "an escape", "https://evil.org%2f.hubapi.com", false },
    { "a letter that looks like one", "https://api.hub\xd0\xb0pi.com", false },
    { "a blank before it", " https://api.hubapi.com", false },
    { "a line end after", "https://api.hubapi.com\n", false },
    { "a line end within", "https://evil.org\n.hubapi.com", false },
    { "IPv6", "https://[::1]", false },
    { "IPv6 with a zone like it", "https://[fe80::1%25.hubapi.com]", false },
    { "IPv4", "https://127.0.0.1", false },
    { "loopback", "http://localhost:8080", false },
    { "a query", "https://api.hubapi.com?a=b", false },
    { "a query after a path", "https://api.hubapi.com/a?b", false },
    { "a user after a path", "https://api.hubapi.com/@evil.org", false },
};

static void host_row(void **state)
{
    const struct host *row = *state;

    assert_int_equal(http_host_is_own(row->url, HUBSPOT_DOMAIN), row->own);
}

static struct fault {
    const char *name, *account, *where, *says;
} faults[] = {
    { "an unknown key", "stage: {}", "a.yaml:1:1", "stage" },
    { "a version that is no date", "api: v3", "a.yaml:1:6", "expected `numbered`" },
    { "a version with something after it", "api: 2026-03-01", "a.yaml:1:6", "expected `numbered`" },
    { "an address that is no path", "urls: { owners: https://x }", "a.yaml:1:17",
      "expected a path, such as /crm/v3/owners" },
    { "an address with a blank", "urls: { owners: '/x y' }", "a.yaml:1:17", "expected a path" },
    { "an address beyond ASCII", "urls: { owners: '/x\xc3\xa9' }", "a.yaml:1:17",
      "expected a path" },
    { "an address on another host", "urls: { owners: //x/y }", "a.yaml:1:17", "expected a path" },
    { "a time zone that is none", "timezone: America/Phenix", "a.yaml:1:11",
      "no time zone \"America/Phenix\"" },
    { "an unknown kind of object", "read: [meetings, contacts]", "a.yaml:1:18", "contacts" },
    { "calls that count as something else", "calls: emails", "a.yaml:1:8", "emails" },
    { "calls as a kind of object", "read: [calls]", "a.yaml:1:8", "calls" },
    { "two names for one property", "properties:\n  mrr: fee\n  amount: fee\n", "a.yaml:3:11",
      "a second name for HubSpot's \"fee\"" },
    { "an address that is not HubSpot's",
      "api: numbered\nbase_url: https://api.hubapi.com.evil.org", "a.yaml:2:11",
      "\"https://api.hubapi.com.evil.org\" is not HubSpot's" },
    { "HubSpot's address in plain http", "base_url: http://api.hubapi.com", "a.yaml:1:11",
      "is not HubSpot's" },
    { "what a deal renews in two ways", "renews_label: Renews\nproperties: { renews: x }",
      "a.yaml:1:15", "is the property \"x\" already" },
    { "a list where pairs belong", "stages: [a]", "a.yaml:1:9", "stages" },
};

static void fault_row(void **state)
{
    const struct fault *row = *state;
    struct hubspot_account *account = NULL;
    struct bc_err err = { 0 };

    assert_int_equal(hubspot_account_parse(&account, bc_str_of(row->account), "a.yaml", NULL, &err),
                     BC_E_INPUT);
    assert_string_equal(err.context, row->where);
    if (!strstr(err.message, row->says))
        fail_msg("\"%s\" does not say \"%s\"", err.message, row->says);
}

static void what_is_left_out_is_as_in_any_account(void **state)
{
    struct hubspot_account *account = NULL;
    struct bc_err err = { 0 };
    const struct hubspot_pair *pair;

    (void)state;
    check_ok(hubspot_account_parse(&account, BC_STR("stages: { '1': lead }"), "a.yaml", NULL, &err),
             &err);
    assert_string_equal(account->base_url, "https://api.hubapi.com");
    assert_string_equal(account->loss_reason, "closed_lost_reason");
    pair = hubspot_map_find(&account->properties, BC_STR("dealtype"));
    assert_non_null(pair);
    assert_string_equal(pair->to.at, "deal_type");
    for (size_t i = 0; i < HUBSPOT_KIND_N; i++)
        assert_int_equal(account->read[i], i != HUBSPOT_CALLS);
    assert_int_equal(account->call_outcomes.n, HUBSPOT_CALL_OUTCOME_N);
    hubspot_account_free(account);
}

static void what_is_given_takes_the_place_of_that(void **state)
{
    static const char text[] = "properties: { mrr: fee }\nloss_reason: null\nread: [emails]\n"
                               "observed_sources: []\ncalls: meetings\ncall_outcomes: {}\n";
    struct hubspot_account *account = NULL;
    struct bc_err err = { 0 };

    (void)state;
    check_ok(hubspot_account_parse(&account, bc_str_of(text), "a.yaml", NULL, &err), &err);
    assert_int_equal(account->properties.n, 1);
    assert_null(account->loss_reason);
    assert_false(account->read[HUBSPOT_MEETINGS]);
    assert_true(account->read[HUBSPOT_EMAILS]);
    assert_int_equal(account->observed_source_n, 0);
    assert_true(account->read[HUBSPOT_CALLS]);
    assert_int_equal(account->call_outcomes.n, 0);
    hubspot_account_free(account);
}

static void an_address_given_beside_the_file_is_meant(void **state)
{
    struct hubspot_account *account = NULL;
    struct bc_err err = { 0 };

    (void)state;
    check_ok(hubspot_account_parse(&account, BC_STR("base_url: https://evil.org"), "a.yaml",
                                   "http://127.0.0.1:8080", &err),
             &err);
    assert_string_equal(account->base_url, "http://127.0.0.1:8080");
    hubspot_account_free(account);
}

static void a_discovered_file_reads_back_whatever_the_labels_are(void **state)
{
    static const char *const labels[] = { "Closed\nWon: {",
                                          ("Dis\xc2\x85"
                                           "covery # ["),
                                          "\"", "\xe2\x80\xa8 Outreach" };
    struct hubspot_account *account = NULL;
    struct hubspot_discovered found;
    struct hubspot_bench bench;
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;

    (void)state;
    hubspot_bench_init(&bench, "{}");
    check_ok(bc_rules_default(&rules, &err), &err);
    for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
        struct hubspot_run *run = &bench.run;

        BC_GROW(run->stages, run->stage_n, run->stage_cap);
        run->stages[run->stage_n++] = (struct hubspot_stage){
            .id = i == 1 ? BC_STR("a: \"b\"") : bc_str_of(i == 3 ? "1" : labels[i]),
            .label = bc_str_of(labels[i]),
            .pipeline = BC_STR("p"),
            .live = true,
        };
        hubspot_tally_add(run, &run->meeting_types, bc_str_of(labels[i]));
    }
    hubspot_discover(&found, &bench.run, rules, &text);
    check_ok(hubspot_account_parse(&account, bc_buf_str(&text), "a.yaml", NULL, &err), &err);
    assert_int_equal(account->stages.n, 2); /* an id with a line end is no key */
    assert_non_null(hubspot_map_find(&account->stages, BC_STR("a: \"b\"")));
    hubspot_discovered_release(&found);
    hubspot_account_free(account);
    hubspot_bench_release(&bench);
    bc_rules_free(rules);
    bc_buf_release(&text);
}

/* --- what is open, won or lost, whatever its label --- */

static struct ending {
    const char *name, *id, *label, *closed, *probability, *want;
} endings[] = {
    { "a label decides among open stages", "1", "Proposal sent", "false", "0.8",
      "\"1\": proposal" },
    { "what is lost is lost, whatever its label", "1", "Proposal rejected", "true", "0.0",
      "\"1\": closed_lost  # Proposal rejected; pipeline p; lost; its label alone says proposal" },
    { "so is one without any label of ours", "1", "Disqualified", "true", "0",
      "\"1\": closed_lost" },
    { "a closed stage is won by its probability", "1", "Signed", "true", "1.0",
      "\"1\": closed_won" },
    { "the label decides among those that are won", "1", "Closed won (complete)", "true", "1",
      "\"1\": closed_won_complete" },
    { "an open stage that calls itself won is left open", "1", "Closed won", "false", "0.8",
      "# \"1\":  # Closed won; pipeline p; its label alone says closed_won" },
    { "closed, neither won nor lost, needs a label", "1", "Finished", "true", "0.5",
      "# \"1\":  # Finished; pipeline p; closed, neither won nor lost" },
    { "10 % is not 1", "1", "Signed", "true", "10", "# \"1\":" },
    { "where HubSpot says nothing, the label decides", "1", "Closed lost", NULL, NULL,
      "\"1\": closed_lost  # Closed lost; pipeline p\n" },
    { "an id that the rules have is taken at its word", "closed_won", "Closed won", "false", "0.8",
      "\"closed_won\": closed_won" },
};

static void ending_row(void **state)
{
    const struct ending *row = *state;
    struct hubspot_discovered found;
    struct hubspot_bench bench;
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    json_t *metadata = json_object();

    if (row->closed)
        json_object_set_new(metadata, "isClosed", json_string(row->closed));
    if (row->probability)
        json_object_set_new(metadata, "probability", json_string(row->probability));
    hubspot_bench_init(&bench, "{}");
    check_ok(bc_rules_default(&rules, &err), &err);
    BC_GROW(bench.run.stages, bench.run.stage_n, bench.run.stage_cap);
    bench.run.stages[bench.run.stage_n++] = (struct hubspot_stage){
        .id = bc_str_of(row->id),
        .label = bc_str_of(row->label),
        .pipeline = BC_STR("p"),
        .live = true,
        .ending = hubspot_stages_ending(metadata),
    };
    BC_GROW(bench.run.stages, bench.run.stage_n, bench.run.stage_cap);
    bench.run.stages[bench.run.stage_n++] = (struct hubspot_stage){
        .id = BC_STR("outreach"),
        .label = BC_STR("Outreach"),
        .pipeline = BC_STR("p"),
        .live = true,
    };
    hubspot_discover(&found, &bench.run, rules, &text);
    bc_buf_add_byte(&text, '\0');
    if (!strstr(text.at, row->want))
        fail_msg("no %s in %s", row->want, text.at);
    assert_int_equal(found.misleading.n, strstr(row->want, "its label alone") != NULL);
    json_decref(metadata);
    hubspot_discovered_release(&found);
    hubspot_bench_release(&bench);
    bc_rules_free(rules);
    bc_buf_release(&text);
}

/* --- deal types --- */

static struct deal_type {
    const char *name, *value, *label, *want;
} deal_types[] = {
    { "the rules' own word", "newbusiness", "Neukunde",
      "\n  newbusiness: newbusiness  # Neukunde\n" },
    { "the rules' own word as a label", "x1", "New Business",
      "\n  x1: newbusiness  # New Business\n" },
    { "the name of the slice as a label", "Renewal", "Existing",
      "\n  Renewal: existingbusiness  # Existing\n" },
    { "a label that begins with it", "42", "New - logo",
      "\n  \"42\": newbusiness  # New - logo\n" },
    { "a value that begins with it", "new_logo", "", "\n  new_logo: newbusiness\n" },
    { "another word that begins so", "paper", "Newsletter", "\n  # paper:  # Newsletter\n" },
    { "a word of no slice", "Upsell", "Upsell", "\n  # Upsell:\n" },
    { "no value at all", "", "Existing Business",
      "\n  # : existingbusiness  # Existing Business\n" },
    { "a value that can be no key", "a\nb", "New Business",
      "\n  # a b: newbusiness  # New Business\n" },
};

static void deal_type_row(void **state)
{
    const struct deal_type *row = *state;
    const struct hubspot_option option = { bc_str_of(row->value), bc_str_of(row->label) };
    struct hubspot_account *account = NULL;
    struct hubspot_discovered found;
    struct hubspot_bench bench;
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;
    bool mapped = row->want[3] != '#';

    hubspot_bench_init(&bench, "{}");
    check_ok(bc_rules_default(&rules, &err), &err);
    BC_GROW(bench.run.defined, bench.run.defined_n, bench.run.defined_cap);
    bench.run.defined[bench.run.defined_n++] =
        (struct hubspot_defined){ .name = BC_STR("dealtype"), .options = &option, .option_n = 1 };
    hubspot_discover(&found, &bench.run, rules, &text);
    check_ok(hubspot_account_parse(&account, bc_buf_str(&text), "a.yaml", NULL, &err), &err);
    assert_int_equal(account->deal_types.n, mapped);
    assert_int_equal(found.deal_types.n + found.deal_types_unknown.n, 1);
    bc_buf_add_byte(&text, '\0');
    if (!strstr(text.at, row->want))
        fail_msg("no %s in %s", row->want, text.at);
    hubspot_account_free(account);
    hubspot_discovered_release(&found);
    hubspot_bench_release(&bench);
    bc_rules_free(rules);
    bc_buf_release(&text);
}

/* A file that was written by hand, or before this was looked at. */
static void a_stage_that_the_file_takes_for_another_kind_is_said(void **state)
{
    static const struct {
        enum hubspot_ending ending;
        const char *account;
        unsigned n;
    } rows[] = { { HUBSPOT_ENDING_LOST, "stages: { '1': proposal }", 1 },
                 { HUBSPOT_ENDING_LOST, "stages: { '1': closed_lost }", 0 },
                 { HUBSPOT_ENDING_LOST, "{}", 0 },
                 { HUBSPOT_ENDING_WON, "stages: { '1': closed_won_complete }", 0 },
                 { HUBSPOT_ENDING_NONE, "stages: { '1': closed_won }", 1 },
                 { HUBSPOT_ENDING_UNCLEAR, "stages: { '1': closed_won }", 0 },
                 { HUBSPOT_ENDING_UNTOLD, "stages: { '1': proposal }", 0 } };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;

    (void)state;
    check_ok(bc_rules_default(&rules, &err), &err);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct hubspot_bench bench;

        hubspot_bench_init(&bench, rows[i].account);
        BC_GROW(bench.run.stages, bench.run.stage_n, bench.run.stage_cap);
        bench.run.stages[bench.run.stage_n++] = (struct hubspot_stage){ .id = BC_STR("1"),
                                                                        .label = BC_STR("No"),
                                                                        .ending = rows[i].ending };
        hubspot_stages_check(&bench.run, rules);
        assert_int_equal(bench.run.notes.contradicted.n, rows[i].n);
        if (rows[i].n && rows[i].ending == HUBSPOT_ENDING_LOST)
            assert_string_equal(bench.run.notes.contradicted.at[0].text.at, "1 \"No\" as proposal");
        hubspot_bench_release(&bench);
    }
    bc_rules_free(rules);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(addresses) + ARRAY_LEN(faults) + ARRAY_LEN(hosts) +
                            ARRAY_LEN(endings) + ARRAY_LEN(deal_types) + 5];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(addresses); i++)
        tests[n++] =
            (struct CMUnitTest){ addresses[i].name, address_row, NULL, NULL, &addresses[i] };
    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        tests[n++] = (struct CMUnitTest){ faults[i].name, fault_row, NULL, NULL, &faults[i] };
    for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
        tests[n++] = (struct CMUnitTest){ hosts[i].name, host_row, NULL, NULL, &hosts[i] };
    for (size_t i = 0; i < ARRAY_LEN(endings); i++)
        tests[n++] = (struct CMUnitTest){ endings[i].name, ending_row, NULL, NULL, &endings[i] };
    for (size_t i = 0; i < ARRAY_LEN(deal_types); i++)
        tests[n++] =
            (struct CMUnitTest){ deal_types[i].name, deal_type_row, NULL, NULL, &deal_types[i] };
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(a_stage_that_the_file_takes_for_another_kind_is_said);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(an_address_given_beside_the_file_is_meant);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(what_is_left_out_is_as_in_any_account);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(what_is_given_takes_the_place_of_that);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(a_discovered_file_reads_back_whatever_the_labels_are);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_account", tests, NULL, NULL);
}
