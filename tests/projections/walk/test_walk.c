/* projections/walk/walk: questions that one walk answers are asked of the same timelines, with the
 * same rules and knowledge; others it refuses. */
#include "projections/walk/walk.h"
#include "tests/support/check.h"
#include "tests/support/rules.h"
#include "tests/support/story.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

struct world {
    bc_log *log;
    bc_timelines *timelines;
    bc_rules *rules;
    struct bc_err err;
};

static int begin(void **state)
{
    struct world *world = bc_calloc(1, sizeof(*world));

    check_ok(bc_log_open(&world->log, bc_store_memory(), true, NULL, &world->err), &world->err);
    story_append(world->log, "d1 created outreach @2025-01-02; d1 moved discovery @2025-01-10");
    check_ok(bc_timelines_open(&world->timelines, world->log, BC_FROM_CACHE, &world->err),
             &world->err);
    world->rules = rules_default();
    *state = world;
    return 0;
}

static int end(void **state)
{
    struct world *world = *state;

    bc_timelines_free(world->timelines);
    bc_log_close(world->log);
    bc_rules_free(world->rules);
    free(world);
    return 0;
}

static void begin_part(void *part, void *payload)
{
    (void)part;
    (void)payload;
}

static bc_status see_deal(void *part, const struct bc_deal *deal, struct bc_view *view,
                          struct bc_err *err)
{
    (void)deal;
    (void)view;
    (void)err;
    ++*(size_t *)part;
    return BC_OK;
}

static void join_part(void *payload, void *part)
{
    *(size_t *)payload += *(size_t *)part;
}

static void end_part(void *part)
{
    (void)part;
}

/* How many deals two questions saw, of which the second knows as `other` says. */
static size_t seen(struct world *world, const struct bc_question *other)
{
    static const struct bc_walker walker = { sizeof(size_t), begin_part, see_deal, join_part,
                                             end_part };
    const int64_t as_of_us = story_when("2025-01-31");
    struct bc_question questions[2] = { { .rules = world->rules }, *other };
    struct bc_walk walks[2];
    struct bc_walked both[2];
    size_t n = 0;

    for (size_t i = 0; i < 2; i++) {
        questions[i].rules = world->rules;
        questions[i].as_of_us = &as_of_us;
        questions[i].date_n = 1;
        check_ok(bc_walk_init(&walks[i], world->timelines, &questions[i], &world->err),
                 &world->err);
        both[i] = (struct bc_walked){ &walks[i], &walker, &n, NULL };
    }
    check_ok(bc_walk_answer(both, 2, BC_OK, &world->err), &world->err);
    for (size_t i = 0; i < 2; i++)
        bc_walk_release(&walks[i]);
    return n;
}

static void each_question_sees_each_deal(void **state)
{
    assert_int_equal(seen(*state, &(struct bc_question){ 0 }), 2);
}

static void by_which_clock_is_nothing_where_all_is_known(void **state)
{
    assert_int_equal(seen(*state, &(struct bc_question){ .by_source = true, .known_us = 1 }), 2);
}

/* The memory store has no threads, so a fork is enough. */
static void check_refused(struct world *world, const struct bc_question *other)
{
    int status;
    pid_t child;

#ifdef NDEBUG
    skip();
#endif
    child = fork();
    if (child == 0) {
        (void)signal(SIGABRT, SIG_DFL); /* cmocka has its own */
        (void)close(STDERR_FILENO);
        (void)seen(world, other);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void questions_that_know_otherwise_are_refused(void **state)
{
    static const struct bc_override override = { 0 };
    const int64_t known_us = story_when("2025-01-05");

    check_refused(*state, &(struct bc_question){ .known_asked = true, .known_us = known_us });
    check_refused(*state, &(struct bc_question){ .last_seq = 1 });
    check_refused(*state, &(struct bc_question){ .override = &override });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_question_sees_each_deal, begin, end),
        cmocka_unit_test_setup_teardown(by_which_clock_is_nothing_where_all_is_known, begin, end),
        cmocka_unit_test_setup_teardown(questions_that_know_otherwise_are_refused, begin, end),
    };

    return cmocka_run_group_tests_name("projections/walk/walk", tests, NULL, NULL);
}
