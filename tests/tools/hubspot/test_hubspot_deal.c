/* tools/import/hubspot: a deal's record becomes the events in it, each once, in whatever form and
 * however often HubSpot sends it. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tools/hubspot/deal.h"

#include <stdlib.h>

#define ACCOUNT                                                                                    \
    "stages: { '1': outreach, '2': discovery, '3': closed_lost }\n"                                \
    "properties: { deal_type: dealtype, amount: amount, contract_end: ends, mrr: fee }\n"          \
    "deal_types: { New Logo: newbusiness }\n"                                                      \
    "loss_reasons: { Too dear: price }\n"

#define STAGES(entries)                                                                            \
    "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,'properties':{},"              \
    "'propertiesWithHistory':{'dealstage':[" entries "]}}]"
#define AT(value, time) "{'value':'" value "','timestamp':'" time "','sourceType':'CRM_UI'}"
#define PROPERTY(name, entries)                                                                    \
    "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,'properties':{},"              \
    "'propertiesWithHistory':{'" name "':[" entries "]}}]"

#define CREATED "9 2025-01-01T00:00:00Z dealCreated from hubspot:deal/9:\n"
#define FROM    " from hubspot:deal/9:CRM_UI\n"

static struct row {
    const char *name, *deals, *want;
} rows[] = {
    { "changes of stage come oldest first, in the words of the account file",
      STAGES(AT("2", "2025-01-03T00:00:00Z") "," AT("1", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z stageChanged to=outreach" FROM
              "9 2025-01-03T00:00:00Z stageChanged to=discovery" FROM },
    { "a history given in any order is put in order",
      STAGES(AT("1", "2025-01-02T00:00:00Z") "," AT("2", "2025-01-03T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z stageChanged to=outreach" FROM
              "9 2025-01-03T00:00:00Z stageChanged to=discovery" FROM },
    { "the same value again is no change",
      STAGES(AT("1", "2025-01-04T00:00:00Z") "," AT("1", "2025-01-03T00:00:00Z") "," AT(
          "1", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z stageChanged to=outreach" FROM },
    { "of two changes in one millisecond the one given last was first",
      STAGES(AT("2", "2025-01-02T00:00:00.001Z") "," AT("1", "2025-01-02T00:00:00.001Z")),
      CREATED "9 2025-01-02T00:00:00.001Z stageChanged to=outreach" FROM
              "9 2025-01-02T00:00:00.001Z stageChanged to=discovery" FROM },
    { "a stage that the account file does not know keeps its id",
      STAGES(AT("77", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z stageChanged to=77" FROM },
    { "a first stage that came by an import was found, the next was entered",
      STAGES("{'value':'2','timestamp':'2025-01-03T00:00:00Z','sourceType':'IMPORT'},"
             "{'value':'1','timestamp':'1735776000000','sourceType':'IMPORT','sourceId':'31'}"),
      CREATED "9 2025-01-02T00:00:00Z stageChanged to=outreach observed by 31 from "
              "hubspot:deal/9:IMPORT\n"
              "9 2025-01-03T00:00:00Z stageChanged to=discovery from hubspot:deal/9:IMPORT\n" },
    { "who did it is recorded as HubSpot names him",
      STAGES("{'value':'1','timestamp':'2025-01-02T00:00:00Z','sourceType':'X','sourceId':"
             "'userId:7','updatedByUserId':8}"),
      CREATED
      "9 2025-01-02T00:00:00Z stageChanged to=outreach by userId:7 from hubspot:deal/9:X\n" },
    { "where only a number is given it is a user's",
      STAGES("{'value':'1','timestamp':'2025-01-02T00:00:00Z','sourceType':'X',"
             "'updatedByUserId':8}"),
      CREATED
      "9 2025-01-02T00:00:00Z stageChanged to=outreach by userId:8 from hubspot:deal/9:X\n" },
    { "a value that is cleared is unset, by null or by an empty text, once",
      PROPERTY("dealtype",
               "{'value':null,'timestamp':'2025-01-04T00:00:00Z','sourceType':'CRM_UI'}"
               "," AT("", "2025-01-03T00:00:00Z") "," AT("newbusiness", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z propertyChanged name=deal_type value=newbusiness" FROM
              "9 2025-01-03T00:00:00Z propertyChanged name=deal_type" FROM },
    { "a contract date may be a day, an instant or milliseconds",
      PROPERTY("ends", AT("1767139200000", "2025-01-04T00:00:00Z") "," AT(
                           "2025-11-30T00:00:00Z",
                           "2025-01-03T00:00:00Z") "," AT("2025-10-31", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z propertyChanged name=contract_end value=2025-10-31" FROM
              "9 2025-01-03T00:00:00Z propertyChanged name=contract_end value=2025-11-30" FROM
              "9 2025-01-04T00:00:00Z propertyChanged name=contract_end value=2025-12-31" FROM },
    { "a deal type is one of the rules' where the account file says so",
      PROPERTY("dealtype",
               AT("Renewal", "2025-01-03T00:00:00Z") "," AT("New Logo", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z propertyChanged name=deal_type value=newbusiness" FROM
              "9 2025-01-03T00:00:00Z propertyChanged name=deal_type value=Renewal" FROM },
    { "an invalid date is recorded as it is", PROPERTY("ends", AT("soon", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z propertyChanged name=contract_end value=soon" FROM },
    { "an amount keeps every digit",
      PROPERTY("amount", AT("0.1000000000000000055511151231257827", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z propertyChanged name=amount "
              "value=0.1000000000000000055511151231257827" FROM },
    { "a reason of loss is one of ours where the account file says so",
      PROPERTY("closed_lost_reason", AT("Too dear", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z lossRecorded reason=price note=Too dear" FROM },
    { "another reason is other, in the words that were used",
      PROPERTY("closed_lost_reason", AT("They moved", "2025-01-02T00:00:00Z")),
      CREATED "9 2025-01-02T00:00:00Z lossRecorded reason=other note=They moved" FROM },
    { "a property that the account file does not name is left alone",
      PROPERTY("hs_secret", AT("x", "2025-01-02T00:00:00Z")), CREATED },
    { "what is archived is gone since then",
      "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':true,"
      "'archivedAt':'2025-02-01T00:00:00Z','properties':{}}]",
      CREATED "9 2025-02-01T00:00:00Z dealDeleted reason=archived from hubspot:deal/9:\n" },
    { "what was archived at an unknown time is gone now, once",
      "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':true,'properties':{}},"
      "{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':true,'properties':{}}]",
      CREATED "9 2025-06-01T00:00:00Z dealDeleted reason=archived from hubspot:deal/9:\n" CREATED },
    { "what is there again came back by its next move at the latest",
      "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':true,"
      "'archivedAt':'2025-02-01T00:00:00Z','properties':{}},"
      "{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,'properties':{},"
      "'propertiesWithHistory':{'dealstage':[" AT("1", "2025-03-01T00:00:00Z") "]}}]",
      CREATED "9 2025-02-01T00:00:00Z dealDeleted reason=archived from hubspot:deal/9:\n" CREATED
              "9 2025-03-01T00:00:00Z stageChanged to=outreach" FROM
              "9 2025-03-01T00:00:00Z dealRestored reason=found again from hubspot:deal/9:\n" },
    { "and where nothing tells, it came back now",
      "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':true,"
      "'archivedAt':'2025-02-01T00:00:00Z','properties':{}},"
      "{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,'properties':{}}]",
      CREATED "9 2025-02-01T00:00:00Z dealDeleted reason=archived from hubspot:deal/9:\n" CREATED
              "9 2025-06-01T00:00:00Z dealRestored reason=found again from hubspot:deal/9:\n" },
};

static void deal_row(void **state)
{
    const struct row *row = *state;
    struct hubspot_bench bench;

    hubspot_bench_init(&bench, ACCOUNT);
    hubspot_bench_deals(&bench, row->deals);
    assert_string_equal(hubspot_bench_lines(&bench), row->want);
    hubspot_bench_release(&bench);
}

/* --- ids --- */

