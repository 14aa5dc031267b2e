/* tools/hubspot/zone: a time is the day that it is in the account's zone, a day the day that it is;
 * and whether the rules count the same days. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tools/hubspot/zone.h"

/* "ends" holds times, "begins" days, and of "parks" nothing is known. */
#define PROPERTIES                                                                                 \
    "properties: { contract_start: begins, contract_end: ends, parked_until: parks, mrr: at }\n"

static void begin(struct hubspot_bench *bench, const char *account, const char *zone)
{
    static const struct hubspot_defined defined[] = {
        { .name = { "begins", 6 } },
        { .name = { "ends", 4 }, .times = true },
        { .name = { "at", 2 }, .times = true },
    };
    struct hubspot_run *run = &bench->run;

    hubspot_bench_init(bench, account);
    for (size_t i = 0; i < ARRAY_LEN(defined); i++) {
        BC_GROW(run->defined, run->defined_n, run->defined_cap);
        run->defined[run->defined_n++] = defined[i];
    }
    hubspot_zone_take(run, bc_str_of(zone));
}

static struct row {
    const char *name, *file, *zone, *property, *value, *want;
} rows[] = {
    { "a time in the evening of the account's day", "", "America/Phoenix", "ends",
      "2025-04-01T01:09:44Z", "contract_end value=2025-03-31" },
    { "the same as milliseconds", "", "America/Phoenix", "ends", "1743469784000",
      "contract_end value=2025-03-31" },
    { "a time in the morning of the account's day", "", "Pacific/Auckland", "ends",
      "2025-03-31T20:00:00Z", "contract_end value=2025-04-01" },
    { "midnight in UTC of a property that holds times", "", "America/Phoenix", "ends",
      "2025-04-01T00:00:00Z", "contract_end value=2025-03-31" },
    { "a property of days is midnight in UTC, whatever the zone", "", "America/Phoenix", "begins",
      "1743465600000", "contract_start value=2025-04-01" },
    { "a day stays one", "", "America/Phoenix", "ends", "2025-04-01",
      "contract_end value=2025-04-01" },
    { "what is no time stays as it is", "", "America/Phoenix", "ends", "soon",
      "contract_end value=soon" },
    { "a property of which nothing is known is read in UTC", "", "America/Phoenix", "parks",
      "2025-04-01T01:09:44Z", "parked_until value=2025-04-01" },
    { "what is no day of ours keeps its time", "", "America/Phoenix", "at", "2025-04-01T01:09:44Z",
      "mrr value=2025-04-01T01:09:44Z" },
    { "the account file's zone takes the place of HubSpot's", "timezone: UTC\n", "America/Phoenix",
      "ends", "2025-04-01T01:09:44Z", "contract_end value=2025-04-01" },
    { "without either it is UTC", "", "", "ends", "2025-04-01T01:09:44Z",
      "contract_end value=2025-04-01" },
    { "also where the system has no files of HubSpot's", "", "Mars/Olympus", "ends",
      "2025-04-01T01:09:44Z", "contract_end value=2025-04-01" },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct hubspot_bench bench;
    char account[512], deals[512], want[256];

    snprintf(account, sizeof(account), "%s" PROPERTIES, row->file);
    snprintf(deals, sizeof(deals),
             "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,'properties':{"
             "'%s':'%s'},'propertiesWithHistory':{'%s':[{'value':'%s','timestamp':"
             "'2025-01-02T00:00:00Z','sourceType':'CRM_UI'}]}}]",
             row->property, row->value, row->property, row->value);
    begin(&bench, account, row->zone);
    hubspot_bench_deals(&bench, deals);
    snprintf(want, sizeof(want),
             "9 2025-01-01T00:00:00Z dealCreated from hubspot:deal/9:\n"
             "9 2025-01-02T00:00:00Z propertyChanged name=%s from hubspot:deal/9:CRM_UI\n",
             row->want);
    assert_string_equal(hubspot_bench_lines(&bench), want);
    if (strcmp(row->property, "ends") == 0) /* reconciliation compares with the same */
        assert_true(
            bc_str_eq(bench.run.present[0].contract_end, bc_str_of(strchr(row->want, '=') + 1)));
    hubspot_bench_release(&bench);
}

