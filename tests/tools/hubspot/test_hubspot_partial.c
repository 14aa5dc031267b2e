/* Answers that are part of what was asked (207): what HubSpot failed to read is asked for again;
 * what stays unread is said, and read by the next run. */
#include "tests/support/check.h"
#include "tests/support/hubspot.h"
#include "tests/support/place.h"
#include "tests/support/still_clock.h"
#include "tools/hubspot/partial.h"

#include <stdio.h>

/* --- which --- */

#define FAILED(ids)  "{'category':'INTERNAL_ERROR','context':{" ids "}}"
#define MISSING(ids) "{'category':'OBJECT_NOT_FOUND','context':{'ids':[" ids "]}}"

static struct row {
    const char *name, *root, *want; /* of 1, 2, 3 */
} rows[] = {
    { "an answer with all of it leaves nothing", "{'results':[{'id':'3'},{'id':'1'},{'id':'2'}]}",
      "" },
    { "what is not found is answered", "{'results':[{'id':'1'}],'errors':[" MISSING("'2','3'") "]}",
      "" },
    { "what is left out without a word is not there", "{'results':[{'id':'1'}]}", "" },
    { "what failed is left open", "{'results':[{'id':'1'}],'errors':[" FAILED("'ids':['2']") "]}",
      "2" },
    { "it may be named as `id`", "{'results':[],'errors':[" FAILED("'id':['2']") "]}", "2" },
    { "beside what is not found",
      "{'results':[{'id':'1'}],'errors':[" MISSING("'2'") "," FAILED("'ids':['3']") "]}", "3" },
    { "a failure that names nothing may be of any",
      "{'results':[{'id':'1'}],'errors':[" MISSING("'2'") "," FAILED("") "]}", "3" },
    { "whatever is answered is answered",
      "{'results':[{'id':'1'},{'id':'2'}],'errors':[" FAILED("'ids':['1','2','3','4']") "]}", "3" },
    { "lists of associations are answers of the record they are of",
      "{'results':[{'from':{'id':'1'},'to':[]}],'errors':[{'category':'VALIDATION_ERROR',"
      "'subCategory':'crm.associations.NO_ASSOCIATIONS_FOUND','context':{'ids':['2']}}," FAILED(
          "") "]}",
      "3" },
    { "no answer is no failure", "{}", "" },
};

static void rest_row(void **state)
{
    static const struct hubspot_input inputs[] = { { { "1", 1 }, { 0 } },
                                                   { { "2", 1 }, { 0 } },
                                                   { { "3", 1 }, { 0 } } };
    const struct row *row = *state;
    struct hubspot_input rest[3];
    json_t *root = hubspot_json(row->root);
    char got[16] = "";
    size_t n = hubspot_partial_rest(rest, inputs, 3, root);

    for (size_t i = 0; i < n; i++)
        strncat(got, rest[i].id.at, rest[i].id.len);
    assert_string_equal(got, row->want);
    json_decref(root);
}

/* --- in an import --- */

static void fail_of(struct place *place, const char *of, const char *ids, int times, bool named)
{
    char text[256];

    (void)snprintf(text, sizeof(text), "{'of':'%s','ids':[%s],'times':%d,'named':%s}", of, ids,
                   times, named ? "true" : "false");
    json_decref(fake_hubspot_steer(&place->fake, "/_fail", hubspot_json(text)));
}

/* Each a kind of batch, and what of it changes later. */
static const struct {
    const char *of, *ids;
} batches[] = {
    { "deals", "'9002','9018'" },   { "meetings", "'507'" },      { "emails", "'602'" },
    { "deals meetings", "'9018'" }, { "deals emails", "'9002'" },
};

static void what_failed_is_asked_for_again(void **state)
{
    struct place *place = place_begin(NULL);
    char base[sizeof(place->ledger)];
    int64_t now = 0;
    struct http_clock clock = still_clock(&now);

    (void)state;
    place->clock = &clock;
    place_check_import(place, NULL, -1, 13, 1);
    memcpy(base, place->ledger, sizeof(base));
    place_later(place);
    for (size_t i = 0; i < ARRAY_LEN(batches) * 2; i++) {
        char name[32];
        int64_t before = now;

        (void)snprintf(name, sizeof(name), "again-%zu", i);
        place_copy(place, base, name);
        fail_of(place, batches[i / 2].of, batches[i / 2].ids, 4, i % 2);
        place_check_import(place, NULL, 33, 15, 1);
        assert_null(strstr(place->out, "unread"));
        assert_true(now - before >= 11000000 && now - before < 16000000); /* 3/4 of 1+2+4+8 s */
    }
    place_end(place);
}

static void what_stays_unread_is_said_and_read_by_the_next_run(void **state)
{
    struct place *place = place_begin(NULL);
    char base[sizeof(place->ledger)];
    int64_t now = 0;
    struct http_clock clock = still_clock(&now);
    uint64_t count;

    (void)state;
    place->clock = &clock;
    place_check_import(place, NULL, -1, 13, 1);
    count = place_count(place) + 33;
    memcpy(base, place->ledger, sizeof(base));
    place_later(place);
    for (size_t i = 0; i < ARRAY_LEN(batches); i++) {
        char name[32];
        json_t *answer;

        (void)snprintf(name, sizeof(name), "unread-%zu", i);
        place_copy(place, base, name);
        fail_of(place, batches[i].of, batches[i].ids, 5, true);
        answer = place_import(place, NULL);
        assert_true(place_number(answer, "added") < 33);
        json_decref(answer);
        if (!strstr(place->out, "\"note\": \"unread\""))
            fail_msg("%s: %s", batches[i].of, place->out);
        fail_of(place, batches[i].of, "", 0, true);
        answer = place_import(place, NULL);
        assert_null(strstr(place->out, "\"note\": \"unread\""));
        json_decref(answer);
        assert_int_equal(place_count(place), count);
    }
    place_end(place);
}

/* None of it is known before. */
static void a_first_run_may_leave_some_unread_too(void **state)
{
    struct place *place = place_begin(NULL);
    int64_t now = 0;
    struct http_clock clock = still_clock(&now);
    uint64_t count;

    (void)state;
    place->clock = &clock;
    place_check_import(place, NULL, -1, 13, 1);
    count = place_count(place);
    place_ledger(place, "first");
    fail_of(place, "meetings", "'501','506'", 5, false);
    fail_of(place, "emails", "'601'", 5, true);
    place_check_import(place, NULL, -1, 13, 1);
    assert_true(place_count(place) < count);
    place_check_import(place, NULL, -1, 13, 1);
    assert_int_equal(place_count(place), count);
    place_end(place);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 3];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, rest_row, NULL, NULL, &rows[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(what_failed_is_asked_for_again);
    tests[n++] =
        (struct CMUnitTest)cmocka_unit_test(what_stays_unread_is_said_and_read_by_the_next_run);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_first_run_may_leave_some_unread_too);
    return cmocka_run_group_tests_name("tools/hubspot/hubspot_partial", tests, NULL, NULL);
}
