/* tools/hubspot/witness: an entry into a stage that HubSpot's dates of entries have and its history
 * has not, or the other way round, is said. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tools/hubspot/deal.h"
#include "tools/hubspot/witness.h"

#define ENTERED "hs_v2_date_entered_"

/* Stages 1 and 2 have a date of entry, 3 has none, 7 is of a pipeline that is not read. */
static void begin(struct hubspot_bench *bench)
{
    static const struct hubspot_stage stages[] = {
        { .id = { "1", 1 }, .pipeline = { "p", 1 } },
        { .id = { "2", 1 }, .pipeline = { "p", 1 } },
        { .id = { "3", 1 }, .pipeline = { "p", 1 } },
        { .id = { "7", 1 }, .pipeline = { "q", 1 } },
    };
    static const char *const names[] = { ENTERED "1", ENTERED "2", ENTERED "7" };
    struct hubspot_run *run = &bench->run;

    hubspot_bench_init(bench, "pipelines: [p]\nproperties: {}\nloss_reason: null\n");
    for (size_t i = 0; i < ARRAY_LEN(stages); i++) {
        BC_GROW(run->stages, run->stage_n, run->stage_cap);
        run->stages[run->stage_n++] = stages[i];
    }
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        BC_GROW(run->defined, run->defined_n, run->defined_cap);
        run->defined[run->defined_n++] = (struct hubspot_defined){ .name = bc_str_of(names[i]) };
    }
}

#define AT(value, time) "{'value':'" value "','timestamp':'" time "','sourceType':'CRM_UI'}"
#define ONE             AT("1", "2025-01-01T00:00:00Z")
#define TWO             AT("2", "2025-01-05T00:00:00Z") "," ONE
#define FIRST           "'" ENTERED "1':'2025-01-01T00:00:00.250Z',"

static struct row {
    const char *name, *properties, *history, *says; /* says: NULL: nothing */
} rows[] = {
    { "the same times", FIRST "'" ENTERED "2':'2025-01-05T00:00:00Z'", TWO, NULL },
    { "a moment apart", FIRST "'" ENTERED "2':'1736035230000'", TWO, NULL },
    { "another time", FIRST "'" ENTERED "2':'2025-02-05T00:00:00Z'", TWO,
      "9 into 2 at 2025-02-05T00:00:00Z, not in its history" },
    { "a stage that the history lacks", FIRST "'" ENTERED "2':'2025-01-05T00:00:00Z'", ONE,
      "9 into 2 at 2025-01-05T00:00:00Z, not in its history" },
    { "a stage that the history has alone", FIRST "'" ENTERED "2':null", TWO,
      "9 into 2 by its history alone" },
    { "an account that fills none of them in", "'" ENTERED "1':null,'" ENTERED "2':''", TWO, NULL },
    { "any of several entries", FIRST "'" ENTERED "2':'2025-01-05T00:00:00Z'",
      AT("2", "2025-01-09T00:00:00Z") "," AT("1", "2025-01-08T00:00:00Z") "," TWO, NULL },
    { "the same stage written again", FIRST "'" ENTERED "2':'2025-01-09T00:00:00Z'",
      AT("2", "2025-01-09T00:00:00Z") "," TWO, NULL },
    { "a stage that was passed through at once", FIRST "'" ENTERED "2':null",
      AT("3", "2025-01-05T00:00:01Z") "," TWO, NULL },
    { "a stage without a date", FIRST "'x':''", AT("3", "2025-01-05T00:00:00Z") "," ONE, NULL },
    { "a stage of a pipeline that is not read", FIRST "'" ENTERED "7':'2025-03-01T00:00:00Z'", ONE,
      NULL },
    { "a history of several deals",
      FIRST "'hs_merged_object_ids':'5;6','" ENTERED "2':'2025-02-05T00:00:00Z'", TWO, NULL },
    { "what is not in a record without history", FIRST "'x':''", "", NULL },
    { "what was cut off, and is said to be",
      "'" ENTERED "1':'2024-12-01T00:00:00Z','" ENTERED "2':'2025-01-05T00:00:00Z'",
      AT("2", "2025-01-05T00:00:00Z"), NULL },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    const struct hubspot_notes *notes;
    struct hubspot_bench bench;
    struct bc_buf deals = { 0 };

    begin(&bench);
    bc_buf_printf(&deals,
                  "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,"
                  "'properties':{%s},'propertiesWithHistory':{'dealstage':[%s]}}]",
                  row->properties, row->history);
    bc_buf_add_byte(&deals, '\0');
    hubspot_bench_deals(&bench, deals.at);
    notes = &bench.run.notes;
    assert_int_equal(notes->contested, row->says != NULL);
    assert_int_equal(notes->contested_named.n, row->says != NULL);
    if (row->says)
        assert_string_equal(notes->contested_named.at[0].text.at, row->says);
    bc_buf_release(&deals);
    hubspot_bench_release(&bench);
}

static void those_that_the_account_has_are_asked_for(void **state)
{
    struct hubspot_bench bench;
    struct bc_buf names = { 0 };

    (void)state;
    begin(&bench);
    hubspot_witness_properties(&bench.run, &names);
    bc_buf_add_byte(&names, '\0');
    assert_string_equal(names.at, "," ENTERED "1," ENTERED "2");
    bc_buf_release(&names);
    hubspot_bench_release(&bench);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[n++] = (struct CMUnitTest){ rows[i].name, row_test, NULL, NULL, &rows[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(those_that_the_account_has_are_asked_for);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_witness", tests, NULL, NULL);
}
