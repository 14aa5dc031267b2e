/* tests/model/test_since.c - told cases of when meetings look from, and of what was recorded late,
 * by the projection and by the recount; and on random ledgers that both agree. */
#include "tests/model/law_recount.h"
#include "tests/model/recount_since.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

/* --- since when --- */

static void print_since(struct bc_buf *out, bc_timelines *timelines,
                        const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_since since;
    struct bc_err err = { 0 };

    (void)ask;
    check_ok(bc_since_read(&since, timelines, &question, &err), &err);
    recount_since_print(out, &since);
}

static void count_since(struct bc_buf *out, const struct bc_event *events, size_t n,
                        const struct recount_question *question, const void *ask)
{
    (void)ask;
    recount_since(out, events, n, question);
}

static const struct law_answer since_answer = { .project = print_since, .recount = count_since };

/* Asked at the end of 2025-06-30, and of stories at noon. */
static struct told {
    const char *name, *story, *want;
} told[] = {
    { "without either, 7 civil days and 31, as windows begin", "d1 created outreach",
      "review 2025-06-23T23:59:59.999999Z by default, "
      "playbook 2025-05-30T23:59:59.999999Z by default\n" },
    { "the last of each, whatever deal it carries, and however long ago",
      "- reviewed @2025-01-03; d1 reviewed @2025-01-10; - playbook p1 @2025-01-01; "
      "d1 playbook p2 @2025-01-02; - icp v9 @2025-02-01",
      "review 2025-01-10T12:00:00Z, playbook 2025-01-02T12:00:00Z\n" },
    { "one at the date, or after it, is not before it",
      "- reviewed @2025-06-24; - reviewed @2025-06-30T23:59:59.999999; - playbook p1 @2025-07-01",
      "review 2025-06-24T12:00:00Z, playbook 2025-05-30T23:59:59.999999Z by default\n" },
    { "by when it was held, not by when it was written down",
      "- reviewed @2025-06-20 known 2025-06-20; - reviewed @2025-06-13 known 2025-06-21",
      "review 2025-06-20T12:00:00Z, playbook 2025-05-30T23:59:59.999999Z by default\n" },
    { "what was taken back was not",
      "- reviewed @2025-06-13; x: - reviewed @2025-06-20; y: - playbook p1 @2025-06-01; retract x; "
      "retract y",
      "review 2025-06-13T12:00:00Z, playbook 2025-05-30T23:59:59.999999Z by default\n" },
};

static struct recount_question at_the_end(const bc_rules *rules)
{
    return (struct recount_question){ .as_of_us = law_day_end(rules, "2025-06-30"),
                                      .rules = rules,
                                      .threads = 1 };
}

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const struct recount_question question = at_the_end(rules);

    law_told(&since_answer, row->story, &question, NULL, row->want);
    bc_rules_free(rules);
}

/* --- what was recorded late --- */

static void print_late(struct bc_buf *out, bc_timelines *timelines,
                       const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    const int64_t *since_us = ask;
    struct bc_recorded_late late = { 0 };
    struct bc_visible visible;
    struct bc_err err = { 0 };
    bc_log *log = bc_timelines_log(timelines);

    check_ok(bc_question_known(&question, log, &visible, &err), &err);
    check_ok(bc_recorded_late_read(&late, log, &visible, *since_us, asked->as_of_us, &err), &err);
    recount_late_print(out, &late);
    bc_recorded_late_release(&late);
}

static void count_late(struct bc_buf *out, const struct bc_event *events, size_t n,
                       const struct recount_question *question, const void *ask)
{
    const int64_t *since_us = ask;

    recount_late(out, events, n, question, *since_us);
}

static const struct law_answer late_answer = { .project = print_late, .recount = count_late };