/* What was recorded in UTC, by an earlier build or file, does not stay so. */
static void another_zone_of_the_file_records_the_day_anew(void **state)
{
    static const char deals[] =
        "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,'properties':{},"
        "'propertiesWithHistory':{'ends':[{'value':'2025-04-01T01:09:44Z','timestamp':"
        "'2025-01-02T00:00:00Z','sourceType':'CRM_UI'}]}}]";
    static const char id[] = "hubspot:deal/9/ends/1735776000000/~d351048b72ce7f69fa332a0c";
    struct hubspot_bench bench;
    struct bc_err err = { 0 };
    char want[512];

    (void)state;
    begin(&bench, "timezone: UTC\n" PROPERTIES, "America/Phoenix");
    bench.ids = true;
    hubspot_bench_deals(&bench, deals);
    snprintf(want, sizeof(want), "hubspot:deal/9/created\n%s\n", id);
    assert_string_equal(hubspot_bench_lines(&bench), want);
    bc_zone_free(bench.account->zone);
    check_ok(bc_zone_open(&bench.account->zone, BC_STR("America/Phoenix"), &err), &err);
    hubspot_bench_deals(&bench, deals);
    snprintf(want, sizeof(want), "hubspot:deal/9/created\n%s/retracted\n%s/as/2025-03-31/1\n", id,
             id);
    assert_string_equal(hubspot_bench_lines(&bench), want);
    assert_int_equal(bench.run.notes.remapped, 1);
    hubspot_bench_release(&bench);
}

/* --- what is said of it --- */

static void what_holds_times_is_said_with_its_zone(void **state)
{
    static const struct {
        const char *file, *zone, *times, *in_utc, *moved;
    } notes[] = {
        { "", "America/Phoenix", "ends in America/Phoenix", NULL, NULL },
        { "", "", NULL, "ends", NULL },
        { "timezone: America/Phoenix\n", "", "ends in America/Phoenix", NULL, NULL },
        { "timezone: UTC\n", "America/Phoenix", "ends in UTC", NULL,
          "UTC, HubSpot says America/Phoenix" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
        const struct hubspot_notes *got;
        struct hubspot_bench bench;
        char account[512];

        snprintf(account, sizeof(account), "%s" PROPERTIES, notes[i].file);
        begin(&bench, account, notes[i].zone);
        hubspot_zone_check(&bench.run);
        got = &bench.run.notes;
        assert_int_equal(got->times.n, notes[i].times != NULL);
        assert_int_equal(got->times_in_utc.n, notes[i].in_utc != NULL);
        assert_int_equal(got->zone_moved.n, notes[i].moved != NULL);
        if (notes[i].times)
            assert_true(bc_str_eq(got->times.at[0].text, bc_str_of(notes[i].times)));
        if (notes[i].in_utc)
            assert_true(bc_str_eq(got->times_in_utc.at[0].text, bc_str_of(notes[i].in_utc)));
        if (notes[i].moved)
            assert_true(bc_str_eq(got->zone_moved.at[0].text, bc_str_of(notes[i].moved)));
        hubspot_bench_release(&bench);
    }
}

static void zones_differ_where_their_days_do(void **state)
{
    static const struct {
        const char *account, *rules;
        bool differ;
    } zones[] = {
        { "America/New_York", "UTC", true },
        { "US/Eastern", "America/New_York", false }, /* two names of one */
        { "Etc/UTC", "UTC", false },
        { "Europe/London", "UTC", true }, /* in summer */
        { "America/Phoenix", "America/Denver", true },
        { "Mars/Olympus", "UTC", true },
        { "", "UTC", false }, /* unknown */
    };
    struct bc_err err = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(zones); i++) {
        struct hubspot_bench bench;
        struct hubspot_zones got;
        bc_rules *rules = NULL;

        begin(&bench, "{}", zones[i].account);
        check_ok(bc_rules_default(&rules, &err), &err);
        bc_zone_free(rules->zone);
        check_ok(bc_zone_open(&rules->zone, bc_str_of(zones[i].rules), &err), &err);
        rules->timezone = zones[i].rules;
        got = hubspot_zones_of(&bench.run, rules, HUBSPOT_NOW_US);
        if (got.differ != zones[i].differ)
            fail_msg("%s and %s", zones[i].account, zones[i].rules);
        assert_string_equal(got.rules, zones[i].rules);
        assert_int_equal(got.account != NULL, zones[i].account[0] != '\0');
        bc_rules_free(rules);
        hubspot_bench_release(&bench);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 3];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[n++] = (struct CMUnitTest){ rows[i].name, row_test, NULL, NULL, &rows[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(another_zone_of_the_file_records_the_day_anew);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(what_holds_times_is_said_with_its_zone);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(zones_differ_where_their_days_do);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_zone", tests, NULL, NULL);
}
