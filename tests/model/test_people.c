/* tests/model/test_people.c - told cases of who did what, by the projection and by the recount; and
 * on random ledgers that both agree on any threads, that what is known at an instant is the answer
 * of the log as it was, and that slices add up. */
#include "tests/model/law_recount.h"
#include "tests/model/recount_people.h"
#include "tests/model/rules_text.h"
#include "tests/model/work_world.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

enum { SLICE_NEW, SLICE_EXISTING, SLICE_ALL };

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_people *people = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_people_make(&people, timelines, &question, ask, &err), &err);
    recount_people_print(out, people);
    bc_people_free(people);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_people(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

#define EVER .since_us = INT64_MIN, .list_move = BC_PERSON_MOVE_N

static struct told {
    const char *name, *story;
    struct bc_people_ask ask;
    const char *want;
} told[] = {
    { "events are counted by kind, and each deal once",
      "d1 created outreach by amy; d1 touched by amy; d1 touched by amy; d2 touched by amy; "
      "d2 touched by bo; d1 touched",
      { .slice = SLICE_ALL, EVER },
      " 1 deals 1 outreachAttempted 1\namy 4 deals 2 dealCreated 1 outreachAttempted 3\n"
      "bo 1 deals 1 outreachAttempted 1\n" },
    { "by source, where there are no roles",
      "d1 created outreach by amy via hubspot; d1 touched by amy via manual; - role amy hunter",
      { .slice = SLICE_ALL, EVER, .by = BC_PEOPLE_BY_SOURCE },
      " 1 roleAssigned 1\nhubspot 1 deals 1 dealCreated 1\n"
      "manual 1 deals 1 outreachAttempted 1\n" },
    { "moves go forward and backward in the order of the rules; to lost and from there is neither",
      "d1 created outreach by amy; d1 moved proposal by amy; d1 moved discovery by amy; "
      "d1 moved closed_lost by amy; d1 moved enrichment by amy; d1 moved closed_won by amy; "
      "d1 moved closed_won_complete by bo",
      { .slice = SLICE_ALL, EVER },
      "amy 6 deals 1 forward 2 backward 1 lost 1 reopened 1 dealCreated 1 stageChanged 5\n"
      "bo 1 deals 1 forward 1 stageChanged 1\n" },
    { "a creation moves nothing, nor does being found; a second creation may",
      "d1 created closed_lost by amy; d2 found outreach by amy; d2 observed discovery by amy; "
      "d2 moved proposal by amy; d3 created outreach by amy; d3 created discovery by amy",
      { .slice = SLICE_ALL, EVER },
      "amy 6 deals 3 forward 2 dealCreated 4 stageChanged 2\n" },
    { "a stage that the rules do not know has no order, but being lost is being lost",
      "d1 created limbo by amy; d1 moved outreach by amy; d1 moved limbo by amy; "
      "d1 moved closed_lost by amy; d1 moved limbo by amy; d1 moved limbo by amy",
      { .slice = SLICE_ALL, EVER },
      "amy 6 deals 1 lost 1 reopened 1 dealCreated 1 stageChanged 5\n" },
    { "the window begins after an instant and ends with the date",
      "d1 created outreach by amy @2025-01-31T23:59:59.999999; "
      "d1 moved discovery by amy @2025-02-01T00:00; "
      "d1 moved proposal by amy @2025-06-30T23:59:59.999999; "
      "d1 moved closed_won by amy @2025-07-01T00:00",
      { .slice = SLICE_ALL, .list_move = BC_PERSON_MOVE_N },
      "amy 2 deals 1 forward 2 stageChanged 2\n" },
    { "what was retracted did not happen, the retraction did; and one that was retracted did not",
      "x: d1 created outreach by amy; x2: d1 touched by amy; y: retract x by bo; "
      "z: retract x2 by bo; retract z by bo",
      { .slice = SLICE_ALL, EVER },
      "amy 1 deals 1 outreachAttempted 1\nbo 2 retracted 2\n" },
    { "a retraction counts whenever it is dated",
      "x: d1 touched by amy; retract x by bo @2025-07-01",
      { .slice = SLICE_ALL, EVER },
      "" },
    { "gone deals are left out, and events of no deal are in a slice of all deals alone",
      "d1 created outreach by amy; d1 deleted by amy; - learned early by amy; "
      "d2 created outreach type newbusiness by amy",
      { .slice = SLICE_ALL, EVER },
      "amy 2 deals 1 dealCreated 1 learningRecorded 1\n" },
    { "a slice has its deals' events alone, whatever they are about",
      "d1 created outreach type newbusiness by amy; d2 created outreach by amy; "
      "- learned early by amy; d1 concluded x1 by amy; d3 concluded x1 by amy",
      { .slice = SLICE_NEW, EVER },
      "amy 2 deals 1 dealCreated 1 experimentConcluded 1\n" },
    { "of a role the last word by the date counts, also of who did nothing",
      "- role amy hunter by zed; - role amy farmer by zed; - role bo hunter by zed; "
      "- role bo hunter ended by zed; - role cy hunter ended by zed @2025-01-02; "
      "- role cy hunter by zed @2025-01-02; - role dee hunter by zed @2025-07-01",
      { .slice = SLICE_ALL, EVER },
      "amy 0 roles farmer,hunter\ncy 0 roles hunter\nzed 6 roleAssigned 6\n" },
    { "the deals of what one did can be named",
      "d1 touched by amy; d2 touched by bo; x: d3 touched by amy; d4 created outreach by amy; "
      "retract x; - learned early by amy",
      { .slice = SLICE_ALL,
        EVER,
        .list = true,
        .list_who = BYTES("amy"),
        .list_body = BC_OUTREACH_ATTEMPTED },
      " 1 retracted 1\n"
      "amy 3 deals 2 dealCreated 1 outreachAttempted 1 learningRecorded 1\n"
      "bo 1 deals 1 outreachAttempted 1\ndeal d1\n" },
    { "and those of one kind of move",
      "d1..d2 created outreach by amy; d2 moved closed_lost by amy",
      { .slice = SLICE_ALL,
        .since_us = INT64_MIN,
        .list = true,
        .list_who = BYTES("amy"),
        .list_move = BC_PERSON_LOST },
      "amy 3 deals 2 lost 1 dealCreated 2 stageChanged 1\ndeal d2\n" },
};

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };
    struct bc_people_ask ask = row->ask;

    if (ask.since_us == 0)
        ask.since_us = law_day_end(rules, "2025-01-31");
    law_told(&answer, row->story, &question, &ask, row->want);
    bc_rules_free(rules);
}

