/* tests/model/test_paths.c - told cases of paths, by the projection and by the recount; and on
 * random ledgers that both agree on any number of threads, and that lists name what is counted. */
#include "tests/model/law_recount.h"
#include "tests/model/recount_paths.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"

enum { SLICE_NEW = 0, SLICE_ALL = 2 };

static struct bc_paths *answered(bc_timelines *timelines, const struct recount_question *asked,
                                 const struct bc_paths_ask *ask)
{
    const struct bc_question question = law_asked(asked);
    struct bc_paths *paths = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_paths_make(&paths, timelines, &question, ask, &err), &err);
    return paths;
}

static void print_answer(struct bc_buf *out, bc_timelines *timelines,
                         const struct recount_question *asked, const void *ask)
{
    struct bc_paths *paths = answered(timelines, asked, ask);

    recount_paths_print(out, paths);
    bc_paths_free(paths);
}

static void count(struct bc_buf *out, const struct bc_event *events, size_t n,
                  const struct recount_question *question, const void *ask)
{
    recount_paths(out, events, n, question, ask);
}

static const struct law_answer answer = { .project = print_answer, .recount = count };

static struct told {
    const char *name, *story;
    unsigned slice;
    const char *since, *want;
} told[] = {
    { "deals of one sequence of visits are one path, with the median of their days",
      "d1 created outreach @2025-01-01; d1 moved discovery @2025-01-03; "
      "d2 created outreach @2025-01-01; d2 moved discovery @2025-01-06; d3 created outreach",
      SLICE_ALL, NULL,
      "outreach > discovery: 2, 0 won, 3.500000 days\noutreach: 1, 0 won, 0.000000 days\n" },
    { "back and forth is another way, the same stage again is one visit",
      "d1 created outreach @2025-01-01; d1 moved discovery @2025-01-02; "
      "d1 moved outreach @2025-01-03; d1 moved outreach @2025-01-04; "
      "d1 moved discovery @2025-01-05; d2 created outreach; d2 moved discovery",
      SLICE_ALL, NULL,
      "outreach > discovery: 1, 0 won, 1.000000 days\n"
      "outreach > discovery > outreach > discovery: 1, 0 won, 4.000000 days\n" },
    { "ever won is won, also where it was lost later; found won is not",
      "d1 created closed_won @2025-01-01; d1 moved closed_lost @2025-01-02; "
      "d2 found closed_won @2025-01-01; d2 moved closed_lost @2025-01-02; "
      "d3 created closed_won_complete; d4 created outreach; d4 moved closed_won @2025-07-01",
      SLICE_ALL, NULL,
      "closed_won > closed_lost: 2, 1 won, 1.000000 days\n"
      "closed_won_complete: 1, 0 won, 0.000000 days\noutreach: 1, 0 won, 0.000000 days\n" },
    { "of as many deals the shorter path is first, then the bytes of each stage",
      "d1 created proposal; d2 created discovery; d2 moved outreach; d3 created discovery",
      SLICE_ALL, NULL,
      "discovery: 1, 0 won, 0.000000 days\ndiscovery > outreach: 1, 0 won, 1.000000 days\n"
      "proposal: 1, 0 won, 0.000000 days\n" },
    { "gone deals, those of other slices, without a stage, or that come later have none",
      "d1 created outreach type newbusiness; d1 deleted; d2 created outreach; d3 touched; "
      "d4 created outreach type newbusiness @2025-07-01; d5 created proposal type newbusiness "
      "@2025-02-01",
      SLICE_NEW, NULL, "proposal: 1, 0 won, 0.000000 days\n" },
    { "with a window, those whose first visit begins in it",
      "d1 created outreach @2025-01-05; d1 moved discovery @2025-03-01; "
      "d2 found outreach @2025-02-01",
      SLICE_ALL, "2025-01-31", "outreach: 1, 0 won, 0.000000 days\n" },
    { "a stage that the rules do not know has the name it came with",
      "d1 created limbo; d1 moved outreach", SLICE_ALL, NULL,
      "limbo > outreach: 1, 0 won, 1.000000 days\n" },
};