static void every_change_has_an_id_of_its_own_and_keeps_it(void **state)
{
    static const char deals[] =
        STAGES(AT("1", "2025-01-02T00:00:00.001Z") "," AT("2", "2025-01-02T00:00:00.001Z") "," AT(
            "1", "2025-01-02T00:00:00.001Z") "," AT("odd / value", "2025-01-02T00:00:00Z"));
    static const char want[] = "hubspot:deal/9/created\n"
                               "hubspot:deal/9/dealstage/1735776000000/~b47f5a6da34983ee6517e329\n"
                               "hubspot:deal/9/dealstage/1735776000001/1\n"
                               "hubspot:deal/9/dealstage/1735776000001/2\n"
                               "hubspot:deal/9/dealstage/1735776000001/1/2\n";
    struct hubspot_bench bench;

    (void)state;
    hubspot_bench_init(&bench, ACCOUNT);
    bench.ids = true;
    hubspot_bench_deals(&bench, deals);
    assert_string_equal(hubspot_bench_lines(&bench), want);
    hubspot_bench_deals(&bench, deals);
    assert_string_equal(hubspot_bench_lines(&bench), want);
    hubspot_bench_release(&bench);
}

/* --- another account file --- */

static void a_stage_that_the_file_means_otherwise_is_retracted_and_told_anew(void **state)
{
    static const char deals[] = STAGES(AT("77", "2025-01-02T00:00:00Z"));
    static const char id[] = "hubspot:deal/9/dealstage/1735776000000/77";
    static const char *const means[] = { "outreach", "discovery", "outreach" };
    struct hubspot_bench bench;
    char want[1024], was[256];

    (void)state;
    hubspot_bench_init(&bench, ACCOUNT);
    hubspot_bench_deals(&bench, deals);
    hubspot_bench_lines(&bench);
    bench.ids = true;
    strcpy(was, id);
    for (int i = 0; i < 3; i++) {
        bench.account->stages.n = 0;
        hubspot_map_add(bench.account, &bench.account->stages, BC_STR("77"), bc_str_of(means[i]));
        hubspot_bench_deals(&bench, deals);
        snprintf(want, sizeof(want), "hubspot:deal/9/created\n%s/retracted\n%s/as/%s/%d\n", was, id,
                 means[i], i + 1);
        assert_string_equal(hubspot_bench_lines(&bench), want);
        snprintf(was, sizeof(was), "%s/as/%s/%d", id, means[i], i + 1);
        hubspot_bench_deals(&bench, deals); /* and not again */
        snprintf(want, sizeof(want), "hubspot:deal/9/created\n%s\n", was);
        assert_string_equal(hubspot_bench_lines(&bench), want);
    }
    hubspot_bench_release(&bench);
}

