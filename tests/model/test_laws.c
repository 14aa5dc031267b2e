/* tests/model/test_laws.c - laws on random ledgers: the timelines answer like a replay straight
 * from the log and like the naive recount, on however many threads; a series like each of its
 * dates; what was known at a time like the log as it was; and neither importing twice nor the order
 * of importing changes a figure. */
#include "projections/report/report.h"
#include "tests/model/answered.h"
#include "tests/model/rules_text.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

#include <stdlib.h>

#define WORLDS 24

struct world {
    bc_zone *zone;
    bc_rules *rules;
    struct history history;
    uint64_t seed;
    bc_log *log;
    bc_timelines *timelines;
};

static bc_timelines *open_timelines(bc_log *log, enum bc_source source)
{
    bc_timelines *timelines = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_timelines_open(&timelines, log, source, &err), &err);
    return timelines;
}

static bc_log *new_log(void)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    return log;
}

static void update(bc_log *log)
{
    struct bc_err err = { 0 };

    check_ok(bc_timelines_update(log, &err), &err);
}

/* The cache is brought up to date somewhere on the way, so that both it and the tail after it
 * contribute to the answers. */
static void world_open(struct world *world, unsigned n)
{
    struct history_plan plan = history_plan_of(n, &world->zone);
    const struct events *offered = &world->history.offered;
    size_t half;

    world->seed = plan.seed;
    world->rules = rules_of_law(n, bc_zone_name(world->zone));
    history_make(&world->history, &plan);
    world->log = new_log();
    half = offered->n * (n % 4) / 3;
    events_append(world->log, offered->at, half);
    update(world->log);
    events_append(world->log, offered->at + half, offered->n - half);
    world->timelines = open_timelines(world->log, BC_FROM_CACHE);
}

static void world_close(struct world *world)
{
    bc_timelines_free(world->timelines);
    bc_log_close(world->log);
    history_release(&world->history);
    bc_rules_free(world->rules);
    bc_zone_free(world->zone);
}

/* A question of a world, by turns with and without each of the clocks. */
static struct recount_question question_of(const struct world *world, size_t asked, size_t turn)
{
    const struct history *history = &world->history;

    return (struct recount_question){ .as_of_us = history->asked[asked],
                                      .has_known = turn % 3 != 0,
                                      .known_us = history->known[turn % history->known_n],
                                      .clock_source = turn % 3 == 2,
                                      .threads = turn % 8 ? 1 : 2 + (unsigned)(turn / 8 % 3),
                                      .rules = world->rules };
}

static void timelines_answer_like_the_recount(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct world world;

        world_open(&world, n);
        for (size_t i = 0; i < world.history.asked_n; i++) {
            struct recount_question question = question_of(&world, i, i + n);
            struct recount want, got;

            recount_make(&want, world.history.logged.at, world.history.logged.n, &question);
            answered_make(&got, world.timelines, &question);
            answered_check(world.seed, &want, &got, true);
            recount_release(&want);
            recount_release(&got);
        }
        world_close(&world);
    }
}

static void timelines_answer_like_a_replay_of_the_log(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        bc_timelines *straight;
        struct world world;

        world_open(&world, n);
        straight = open_timelines(world.log, BC_FROM_LOG);
        for (size_t i = 0; i < world.history.asked_n; i++) {
            struct recount_question question = question_of(&world, i, i + n);
            struct recount want, got;

            answered_make(&want, straight, &question);
            answered_make(&got, world.timelines, &question);
            answered_check(world.seed, &want, &got, true);
            recount_release(&want);
            recount_release(&got);
        }
        bc_timelines_free(straight);
        world_close(&world);
    }
}

static void a_series_answers_like_each_of_its_dates(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        enum { DATES = 90 };
        int64_t as_of_us[DATES];
        struct recount series[DATES];
        struct world world;
        struct recount_question question;
        int32_t first;

        world_open(&world, n);
        question = question_of(&world, 0, n);
        first = bc_zone_day(world.zone, world.history.asked[0]) - DATES / 2;
        for (int32_t i = 0; i < DATES; i++)
            as_of_us[i] = bc_zone_day_end(world.zone, first + i * (1 + (int32_t)(n % 9)));
        answered_series(series, world.timelines, &question, as_of_us, DATES);
        for (size_t i = 0; i < DATES; i++) {
            struct recount alone;

            question.as_of_us = as_of_us[i];
            answered_series(&alone, world.timelines, &question, &as_of_us[i], 1);
            answered_check(world.seed, &alone, &series[i], false);
            recount_release(&alone);
            recount_release(&series[i]);
        }
        world_close(&world);
    }
}

static void check_date(struct bc_report *alone, struct bc_report *several, size_t date)
{
    size_t n = alone->rules->metric_n * alone->rules->slice_n;

    bc_report_show(alone, date);
    bc_report_show(several, date);
    for (size_t i = date * n; i < (date + 1) * n; i++)
        assert_true(answered_same_cell(&alone->cells[i], &several->cells[i]));
}

static struct bc_report *answered_on(const struct world *world, const int64_t *as_of_us, size_t n,
                                     unsigned threads)
{
    const struct bc_question asked = {
        .rules = world->rules, .as_of_us = as_of_us, .date_n = n, .threads = threads
    };
    const struct bc_report_options options = { .lists = true };
    struct bc_report *report = NULL;
    struct bc_err err = { 0 };

    check_ok(bc_report_make(&report, world->timelines, &asked, &options, &err), &err);
    return report;
}

