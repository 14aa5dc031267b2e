/* tools/hubspot/pipelines: deals of other pipelines are left out, and one that moves there is
 * parked where it was: it has not failed. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tools/hubspot/deal.h"
#include "tools/hubspot/pipelines.h"
#include "tools/hubspot/survey.h"

#define MAPS  "stages: { '1': outreach, '2': discovery }\nproperties: { parked_until: parks }\n"
#define ONE   "pipelines: [p]\n" MAPS
#define EVERY MAPS

/* Stages 1 and 2 are of pipeline p, 7 and 8 of q; 9 was deleted. */
static void begin(struct hubspot_bench *bench, const char *account)
{
    static const struct hubspot_stage stages[] = {
        { .id = { "1", 1 }, .pipeline = { "p", 1 } },
        { .id = { "2", 1 }, .pipeline = { "p", 1 } },
        { .id = { "7", 1 }, .pipeline = { "q", 1 } },
        { .id = { "8", 1 }, .pipeline = { "q", 1 } },
        { .id = { "9", 1 } },
    };
    static const struct hubspot_pipeline pipelines[] = { { { "p", 1 }, { "Sales", 5 } },
                                                         { { "q", 1 }, { "Partners", 8 } } };
    struct hubspot_run *run = &bench->run;

    hubspot_bench_init(bench, account);
    for (size_t i = 0; i < ARRAY_LEN(stages); i++) {
        BC_GROW(run->stages, run->stage_n, run->stage_cap);
        run->stages[run->stage_n++] = stages[i];
    }
    for (size_t i = 0; i < ARRAY_LEN(pipelines); i++) {
        BC_GROW(run->pipelines, run->pipeline_n, run->pipeline_cap);
        run->pipelines[run->pipeline_n++] = pipelines[i];
    }
}

/* A deal that was in these stages, one a day from January 1st on; `more`: other histories. */
static void take(struct hubspot_bench *bench, const char *stages, const char *more)
{
    struct bc_buf deals = { 0 };

    bc_buf_printf(&deals,
                  "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,"
                  "'properties':{'dealstage':'%c'},'propertiesWithHistory':{%s'dealstage':[",
                  stages[strlen(stages) - 1], more);
    for (size_t i = 0; stages[i]; i++)
        bc_buf_printf(&deals,
                      "%s{'value':'%c','timestamp':'2025-01-0%zuT00:00:00Z','sourceType':'CRM_UI'}",
                      i ? "," : "", stages[i], i + 1);
    bc_buf_add_str(&deals, BC_STR("]}}]"));
    bc_buf_add_byte(&deals, '\0');
    hubspot_bench_deals(bench, deals.at);
    bc_buf_release(&deals);
}

#define CREATED "9 2025-01-01T00:00:00Z dealCreated from hubspot:deal/9:\n"
#define STAGE(day, to)                                                                             \
    "9 2025-01-0" day "T00:00:00Z stageChanged to=" to " from hubspot:deal/9:CRM_UI\n"
#define PARKED(day)                                                                                \
    "9 2025-01-0" day "T00:00:00Z propertyChanged name=parked_until value=9999-12-31 from "        \
    "hubspot:deal/9:CRM_UI\n"
#define BACK(day)                                                                                  \
    "9 2025-01-0" day "T00:00:00Z propertyChanged name=parked_until from hubspot:deal/9:CRM_UI\n"

static struct row {
    const char *name, *account, *stages, *want;
    bool skipped, elsewhere;
} rows[] = {
    { "a deal of a pipeline that is read", ONE, "12",
      CREATED STAGE("1", "outreach") STAGE("2", "discovery"), false, false },
    { "who moves to another is parked where he was", ONE, "17",
      CREATED STAGE("1", "outreach") PARKED("2"), false, true },
    { "and stays so while he moves on there", ONE, "178",
      CREATED STAGE("1", "outreach") PARKED("2"), false, true },
    { "who comes back is parked no longer", ONE, "1782",
      CREATED STAGE("1", "outreach") PARKED("2") BACK("4") STAGE("4", "discovery"), false, false },
    { "to the stage that he had, too", ONE, "171",
      CREATED STAGE("1", "outreach") PARKED("2") BACK("3") STAGE("3", "outreach"), false, false },
    { "however often", ONE, "1717",
      CREATED STAGE("1", "outreach") PARKED("2") BACK("3") STAGE("3", "outreach") PARKED("4"),
      false, true },
    { "who began in another was there", ONE, "71", CREATED STAGE("1", "7") STAGE("2", "outreach"),
      false, false },
    { "and is parked when he returns", ONE, "717",
      CREATED STAGE("1", "7") STAGE("2", "outreach") PARKED("3"), false, true },
    { "who was never in one that is read is left out", ONE, "78", "", true, false },
    { "a deleted stage may be of any pipeline", ONE, "97", CREATED STAGE("1", "9") PARKED("2"),
      false, true },
    { "where all are read, every stage counts as it is", EVERY, "1718",
      CREATED STAGE("1", "outreach") STAGE("2", "7") STAGE("3", "outreach") STAGE("4", "8"), false,
      false },
};