/* The deal type of every deal, say: an account is read before somebody writes its words down. */
static void a_deal_type_that_the_file_means_otherwise_is_told_anew(void **state)
{
    static const char deals[] =
        "[{'id':'9','createdAt':'2025-01-01T00:00:00Z','archived':false,"
        "'properties':{'dealtype':'Renewal'},'propertiesWithHistory':{'dealtype':[" AT(
            "Renewal", "2025-01-02T00:00:00Z") "]}}]";
    static const char id[] = "hubspot:deal/9/dealtype/1735776000000/Renewal";
    struct hubspot_bench bench;
    char want[512];

    (void)state;
    hubspot_bench_init(&bench, ACCOUNT);
    hubspot_bench_deals(&bench, deals);
    assert_true(bc_str_eq(bench.run.present[0].deal_type, BC_STR("Renewal")));
    hubspot_bench_lines(&bench);
    bench.ids = true;
    hubspot_map_add(bench.account, &bench.account->deal_types, BC_STR("Renewal"),
                    BC_STR("existingbusiness"));
    hubspot_bench_deals(&bench, deals);
    snprintf(want, sizeof(want), "hubspot:deal/9/created\n%s/retracted\n%s/as/existingbusiness/1\n",
             id, id);
    assert_string_equal(hubspot_bench_lines(&bench), want);
    assert_true(bc_str_eq(bench.run.present[0].deal_type, BC_STR("existingbusiness")));
    hubspot_bench_release(&bench);
}