static void told_row(void **state)
{
    const struct told *row = *state;
    struct bc_buf yaml = rules_text();
    bc_rules *rules = rules_of_text(&yaml);
    const struct bc_paths_ask ask = {
        .slice = row->slice,
        .since_us = row->since ? law_day_end(rules, row->since) : INT64_MIN,
    };
    const struct recount_question question = { .as_of_us = law_day_end(rules, "2025-06-30"),
                                               .rules = rules,
                                               .threads = 1 };

    law_told(&answer, row->story, &question, &ask, row->want);
    bc_rules_free(rules);
}

/* --- laws --- */

static void draw(void *ask, struct recount_question *question, const struct law_world *world,
                 size_t i, uint64_t *random)
{
    (void)i;
    *(struct bc_paths_ask *)ask = (struct bc_paths_ask){
        .slice = (unsigned)history_random(random, world->rules->slice_n),
        .since_us = history_random(random, 2)
                        ? INT64_MIN
                        : bc_zone_window_begin(world->rules->zone, question->as_of_us, 60),
    };
}

/* The deals of a path are those that it counts. */
static void check_list(const struct law_world *world, const struct recount_question *question,
                       struct bc_paths_ask ask, const struct bc_path *path)
{
    struct bc_buf typed = { 0 };

    for (size_t i = 0; i < path->stage_n; i++)
        bc_buf_printf(&typed, "%s%.*s", i ? "," : "", BC_STR_ARG(path->stages[i]));
    bc_buf_add_byte(&typed, '\0');
    ask.list = typed.at;
    for (int won = 0; won < 2; won++) {
        struct bc_paths *listed;

        ask.list_won = won;
        listed = answered(world->timelines, question, &ask);
        assert_true(listed->list_found);
        assert_int_equal(listed->deal_n, won ? path->won : path->n);
        for (size_t i = 1; i < listed->deal_n; i++)
            assert_true(bc_str_cmp(listed->deals[i - 1], listed->deals[i]) < 0);
        bc_paths_free(listed);
    }
    bc_buf_release(&typed);
}

static void the_projection_answers_like_the_recount_on_any_threads(void **state)
{
    static const struct law law = { .answer = &answer,
                                    .open = law_world_open,
                                    .world_n = LAW_WORLDS,
                                    .question_n = 30,
                                    .seed = 31,
                                    .draw = draw };
    struct bc_paths_ask ask;

    (void)state;
    law_like_recount(&law, &ask);
}

static void rows_add_up_and_name_their_deals(void **state)
{
    uint64_t random = 32;

    (void)state;
    for (unsigned n = 0; n < LAW_WORLDS; n++) {
        struct law_world world;

        law_world_open(&world, n);
        for (size_t i = 0; i < 8; i++) {
            struct recount_question question = law_question(&world, i);
            struct bc_paths_ask ask;
            struct bc_paths *paths;
            uint64_t sum = 0;

            draw(&ask, &question, &world, i, &random);
            paths = answered(world.timelines, &question, &ask);
            for (size_t r = 0; r < paths->row_n; r++)
                sum += paths->rows[r].n;
            assert_int_equal(sum, paths->n);
            if (paths->row_n)
                check_list(&world, &question, ask,
                           &paths->rows[history_random(&random, paths->row_n)]);
            bc_paths_free(paths);
        }
        law_world_close(&world);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(told) + 2] = {
        cmocka_unit_test(the_projection_answers_like_the_recount_on_any_threads),
        cmocka_unit_test(rows_add_up_and_name_their_deals),
    };
    size_t n = 2;

    ROWS(told, told_row);
    return cmocka_run_group_tests_name("model/paths", tests, NULL, NULL);
}
