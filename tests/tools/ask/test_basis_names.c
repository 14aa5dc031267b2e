/* tools/ask/basis_names: names are those of the question as it is now, whatever of it changed since
 * one was last asked for. */
#include "tests/model/cases.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"
#include "tools/ask/basis_names.h"

static const char story[] = "d1 created name Acme @2025-01-01; "
                            "d1 set deal_name Bolt @2025-01-02 known 2025-01-20 learnt 2025-01-03";

/* How a question differs from the one before it, and what d1 is called then. */
static struct row {
    const char *name;
    bool known_asked, by_source;
    const char *known_at;
    uint64_t last_seq;
    const char *want;
} rows[] = {
    { "nothing", .want = "Bolt" },
    { "known at", true, false, "2025-01-10", 0, "Acme" },
    { "by the source's clock", true, true, "2025-01-10", 0, "Bolt" },
    { "the last event", false, false, NULL, 1, "Acme" },
};

static void check_name(struct names *names, const char *want)
{
    const struct bc_str got = names_of_deal(names, BC_STR("d1")).name;

    check_ok(names->failed, &names->err);
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.at, want, got.len);
}

static void changed_row(void **state)
{
    const struct row *row = *state;
    const struct model_case asking = { 0 };
    bc_rules *rules = model_case_rules(&asking);
    struct bc_question question = { .rules = rules };
    struct basis_names *names = NULL;
    bc_timelines *timelines = NULL;
    struct names shown = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    story_append(log, story);
    check_ok(bc_timelines_open(&timelines, log, BC_FROM_CACHE, &err), &err);
    names = basis_names_open(&shown, timelines, &question);
    question.known_us = row->known_at ? story_when(row->known_at) : 0;
    check_name(&shown, "Bolt");
    question.known_asked = row->known_asked;
    check_name(&shown, row->known_asked ? "Acme" : "Bolt");
    question.by_source = row->by_source;
    question.last_seq = row->last_seq;
    check_name(&shown, row->want);
    basis_names_close(names);
    bc_timelines_free(timelines);
    bc_log_close(log);
    bc_rules_free(rules);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];
    size_t n = 0;

    ROWS(rows, changed_row);
    return cmocka_run_group_tests_name("tools/ask/basis_names", tests, NULL, NULL);
}