/* The words that stand in ids of ours may be names of properties in an account, or values. */
static void a_property_may_be_called_as_a_part_of_an_id_is(void **state)
{
    static const char *const words[] = { "as", "found", "carried", "loss", "dealtype" };
    static const char *const means[] = { "newbusiness", "existingbusiness" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        struct hubspot_bench bench;
        char account[64], deals[512], first[64], was[128], want[512];

        snprintf(account, sizeof(account), "properties: { deal_type: %s }\n", words[i]);
        snprintf(deals, sizeof(deals), PROPERTY("%s", AT("as", "2025-01-02T00:00:00Z")), words[i]);
        snprintf(first, sizeof(first), "hubspot:deal/9/%s/1735776000000/as", words[i]);
        snprintf(was, sizeof(was), "%s", first);
        hubspot_bench_init(&bench, account);
        hubspot_bench_deals(&bench, deals);
        assert_false(hubspot_index_deal(bench.run.known, BC_STR("9"))->carried);
        hubspot_bench_lines(&bench);
        bench.ids = true;
        for (int turn = 0; turn < 2; turn++) {
            bench.account->deal_types.n = 0;
            hubspot_map_add(bench.account, &bench.account->deal_types, BC_STR("as"),
                            bc_str_of(means[turn]));
            hubspot_bench_deals(&bench, deals);
            snprintf(want, sizeof(want), "hubspot:deal/9/created\n%s/retracted\n%s/as/%s/%d\n", was,
                     first, means[turn], turn + 1);
            assert_string_equal(hubspot_bench_lines(&bench), want);
            snprintf(was, sizeof(was), "%s/as/%s/%d", first, means[turn], turn + 1);
        }
        hubspot_bench_release(&bench);
    }
}

static void a_loss_that_the_file_means_otherwise_is_retracted_and_told_anew(void **state)
{
    static const char deals[] =
        PROPERTY("closed_lost_reason", AT("They moved", "2025-01-02T00:00:00Z"));
    static const char *const want[] = {
        CREATED "9 2025-01-02T00:00:00Z lossRecorded reason=other note=They moved" FROM,
        CREATED "9 2025-06-01T00:00:00Z retracted event=hubspot:deal/9/loss/closed_lost_reason/"
                "1735776000000/~53dae5a713bf72f240ef6829 reason=the account file means another "
                "value by it from hubspot:deal/9:\n"
                "9 2025-01-02T00:00:00Z lossRecorded reason=timing note=They moved" FROM,
        CREATED "9 2025-01-02T00:00:00Z lossRecorded reason=timing note=They moved" FROM,
    };
    struct hubspot_bench bench;

    (void)state;
    hubspot_bench_init(&bench, ACCOUNT);
    for (int i = 0; i < 3; i++) {
        if (i == 1)
            hubspot_map_add(bench.account, &bench.account->loss_reasons, BC_STR("They moved"),
                            BC_STR("timing"));
        hubspot_bench_deals(&bench, deals);
        assert_string_equal(hubspot_bench_lines(&bench), want[i]);
    }
    assert_int_equal(bench.run.notes.remapped, 1);
    assert_int_equal(bench.run.notes.withdrawn, 0);
    hubspot_bench_release(&bench);
}

/* --- merges --- */

#define PART(id, entries)                                                                          \
    "{'id':'" id "','createdAt':'2025-01-01T00:00:00Z','archived':false,'properties':{},"          \
    "'propertiesWithHistory':{'dealstage':[" entries "]}}"
#define SURVIVOR(id, parts, entries)                                                               \
    "{'id':'" id "','createdAt':'2025-02-01T00:00:00Z','archived':false,'properties':{"            \
    "'hs_merged_object_ids':'" parts "'},'propertiesWithHistory':{'hs_merged_object_ids':[" AT(    \
        parts, "2025-02-01T00:00:00Z") "],'dealstage':[" entries "]}}"

