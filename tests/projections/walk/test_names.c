/* projections/walk/names: many deals, seen in one walk, are called what each is called by itself.
 */
#include "projections/walk/deal_names.h"
#include "projections/walk/names.h"
#include "tests/model/cases.h"
#include "tests/support/check.h"
#include "tests/support/story.h"

#include <stdio.h>
#include <stdlib.h>

enum { DEALS = BC_NAMES_READ_EACH + 144, FEW = 20 };
_Static_assert(DEALS >= 400, "the story tells of 400 deals");

static const char story[] =
    "d1..d400 created outreach name Deal-% @2025-01-01; d2..d90 set deal_name New-% @2025-01-03;"
    "d80..d120 set deal_name Later-% @2025-06-01; d130..d140 set deal_name Late-% @2025-01-05 "
    "known "
    "2025-07-01; d150..d160 unset deal_name @2025-01-06; x: d170 set deal_name Wrong @2025-01-07;"
    "retract x; d390 deleted @2025-01-08";

struct world {
    bc_log *log;
    bc_timelines *timelines;
    bc_rules *rules;
    struct bc_str ids[DEALS];
    char text[DEALS][8];
    struct bc_err err;
};

static int begin(void **state)
{
    struct world *world = bc_calloc(1, sizeof(*world));

    check_ok(bc_log_open(&world->log, bc_store_memory(), true, NULL, &world->err), &world->err);
    story_append(world->log, story);
    check_ok(bc_timelines_open(&world->timelines, world->log, BC_FROM_CACHE, &world->err),
             &world->err);
    world->rules = model_case_rules(&(struct model_case){ 0 });
    for (size_t i = 0; i < DEALS; i++) { /* from the last to the first */
        snprintf(world->text[i], sizeof(world->text[i]), "d%zu", DEALS - i);
        world->ids[i] = bc_str_of(world->text[i]);
    }
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

/* Of the first n, at the end of January, on so many threads. */
static void check_names(struct world *world, size_t n, bool known_asked, unsigned threads)
{
    const int64_t as_of_us = story_when("2025-01-31");
    const struct bc_question question = { .rules = world->rules,
                                          .as_of_us = &as_of_us,
                                          .date_n = 1,
                                          .known_asked = known_asked,
                                          .known_us = as_of_us,
                                          .threads = threads };
    struct bc_names names;
    bc_deal_names *each;

    check_ok(bc_names_read(&names, world->timelines, &question, world->ids, n, &world->err),
             &world->err);
    check_ok(bc_deal_names_open(&each, world->timelines, &question, &world->err), &world->err);
    assert_int_equal(names.n, n);
    for (size_t i = 0; i < n; i++) {
        const struct bc_str got = bc_names_of(&names, world->ids[i]);
        struct bc_deal_name want;

        check_ok(bc_deal_names_get(each, &want, world->ids[i], &world->err), &world->err);
        if (!bc_str_eq(got, want.name))
            fail_msg("%s is called '%.*s', not '%.*s'", world->text[i], BC_STR_ARG(got),
                     BC_STR_ARG(want.name));
    }
    assert_int_equal(bc_names_of(&names, BC_STR("d0")).len, 0);
    bc_deal_names_free(each);
    bc_names_release(&names);
}

static void many_are_called_what_each_is(void **state)
{
    check_names(*state, DEALS, false, 1);
    check_names(*state, DEALS, true, 1);
    check_names(*state, DEALS, false, 3);
}

static void so_are_few_and_none(void **state)
{
    _Static_assert((int)FEW < (int)BC_NAMES_READ_EACH, "few are read one by one");
    check_names(*state, FEW, true, 1);
    check_names(*state, 0, false, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(many_are_called_what_each_is, begin, end),
        cmocka_unit_test_setup_teardown(so_are_few_and_none, begin, end),
    };

    return cmocka_run_group_tests_name("projections/walk/names", tests, NULL, NULL);
}