static void any_number_of_threads_answers_alike(void **state)
{
    enum { DATES = 40 };

    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        static const unsigned threads[] = { 2, 3, 7 };
        int64_t as_of_us[DATES];
        struct bc_report *alone;
        struct world world;

        world_open(&world, n);
        for (size_t i = 0; i < DATES; i++)
            as_of_us[i] = world.history.asked[0] + ((int64_t)i - DATES / 2) * 9 * BC_DAY_US;
        alone = answered_on(&world, as_of_us, DATES, 1);
        for (size_t t = 0; t < ARRAY_LEN(threads); t++) {
            struct bc_report *several = answered_on(&world, as_of_us, DATES, threads[t]);

            for (size_t date = 0; date < DATES; date++)
                check_date(alone, several, date);
            for (size_t i = 0; i < DATES * world.rules->red_line_n; i++)
                assert_true(answered_same_line(&alone->red_lines[i], &several->red_lines[i]));
            bc_report_free(several);
        }
        bc_report_free(alone);
        world_close(&world);
    }
}

static void known_at_answers_like_the_log_as_it_was(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n++) {
        struct world world;

        world_open(&world, n);
        for (size_t i = 0; i < world.history.known_n; i += 4) {
            struct recount_question question = question_of(&world, i, i);
            const struct events *logged = &world.history.logged;
            bc_timelines *then;
            struct recount want, got;
            bc_log *part = new_log();
            size_t m = 0;

            question.has_known = true;
            question.clock_source = false;
            while (m < logged->n && logged->at[m].recorded_us <= question.known_us)
                m++;
            events_append(part, logged->at, m);
            then = open_timelines(part, BC_FROM_CACHE);
            answered_make(&got, world.timelines, &question);
            question.has_known = false;
            answered_make(&want, then, &question);
            answered_check(world.seed, &want, &got, true);
            recount_release(&want);
            recount_release(&got);
            bc_timelines_free(then);
            bc_log_close(part);
        }
        world_close(&world);
    }
}

/* Appends everything at one recorded time. */
static void append_all(bc_log *log, const struct bc_event *events, const size_t *order, size_t n,
                       uint64_t want_added)
{
    struct bc_err err = { 0 };
    bc_append *append = NULL;

    check_ok(bc_append_open(&append, log, INT64_C(2000000000000000), &err), &err);
    for (size_t i = 0; i < n; i++)
        check_ok(bc_append_add(append, &events[order[i]], i + 1, false, NULL, NULL, &err), &err);
    assert_int_equal(bc_append_sum(append).added, want_added);
    check_ok(bc_append_commit(append, &err), &err);
    bc_append_free(append);
}

static void importing_twice_changes_nothing(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n += 4) {
        const struct events *offered;
        struct bc_head before;
        struct world world;
        size_t *order;

        world_open(&world, n);
        offered = &world.history.offered;
        before = *bc_log_head(world.log);
        order = bc_calloc(offered->n, sizeof(*order));
        for (size_t i = 0; i < offered->n; i++)
            order[i] = i;
        append_all(world.log, offered->at, order, offered->n, 0);
        assert_memory_equal(&before, bc_log_head(world.log), sizeof(before));
        free(order);
        world_close(&world);
    }
}

static bool same_instant(const struct events *events, int64_t occurred_us, size_t but)
{
    for (size_t i = 0; i < events->n; i++)
        if (i != but && events->at[i].occurred_us == occurred_us)
            return true;
    return false;
}

/* Ties and retractions aside, which the order of the log decides by design, lines may come in any
 * order. */
static void order_of_import_changes_nothing_but_ties(void **state)
{
    (void)state;
    for (unsigned n = 0; n < WORLDS; n += 2) {
        bc_log *forward = new_log(), *shuffled = new_log();
        bc_timelines *a, *b;
        struct world world;
        size_t *order, m = 0;
        uint64_t random = n + 1;

        world_open(&world, n);
        order = bc_calloc(world.history.logged.n, sizeof(*order));
        for (size_t i = 0; i < world.history.logged.n; i++) {
            const struct bc_event *event = &world.history.logged.at[i];

            if (event->body != BC_RETRACTED &&
                !same_instant(&world.history.logged, event->occurred_us, i))
                order[m++] = i;
        }
        append_all(forward, world.history.logged.at, order, m, m);
        for (size_t i = m; i > 1; i--) {
            size_t j = history_random(&random, i), swap = order[i - 1];

            order[i - 1] = order[j];
            order[j] = swap;
        }
        append_all(shuffled, world.history.logged.at, order, m, m);
        a = open_timelines(forward, BC_FROM_CACHE);
        b = open_timelines(shuffled, BC_FROM_CACHE);
        for (size_t i = 0; i < world.history.asked_n; i += 3) {
            struct recount_question question = { .as_of_us = world.history.asked[i],
                                                 .rules = world.rules };
            struct recount want, got;

            answered_make(&want, a, &question);
            answered_make(&got, b, &question);
            answered_check(world.seed, &want, &got, true);
            recount_release(&want);
            recount_release(&got);
        }
        bc_timelines_free(a);
        bc_timelines_free(b);
        bc_log_close(forward);
        bc_log_close(shuffled);
        free(order);
        world_close(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(timelines_answer_like_the_recount),
        cmocka_unit_test(timelines_answer_like_a_replay_of_the_log),
        cmocka_unit_test(a_series_answers_like_each_of_its_dates),
        cmocka_unit_test(any_number_of_threads_answers_alike),
        cmocka_unit_test(known_at_answers_like_the_log_as_it_was),
        cmocka_unit_test(importing_twice_changes_nothing),
        cmocka_unit_test(order_of_import_changes_nothing_but_ties),
    };

    return cmocka_run_group_tests_name("model/laws", tests, NULL, NULL);
}