static struct row merges[] = {
    { "a new survivor begins where its parts end, with what it was found to have",
      "[" PART("A", AT("1", "2025-01-02T00:00:00Z")) "," PART(
          "B", AT("1", "2025-01-03T00:00:00Z")) "," SURVIVOR("C", "A;B",
                                                             AT("2", "2025-03-01T00:00:00Z") "," AT(
                                                                 "1", "2025-01-02T00:00:00Z")) "]",
      "A 2025-02-01T00:00:00Z dealMerged into=C\n"
      "B 2025-02-01T00:00:00Z dealMerged into=C\n"
      "C 2025-02-01T00:00:00Z dealCreated observed\n"
      "C 2025-02-01T00:00:00Z stageChanged to=outreach observed\n"
      "C 2025-03-01T00:00:00Z stageChanged to=discovery\n" },
    { "a survivor that kept its id does not take what it was given",
      "[" PART("A", AT("1", "2025-01-02T00:00:00Z")) "," PART(
          "B",
          AT("2",
             "2025-01-03T00:00:"
             "00Z")) "," SURVIVOR("A", "B",
                                  AT("3", "2025-03-01T00:00:00Z") "," AT(
                                      "2",
                                      "2025-01-03T00:00:00Z") "," AT("1",
                                                                     "2025-01-02T00:00:00Z")) "]",
      "B 2025-02-01T00:00:00Z dealMerged into=A\n"
      "A 2025-02-01T00:00:00Z dealCreated\n"
      "A 2025-01-02T00:00:00Z stageChanged to=outreach\n"
      "A 2025-03-01T00:00:00Z stageChanged to=closed_lost\n" },
    { "parts that were never seen leave their moves to the survivor, and are closed",
      "[" SURVIVOR("C", "A;B", AT("1", "2025-01-02T00:00:00Z")) "]",
      "A 2025-02-01T00:00:00Z dealMerged into=C\n"
      "B 2025-02-01T00:00:00Z dealMerged into=C\n"
      "C 2025-02-01T00:00:00Z dealCreated\n"
      "C 2025-01-02T00:00:00Z stageChanged to=outreach\n" },
};

/* The lines of the survivor's record, less where they are from. */
static void merge_row(void **state)
{
    const struct row *row = *state;
    struct hubspot_bench bench;
    json_t *deals = hubspot_json(row->deals);
    size_t n = json_array_size(deals);
    struct bc_err err = { 0 };
    char *lines, *from;

    hubspot_bench_init(&bench, ACCOUNT);
    for (int again = 0; again < 2; again++) { /* read twice, it is the same */
        for (size_t i = 0; again == 0 && i + 1 < n; i++)
            check_ok(hubspot_deal_events(&bench.run, json_array_get(deals, i), &err), &err);
        hubspot_bench_lines(&bench);
        check_ok(hubspot_deal_events(&bench.run, json_array_get(deals, n - 1), &err), &err);
        lines = bc_strdup(bc_str_of(hubspot_bench_lines(&bench)));
        while ((from = strstr(lines, " from "))) {
            char *end = strchr(from, '\n');

            memmove(from, end, strlen(end) + 1);
        }
        assert_string_equal(lines, row->want);
        free(lines);
    }
    json_decref(deals);
    hubspot_bench_release(&bench);
}

/* What an earlier run took says nothing of a survivor that it did not see. */
static void a_survivor_that_is_first_seen_late_has_its_whole_history(void **state)
{
    struct hubspot_bench bench;

    (void)state;
    hubspot_bench_init(&bench, ACCOUNT);
    bench.run.read_us = HUBSPOT_NOW_US;
    bench.ids = true;
    hubspot_bench_deals(&bench, "[" SURVIVOR("C", "A;B", AT("1", "2025-01-02T00:00:00Z")) "]");
    assert_string_equal(hubspot_bench_lines(&bench),
                        "hubspot:deal/A/merged/C\nhubspot:deal/B/merged/C\n"
                        "hubspot:deal/C/created\nhubspot:deal/C/dealstage/1735776000000/1\n");
    hubspot_bench_release(&bench);
}

/* --- a history whose old end is missing --- */

#define TWO                                                                                        \
    AT("2", "2025-01-03T00:00:00Z")                                                                \
    "," AT("1", "2025-01-02T00:00:00Z") "," AT("2", "2025-01-01T12:00:00Z") "," AT(                \
        "1", "2025-01-01T00:00:00Z")
#define TWENTY TWO "," TWO "," TWO "," TWO "," TWO
#define BORN(created, stored, entries)                                                             \
    "[{'id':'9','createdAt':'" created "','archived':false,'properties':{'hs_createdate':" stored  \
    "},'propertiesWithHistory':{'dealstage':[" entries "]}}]"