/* Since 2025-06-23 at noon; K is the end of the log, or `known`. */
static struct late {
    const char *name, *story, *known, *want;
} lates[] = {
    { "recorded since and dated before is late, whatever deal it is about or none",
      "d1 created outreach @2025-06-20 known 2025-06-24; - reviewed @2025-06-01 known 2025-06-24",
      NULL,
      "2\n#2  reviewHeld at 2025-06-01T12:00:00Z recorded 2025-06-24T12:00:00Z\n"
      "#1 d1 dealCreated at 2025-06-20T12:00:00Z recorded 2025-06-24T12:00:00Z\n" },
    { "at the instant itself it is neither recorded since nor dated before",
      "d1 created outreach @2025-06-20 known 2025-06-23; "
      "d2 created outreach @2025-06-23 known 2025-06-24",
      NULL, "0\n" },
    { "what is recorded after the date is not asked for",
      "d1 created outreach @2025-06-20 known 2025-06-30T23:59:59; "
      "d2 created outreach @2025-06-20 known 2025-07-01",
      NULL, "1\n#1 d1 dealCreated at 2025-06-20T12:00:00Z recorded 2025-06-30T23:59:59Z\n" },
    { "the first five, by their instants, then as they came",
      "d6 touched @2025-06-20 known 2025-06-24; d1..d5 touched @2025-06-2% known 2025-06-24; "
      "d7 touched @2025-06-20; d8 touched @2025-06-01; d9 touched @2025-06-19",
      NULL,
      "6\n#8 d8 outreachAttempted at 2025-06-01T12:00:00Z recorded 2025-06-24T12:00:00Z\n"
      "#9 d9 outreachAttempted at 2025-06-19T12:00:00Z recorded 2025-06-24T12:00:00Z\n"
      "#1 d6 outreachAttempted at 2025-06-20T12:00:00Z recorded 2025-06-24T12:00:00Z\n"
      "#7 d7 outreachAttempted at 2025-06-20T12:00:00Z recorded 2025-06-24T12:00:00Z\n"
      "#2 d1 outreachAttempted at 2025-06-21T12:00:00Z recorded 2025-06-24T12:00:00Z\n" },
    { "a retraction is none, and what it names is none, unless that was taken back",
      "a: d1 touched @2025-06-20 known 2025-06-24; b: d2 touched @2025-06-20; "
      "x: retract a @2025-06-20; y: retract b @2025-06-20; retract y @2025-06-20",
      NULL, "1\nb d2 outreachAttempted at 2025-06-20T12:00:00Z recorded 2025-06-24T12:00:00Z\n" },
    { "retracted after the date it counts for nothing, known before that it counts",
      "a: d1 touched @2025-06-20 known 2025-06-24; retract a @2025-06-20 known 2025-07-03", NULL,
      "0\n" },
    { "known before the retraction it counts",
      "a: d1 touched @2025-06-20 known 2025-06-24; retract a @2025-06-20 known 2025-07-03",
      "2025-07-02",
      "1\na d1 outreachAttempted at 2025-06-20T12:00:00Z recorded 2025-06-24T12:00:00Z\n" },
};

static void late_row(void **state)
{
    const struct late *row = *state;
    const int64_t since_us = story_when("2025-06-23");
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    struct recount_question question = at_the_end(rules);

    question.has_known = row->known != NULL;
    if (row->known)
        question.known_us = story_when(row->known);
    law_told(&late_answer, row->story, &question, &since_us, row->want);
    bc_rules_free(rules);
}

/* --- random ledgers --- */

/* With reviews and playbooks, some of which were taken back. */
static void open_world(struct law_world *world, unsigned n)
{
    uint64_t random = 70 + n;
    const struct events *logged;
    int64_t recorded_us;

    law_world_open(world, n);
    logged = &world->history.logged;
    recorded_us = logged->at[logged->n - 1].recorded_us;
    for (size_t i = 0; i < 6; i++) {
        const enum bc_body body = i % 3 ? BC_REVIEW_HELD : BC_PLAYBOOK_PUBLISHED;
        const char *id = events_printf(&world->added, "since/%zu", i);
        const int64_t at_us = logged->at[history_random(&random, logged->n)].occurred_us;

        events_add(&world->added, body, id, "", at_us, recorded_us);
        if (body == BC_PLAYBOOK_PUBLISHED)
            events_set_text(&world->added, 1, "p");
        if (i % 2)
            continue;
        events_add(&world->added, BC_RETRACTED, events_printf(&world->added, "since/x%zu", i), "",
                   at_us, recorded_us);
        events_set_text(&world->added, BC_RETRACTED_EVENT, id);
    }
    law_world_append(world);
}

static void draw_nothing(void *ask, struct recount_question *question,
                         const struct law_world *world, size_t i, uint64_t *random)
{
    (void)ask;
    (void)question;
    (void)world;
    (void)i;
    (void)random;
}

static void the_projection_looks_from_where_the_recount_does(void **state)
{
    static const struct law law = { .answer = &since_answer,
                                    .open = open_world,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 30,
                                    .draw = draw_nothing,
                                    .threads = { 1 } };
    int nothing;

    (void)state;
    law_like_recount(&law, &nothing);
}

static void draw_since(void *ask, struct recount_question *question, const struct law_world *world,
                       size_t i, uint64_t *random)
{
    int64_t *since_us = ask;

    (void)random;
    *since_us =
        bc_zone_window_begin(world->rules->zone, question->as_of_us, (int32_t)(i % 5) * 30 + 7);
}

static void the_projection_finds_late_what_the_recount_does(void **state)
{
    static const struct law law = { .answer = &late_answer,
                                    .open = open_world,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 40,
                                    .seed = 5,
                                    .draw = draw_since,
                                    .threads = { 1 },
                                    .long_len = 200 };
    int64_t since_us;

    (void)state;
    assert_true(law_like_recount(&law, &since_us) > 50);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + ARRAY_LEN(lates) + 2] = {
        cmocka_unit_test(the_projection_looks_from_where_the_recount_does),
        cmocka_unit_test(the_projection_finds_late_what_the_recount_does),
    };
    size_t n = 2;

    ROWS(told, told_row);
    ROWS(lates, late_row);
    return cmocka_run_group_tests_name("model/since", tests, NULL, NULL);
}