static void row_test(void **state)
{
    const struct row *row = *state;
    struct hubspot_bench bench;

    begin(&bench, row->account);
    for (int again = 0; again < 2; again++) { /* read twice, it is the same */
        take(&bench, row->stages, "");
        assert_string_equal(hubspot_bench_lines(&bench), row->want);
    }
    hubspot_pipelines_sum(&bench.run);
    assert_int_equal(bench.run.notes.skipped, row->skipped);
    assert_int_equal(bench.run.notes.parked, row->elsewhere);
    assert_int_equal(bench.run.notes.remapped, 0);
    assert_int_equal(bench.run.present_n, !row->skipped);
    if (!row->skipped)
        assert_int_equal(bench.run.present[0].elsewhere.len, row->elsewhere);
    if (row->account[1] == 'i') {
        assert_int_equal(bench.run.notes.skipped_from.n, 1);
        assert_true(bc_str_eq(bench.run.notes.skipped_from.at[0].text, BC_STR("q Partners")));
    }
    hubspot_bench_release(&bench);
}

static void what_a_deal_was_parked_until_before_is_so_again(void **state)
{
    static const char own[] = "'parks':[{'value':'2025-03-01','timestamp':'2025-01-01T00:00:00Z',"
                              "'sourceType':'CRM_UI'}],";
    struct hubspot_bench bench;

    (void)state;
    begin(&bench, ONE);
    take(&bench, "171", own);
    assert_non_null(strstr(hubspot_bench_lines(&bench),
                           "9 2025-01-03T00:00:00Z propertyChanged name=parked_until "
                           "value=2025-03-01 from"));
    hubspot_bench_release(&bench);
}

#define ID(day, stage) "hubspot:deal/9/dealstage/173" day "00000/" stage
#define FIRST          ID("56896", "1") "\n"
#define AWAY           ID("57760", "7")

/* The choice may be made, and taken back, when everything was imported. */
static void another_choice_of_pipelines_tells_the_moves_anew(void **state)
{
    static const struct bc_str one = { "p", 1 };
    static const struct {
        const char *lines;
        uint64_t remapped, withdrawn; /* so far */
    } want[] = {
        { FIRST AWAY "\n", 0, 0 },
        { FIRST AWAY "/parked\n" AWAY "/retracted\n", 0, 1 },
        { FIRST AWAY "/parked\n", 0, 1 },
        { FIRST AWAY "/parked/retracted\n" AWAY "/as/7/1\n", 1, 2 },
        { FIRST AWAY "/as/7/1\n", 1, 2 },
        { FIRST AWAY "/parked/as/9999-12-31/1\n" AWAY "/as/7/1/retracted\n", 2, 3 },
        { FIRST AWAY "/parked/as/9999-12-31/1\n", 2, 3 },
    };
    struct hubspot_bench bench;
    char text[512];

    (void)state;
    begin(&bench, EVERY);
    bench.ids = true;
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        bench.account->pipelines = &one;
        bench.account->pipeline_n = i == 1 || i == 2 || i > 4;
        take(&bench, "17", "");
        snprintf(text, sizeof(text), "hubspot:deal/9/created\n%s", want[i].lines);
        assert_string_equal(hubspot_bench_lines(&bench), text);
        assert_int_equal(bench.run.notes.remapped, want[i].remapped);
        assert_int_equal(bench.run.notes.withdrawn, want[i].withdrawn);
    }
    hubspot_bench_release(&bench);
}

/* What the ledger has is not given up. */
static void a_deal_that_is_known_goes_on_being_read(void **state)
{
    struct hubspot_bench bench;

    (void)state;
    begin(&bench, EVERY);
    take(&bench, "7", "");
    hubspot_bench_lines(&bench);
    bench.account->pipelines = &(struct bc_str){ "p", 1 };
    bench.account->pipeline_n = 1;
    take(&bench, "78", "");
    assert_string_equal(hubspot_bench_lines(&bench), CREATED STAGE("1", "7") STAGE("2", "8"));
    hubspot_bench_release(&bench);
}

static void a_pipeline_that_is_not_there_is_refused(void **state)
{
    static const struct {
        const char *account, *says;
    } faults[] = {
        { "pipelines: [p, r]\nproperties: {}\nloss_reason: null\n",
          "the account file names the pipeline \"r\", which the account does not have" },
        { "pipelines: [partners]\nproperties: {}\nloss_reason: null\n", "is \"q\" meant?" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        struct hubspot_bench bench;
        struct bc_err err = { 0 };

        begin(&bench, faults[i].account);
        assert_int_equal(hubspot_survey_check(&bench.run, &err), BC_E_INPUT);
        if (!strstr(err.message, faults[i].says))
            fail_msg("%s", err.message);
        hubspot_bench_release(&bench);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 4];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[n++] = (struct CMUnitTest){ rows[i].name, row_test, NULL, NULL, &rows[i] };
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(what_a_deal_was_parked_until_before_is_so_again);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(another_choice_of_pipelines_tells_the_moves_anew);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_deal_that_is_known_goes_on_being_read);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_pipeline_that_is_not_there_is_refused);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_pipelines", tests, NULL, NULL);
}