static struct cut {
    const char *name, *deals;
    unsigned cut;
} cuts[] = {
    { "a history that begins with its deal is whole",
      BORN("2025-01-01T00:00:00Z", "'2025-01-01T00:00:00Z'", TWO), 0 },
    { "so is one of exactly twenty", BORN("2025-01-01T00:00:00Z", "null", TWENTY), 0 },
    { "one that begins long after is cut", BORN("2024-06-01T00:00:00Z", "null", TWENTY), 1 },
    { "one of few values is so, too", BORN("2024-06-01T00:00:00Z", "null", TWO), 1 },
    { "a time of creation that was edited says nothing",
      BORN("2023-06-01T00:00:00Z", "'2024-12-31T23:59:59.5Z'", TWENTY), 0 },
    { "nor does it hide what is missing", BORN("2025-01-01T00:00:00Z", "'1717200000000'", TWENTY),
      1 },
    { "no history is not a part of one", BORN("2024-06-01T00:00:00Z", "null", ""), 0 },
};

static void cut_row(void **state)
{
    const struct cut *row = *state;
    struct hubspot_bench bench;

    hubspot_bench_init(&bench, ACCOUNT);
    hubspot_bench_deals(&bench, row->deals);
    assert_int_equal(bench.run.notes.cut, row->cut);
    hubspot_bench_release(&bench);
}

/* --- what is no record --- */

static struct fault {
    const char *name, *deal, *says;
} faults[] = {
    { "a record without an id", "{'createdAt':'2025-01-01T00:00:00Z'}", "a record without an id" },
    { "a deal without a time of creation", "{'id':'9'}", "deal 9: no time of creation" },
    { "a history that is no list",
      "{'id':'9','createdAt':'2025-01-01T00:00:00Z','propertiesWithHistory':{'dealstage':7}}",
      "the history of dealstage is no list" },
    { "an entry without a time",
      "{'id':'9','createdAt':'2025-01-01T00:00:00Z','propertiesWithHistory':{'dealstage':["
      "{'value':'1'}]}}",
      "an entry without a time, expected a `timestamp`" },
    { "an entry whose value is a number",
      "{'id':'9','createdAt':'2025-01-01T00:00:00Z','propertiesWithHistory':{'dealstage':["
      "{'value':1,'timestamp':'2025-01-01T00:00:00Z'}]}}",
      "an entry whose value is no text" },
};

static void fault_row(void **state)
{
    const struct fault *fault = *state;
    struct hubspot_bench bench;
    struct bc_err err = { 0 };
    json_t *deal = hubspot_json(fault->deal);

    hubspot_bench_init(&bench, ACCOUNT);
    assert_int_equal(hubspot_deal_events(&bench.run, deal, &err), BC_E_REMOTE);
    assert_string_equal(err.message, fault->says);
    json_decref(deal);
    hubspot_bench_release(&bench);
}

int main(void)
{
    struct CMUnitTest
        tests[ARRAY_LEN(rows) + ARRAY_LEN(merges) + ARRAY_LEN(cuts) + ARRAY_LEN(faults) + 6];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[n++] = (struct CMUnitTest){ rows[i].name, deal_row, NULL, NULL, &rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(merges); i++)
        tests[n++] = (struct CMUnitTest){ merges[i].name, merge_row, NULL, NULL, &merges[i] };
    for (size_t i = 0; i < ARRAY_LEN(cuts); i++)
        tests[n++] = (struct CMUnitTest){ cuts[i].name, cut_row, NULL, NULL, &cuts[i] };
    for (size_t i = 0; i < ARRAY_LEN(faults); i++)
        tests[n++] = (struct CMUnitTest){ faults[i].name, fault_row, NULL, NULL, &faults[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(
        a_survivor_that_is_first_seen_late_has_its_whole_history);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(every_change_has_an_id_of_its_own_and_keeps_it);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(
        a_stage_that_the_file_means_otherwise_is_retracted_and_told_anew);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(a_property_may_be_called_as_a_part_of_an_id_is);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(
        a_loss_that_the_file_means_otherwise_is_retracted_and_told_anew);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(a_deal_type_that_the_file_means_otherwise_is_told_anew);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_deal", tests, NULL, NULL);
}
