/* projections/walk/deal_names: a deal is called what it was called at the date, as far as was known
 * then, and as the rules read its name over time. */
#include "projections/walk/deal_names.h"
#include "tests/model/cases.h"
#include "tests/support/check.h"
#include "tests/support/story.h"

#include <stdio.h>

static struct row {
    const char *name, *story;
    const char *want; /* name and owner of d1, at the end of 2025-03-31 */
    const char *known_at;
} rows[] = {
    { "as it was created", "d1 created outreach name Acme owner u1", .want = "Acme, u1" },
    { "as it was renamed", "d1 created name Acme; d1 set deal_name Bolt", .want = "Bolt, " },
    { "later it is called otherwise", "d1 created name Acme; d1 set deal_name Bolt @2025-04-01",
      .want = "Acme, " },
    { "a name that came later is its name before, too",
      "d1 created; d1 set deal_name Bolt @2025-04-01", .want = "Bolt, " },
    { "an owner is not", "d1 created; d1 set owner u1 @2025-04-01", .want = ", " },
    { "not known then", "d1 created name Acme; d1 set deal_name Bolt known 2025-03-20",
      .want = "Acme, ", .known_at = "2025-03-19" },
    { "known by then", "d1 created name Acme; d1 set deal_name Bolt known 2025-03-20",
      .want = "Bolt, ", .known_at = "2025-03-20" },
    { "taken back", "d1 created name Acme; x: d1 set deal_name Bolt; retract x", .want = "Acme, " },
    { "taken back, and that, too",
      "d1 created name Acme; x: d1 set deal_name Bolt; y: retract x; retract y", .want = "Bolt, " },
    { "unset", "d1 created name Acme; d1 unset deal_name", .want = ", " },
    { "found", "d1 found outreach name Acme", .want = "Acme, " },
    { "another deal's is not its own", "d1 created; d2 created name Acme", .want = ", " },
    { "a deal that there is not", "d2 created name Acme", .want = ", " },
    { "by the clock, not by the order of the log",
      "d1 created @2025-01-01; d1 set deal_name Bolt @2025-01-03; d1 set deal_name Acme "
      "@2025-01-02",
      .want = "Bolt, " },
};

static void told_case(void **state)
{
    const struct row *row = *state;
    const struct model_case asking = { .known_at = row->known_at };
    bc_rules *rules = model_case_rules(&asking);
    struct recount_question question = model_case_question(&asking, rules);
    const struct bc_question asked = { .rules = rules,
                                       .as_of_us = &question.as_of_us,
                                       .date_n = 1,
                                       .known_asked = question.has_known,
                                       .known_us = question.known_us };
    bc_deal_names *names = NULL;
    bc_timelines *timelines = NULL;
    struct bc_deal_name name;
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    char got[64];

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    story_append(log, row->story);
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    check_ok(bc_deal_names_open(&names, timelines, &asked, &err), &err);
    for (int again = 0; again < 2; again++) {
        check_ok(bc_deal_names_get(names, &name, BC_STR(""), &err), &err);
        assert_int_equal(name.name.len + name.owner.len, 0);
        check_ok(bc_deal_names_get(names, &name, BC_STR("d1"), &err), &err);
        snprintf(got, sizeof(got), "%.*s, %.*s", BC_STR_ARG(name.name), BC_STR_ARG(name.owner));
        assert_string_equal(got, row->want);
    }
    bc_deal_names_free(names);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, told_case, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("projections/walk/deal_names", tests, NULL, NULL);
}