/* --- laws --- */

static void draw(void *of, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    static const struct bc_str names[] = { BYTES("amy"), BYTES("bo"), BYTES("manual"), { 0 } };
    static const enum bc_body bodies[] = { BC_NO_BODY, BC_STAGE_CHANGED, BC_RETRACTED };

    (void)i;
    *(struct bc_people_ask *)of = (struct bc_people_ask){
        .slice = (unsigned)history_random(random, world->rules->slice_n),
        .since_us = history_random(random, 2)
                        ? INT64_MIN
                        : bc_zone_window_begin(world->rules->zone, question->as_of_us, 120),
        .by = history_random(random, 2) ? BC_PEOPLE_BY_ACTOR : BC_PEOPLE_BY_SOURCE,
        .list = history_random(random, 2),
        .list_who = names[history_random(random, ARRAY_LEN(names))],
        .list_move = (enum bc_person_move_kind)history_random(random, BC_PERSON_MOVE_N + 1),
        .list_body = bodies[history_random(random, ARRAY_LEN(bodies))],
    };
}

static const struct law law = { .answer = &answer,
                                .open = work_world_open,
                                .world_n = LAW_WORLDS,
                                .question_n = 24,
                                .seed = 13,
                                .draw = draw,
                                .long_len = 300 };

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    struct bc_people_ask ask;

    (void)state;
    assert_true(law_like_recount(&law, &ask) > LAW_WORLDS);
}

static void known_at_an_instant_it_is_the_answer_of_the_log_as_it_was(void **state)
{
    struct bc_people_ask ask;

    (void)state;
    law_known_at_prefix(&law, &ask);
}

/* What all did in a slice: events, moves, and deals touched, which each may have done. */
struct sum {
    uint64_t n, moves, deals;
};

static struct sum sum_of(const struct law_world *world, const struct recount_question *asked,
                         unsigned slice, enum bc_people_by by)
{
    const struct bc_question question = law_asked(asked);
    const struct bc_people_ask ask = { .slice = slice, EVER, .by = by };
    struct bc_people *people = NULL;
    struct bc_err err = { 0 };
    struct sum sum = { 0 };

    check_ok(bc_people_make(&people, world->timelines, &question, &ask, &err), &err);
    for (size_t i = 0; i < people->row_n; i++) {
        const struct bc_person *person = &people->rows[i];
        uint64_t of = 0;

        for (int body = 0; body < BC_BODY_END; body++)
            of += person->of[body];
        assert_int_equal(of, person->n);
        assert_true(person->deals <= person->n);
        sum.n += person->n;
        sum.deals += person->deals;
        for (int kind = 0; kind < BC_PERSON_MOVE_N; kind++)
            sum.moves += person->moves[kind];
    }
    bc_people_free(people);
    return sum;
}

static void check_sums(const struct law_world *world, const struct recount_question *asked,
                       bool parted)
{
    const struct sum fresh = sum_of(world, asked, SLICE_NEW, BC_PEOPLE_BY_ACTOR);
    const struct sum existing = sum_of(world, asked, SLICE_EXISTING, BC_PEOPLE_BY_ACTOR);
    const struct sum all = sum_of(world, asked, SLICE_ALL, BC_PEOPLE_BY_ACTOR);
    const struct sum sources = sum_of(world, asked, SLICE_ALL, BC_PEOPLE_BY_SOURCE);

    assert_int_equal(all.n, sources.n);
    assert_int_equal(all.moves, sources.moves);
    if (!parted)
        return;
    assert_true(fresh.n + existing.n <= all.n);
    assert_true(fresh.moves + existing.moves <= all.moves);
    assert_true(fresh.deals + existing.deals <= all.deals);
}

/* Beside two slices there are deals without a type, and events of no deal. */
static void actors_and_sources_did_the_same_and_slices_add_up_to_no_more_than_all(void **state)
{
    (void)state;
    for (unsigned n = 0; n < LAW_WORLDS; n++) {
        struct law_world world;

        work_world_open(&world, n);
        for (size_t i = 0; i < 6; i++) {
            const struct recount_question asked = law_question(&world, i);

            check_sums(&world, &asked, n % 4 != 1); /* there a deal may be in two slices */
        }
        law_world_close(&world);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 3] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
        cmocka_unit_test(known_at_an_instant_it_is_the_answer_of_the_log_as_it_was),
        cmocka_unit_test(actors_and_sources_did_the_same_and_slices_add_up_to_no_more_than_all),
    };
    size_t n = 3;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/people", tests, NULL, NULL);
}
