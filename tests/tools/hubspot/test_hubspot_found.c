/* tools/hubspot/found: what HubSpot computes has no history, and is taken as each import finds it.
 */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tools/hubspot/deal.h"
#include "tools/hubspot/discover.h"
#include "tools/hubspot/found.h"

#define ACCOUNT "properties: { contract_end: ends, mrr: fee, amount: amount }\n"
#define CREATED "9 2025-01-01T00:00:00Z dealCreated from hubspot:deal/9:\n"
#define FOUND   " from hubspot:deal/9:CALCULATED\n"

/* "ends" and "fee" are computed; "ends" holds times. */
static void begin(struct hubspot_bench *bench)
{
    static const struct hubspot_defined defined[] = {
        { .name = { "ends", 4 }, .calculated = true, .times = true },
        { .name = { "fee", 3 }, .calculated = true },
        { .name = { "amount", 6 } },
    };

    hubspot_bench_init(bench, ACCOUNT);
    for (size_t i = 0; i < ARRAY_LEN(defined); i++) {
        BC_GROW(bench->run.defined, bench->run.defined_n, bench->run.defined_cap);
        bench->run.defined[bench->run.defined_n++] = defined[i];
    }
}

/* One import after another, a day later each. */
static const struct step {
    const char *properties, *want;
} steps[] = {
    { "'ends':null,'fee':''", "" },
    { "'ends':'2026-01-31','fee':'2000'",
      "9 2025-06-02T00:00:00Z propertyChanged name=contract_end value=2026-01-31" FOUND
      "9 2025-06-02T00:00:00Z propertyChanged name=mrr value=2000" FOUND },
    { "'ends':'2026-01-31','fee':'2000'", "" },
    { "'ends':'2026-02-28T10:00:00Z','fee':'2000'",
      "9 2025-06-04T00:00:00Z propertyChanged name=contract_end value=2026-02-28" FOUND },
    { "'ends':'2026-02-28T11:00:00Z'", "" }, /* the same day; the fee was not asked for */
    { "'ends':null,'fee':'2000'",
      "9 2025-06-06T00:00:00Z propertyChanged name=contract_end" FOUND },
    { "'ends':'','fee':'2000'", "" },
    { "'ends':'2026-01-31','fee':'2000'",
      "9 2025-06-08T00:00:00Z propertyChanged name=contract_end value=2026-01-31" FOUND },
};

static void each_import_takes_what_is_another_value_than_last(void **state)
{
    struct hubspot_bench bench;

    (void)state;
    begin(&bench);
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        char deals[512], want[512];

        snprintf(deals, sizeof(deals),
                 "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,'properties':{%s},"
                 "'propertiesWithHistory':{'ends':[{'value':'2031-01-01','timestamp':"
                 "'2025-05-01T00:00:00Z','sourceType':'CALCULATED'}]}}]",
                 steps[i].properties);
        snprintf(want, sizeof(want), CREATED "%s", steps[i].want);
        hubspot_bench_deals(&bench, deals);
        assert_string_equal(hubspot_bench_lines(&bench), want);
        bench.run.now_us += BC_DAY_US;
    }
    hubspot_bench_release(&bench);
}

static void its_id_says_when_it_was_found(void **state)
{
    struct hubspot_bench bench;

    (void)state;
    begin(&bench);
    bench.ids = true;
    hubspot_bench_deals(&bench, "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,"
                                "'properties':{'fee':'2000'}}]");
    assert_string_equal(hubspot_bench_lines(&bench),
                        "hubspot:deal/9/created\nhubspot:deal/9/found/fee/1748736000000/2000\n");
    hubspot_bench_release(&bench);
}

/* A listing comes before the histories: a deal that is new, or came out of a merge, would seem to
 * be known. */
static void a_deal_that_the_ledger_does_not_have_yet_waits_for_its_creation(void **state)
{
    json_t *deal = hubspot_json("{'id':'9','archived':false,'properties':{'fee':'2000'}}");
    struct hubspot_bench bench;
    struct bc_err err = { 0 };

    (void)state;
    begin(&bench);
    check_ok(hubspot_deal_present(&bench.run, deal, &err), &err);
    assert_string_equal(hubspot_bench_lines(&bench), "");
    assert_true(bc_str_eq(bench.run.present[0].mrr, BC_STR("2000")));
    json_decref(deal);
    hubspot_bench_release(&bench);
}

static void what_is_computed_is_requested_without_history(void **state)
{
    struct hubspot_bench bench;
    struct bc_buf names = { 0 };

    (void)state;
    begin(&bench);
    hubspot_deal_properties(&bench.run, &names);
    bc_buf_add_byte(&names, '\0');
    assert_string_equal(names.at, "dealstage,hs_merged_object_ids,amount,closed_lost_reason");
    names.len = 0;
    hubspot_found_properties(&bench.run, &names);
    bc_buf_add_byte(&names, '\0');
    assert_string_equal(names.at, ",ends,fee");
    bc_buf_release(&names);
    hubspot_bench_release(&bench);
}

/* Where there is nothing else. */
static void discover_offers_what_is_computed(void **state)
{
    struct hubspot_discovered found;
    struct hubspot_bench bench;
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    bc_rules *rules = NULL;

    (void)state;
    begin(&bench);
    bench.run.defined[0].label = BC_STR("Contract end");
    bench.run.defined[1].label = BC_STR("MRR");
    bench.run.defined[2].label = BC_STR("Monthly fee");
    check_ok(bc_rules_default(&rules, &err), &err);
    hubspot_discover(&found, &bench.run, rules, &text);
    bc_buf_add_byte(&text, '\0');
    assert_non_null(strstr(text.at, "\n  contract_end: ends  # Contract end; computed by HubSpot: "
                                    "taken as found; holds times: they are days in UTC\n"));
    assert_non_null(strstr(text.at, "\n  mrr: amount  # Monthly fee\n"));
    hubspot_discovered_release(&found);
    bc_rules_free(rules);
    bc_buf_release(&text);
    hubspot_bench_release(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_import_takes_what_is_another_value_than_last),
        cmocka_unit_test(its_id_says_when_it_was_found),
        cmocka_unit_test(a_deal_that_the_ledger_does_not_have_yet_waits_for_its_creation),
        cmocka_unit_test(what_is_computed_is_requested_without_history),
        cmocka_unit_test(discover_offers_what_is_computed),
    };

    return cmocka_run_group_tests_name("tools/hubspot/hubspot_found", tests, NULL, NULL);
}
