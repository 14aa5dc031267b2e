/* tests/model/test_versions.c - told cases of publications, by the projection and by the recount;
 * and on random ledgers that both agree. */
#include "tests/model/closing_world.h"
#include "tests/model/law_recount.h"
#include "tests/model/recount_versions.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    const int64_t *since_us = ask;
    struct bc_versions versions = { 0 };
    struct bc_err err = { 0 };

    check_ok(bc_versions_read(&versions, timelines, &question, *since_us, &err), &err);
    recount_versions_print(out, &versions);
    bc_versions_release(&versions);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    const int64_t *since_us = ask;

    recount_versions(out, events, n, question, *since_us);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

/* Asked at the end of 2025-06-30. `since`: NULL for none. */
static struct told {
    const char *name, *story, *since, *want;
} told[] = {
    { "all three come in the order of time, with what is new, whatever deal they carry",
      "- playbook p1 calls @2025-01-03; d1 icp v1 schools @2025-01-01; - rules r1 @2025-01-02",
      NULL,
      "2025-01-01T12:00:00Z icp v1, new: schools\n2025-01-02T12:00:00Z rules r1\n"
      "2025-01-03T12:00:00Z playbook p1, new: calls\n" },
    { "at one instant the log's order is theirs",
      "- rules r1 @2025-01-02; - icp v1 @2025-01-02; - rules r2 @2025-01-02", NULL,
      "2025-01-02T12:00:00Z rules r1\n2025-01-02T12:00:00Z icp v1\n"
      "2025-01-02T12:00:00Z rules r2\n" },
    { "what was taken back is left out, and there again when that was taken back",
      "x: - rules r1 @2025-01-01; y: - icp v1 @2025-01-02; z: - playbook p1 @2025-01-03; "
      "retract x; retract y; w: retract z; retract w",
      NULL, "2025-01-03T12:00:00Z playbook p1\n" },
    { "outside of the window nothing was published",
      "- icp v1 @2025-01-31; - icp v2 @2025-02-01; - rules r1 @2025-01-31; - rules r2 @2025-06-30; "
      "- playbook p1 @2025-07-01; - rules r3 @2025-07-01",
      "2025-01-31", "2025-02-01T12:00:00Z icp v2\n2025-06-30T12:00:00Z rules r2\n" },
    { "other events are no publications", "d1 created outreach; - concluded x1 good", NULL, "" },
};

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const int64_t since_us = row->since ? story_when(row->since) : INT64_MIN;
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };

    law_told(&answer, row->story, &question, &since_us, row->want);
    bc_rules_free(rules);
}

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    int64_t *since_us = ask;

    (void)random;
    *since_us =
        i % 4 ? INT64_MIN : bc_zone_window_begin(world->rules->zone, question->as_of_us, 120);
}

static void the_projection_answers_like_the_recount(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = closing_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 30,
                                    .draw = draw,
                                    .threads = { 1 },
                                    .long_len = 100 };
    int64_t since_us;

    (void)state;
    assert_true(law_like_recount(&law, &since_us) > 100);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 1] = {
        cmocka_unit_test(the_projection_answers_like_the_recount),
    };
    size_t n = 1;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/versions", tests, NULL, NULL);
}
