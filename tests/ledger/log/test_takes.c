/* What the log takes: duplicates, conflicts, retractions, kept times; all or nothing. */
#include "ledger/log/log_impl.h"
#include "tests/support/check.h"
#include "tests/support/events.h"
#include "tests/support/made.h"
#include "tests/support/memory_log.h"

#include <stdlib.h>

/* --- one event after another --- */

static const char *const source_unknown = "\xc2\x3e\x01x";

/* One event of a story, and what the log says to it. */
struct step {
    const char *id, *value; /* the value of a property; of a retraction: NULL */
    const char *retracts;
    int64_t recorded_us; /* kept where not 0 */
    bc_status want;
    const char *part; /* at fault */
    bool commit;      /* after this step */
};

static struct story_row {
    const char *name;
    struct step steps[8];
    uint64_t added, duplicates; /* in the last append */
} story_rows[] = {
    { "each new event is added",
      { { .id = "a", .value = "1" }, { .id = "b", .value = "1" } },
      2,
      0 },
    { "the same event again is a duplicate",
      { { .id = "a", .value = "1" }, { .id = "a", .value = "1", .want = BC_DONE } },
      1,
      1 },
    { "the same event in the next append is a duplicate",
      { { .id = "a", .value = "1", .commit = true }, { .id = "a", .value = "1", .want = BC_DONE } },
      0,
      1 },
    { "the id with other content is a conflict",
      { { .id = "a", .value = "1" },
        { .id = "a", .value = "2", .want = BC_E_CONFLICT, .part = "id" },
        { .id = "b", .value = "1" } },
      2,
      0 },
    { "the id with other content in the next append is a conflict",
      { { .id = "a", .value = "1", .commit = true },
        { .id = "a", .value = "2", .want = BC_E_CONFLICT, .part = "id" } },
      0,
      0 },
    { "a conflict leaves what was there",
      { { .id = "a", .value = "1" },
        { .id = "a", .value = "2", .want = BC_E_CONFLICT, .part = "id" },
        { .id = "a", .value = "1", .want = BC_DONE } },
      1,
      1 },
    { "ids that differ by a NUL's neighbour are two",
      { { .id = "a", .value = "1" }, { .id = "a\x01", .value = "1" } },
      2,
      0 },
    { "a retraction of an earlier event",
      { { .id = "a", .value = "1" }, { .id = "r", .retracts = "a" } },
      2,
      0 },
    { "a retraction of an event in an earlier append",
      { { .id = "a", .value = "1", .commit = true }, { .id = "r", .retracts = "a" } },
      1,
      0 },
    { "a retraction of an event that comes later",
      { { .id = "r", .retracts = "a", .want = BC_E_INPUT, .part = "retracted" },
        { .id = "a", .value = "1" } },
      1,
      0 },
    { "a retraction of itself",
      { { .id = "r", .retracts = "r", .want = BC_E_INPUT, .part = "retracted" } },
      0,
      0 },
    { "a retraction again is a duplicate",
      { { .id = "a", .value = "1" },
        { .id = "r", .retracts = "a", .commit = true },
        { .id = "r", .retracts = "a", .want = BC_DONE } },
      0,
      1 },
    { "two retractions of one event",
      { { .id = "a", .value = "1" },
        { .id = "r", .retracts = "a" },
        { .id = "s", .retracts = "a" } },
      3,
      0 },
    { "recorded times may be kept",
      { { .id = "a", .value = "1", .recorded_us = 100 },
        { .id = "b", .value = "1", .recorded_us = 100 },
        { .id = "c", .value = "1", .recorded_us = 101 } },
      3,
      0 },
    { "a kept time may not run backwards",
      { { .id = "a", .value = "1", .recorded_us = 100 },
        { .id = "b", .value = "1", .recorded_us = 99, .want = BC_E_INPUT, .part = "recordedAt" },
        { .id = "b", .value = "1", .recorded_us = 100 } },
      2,
      0 },
    { "nor after an earlier append",
      { { .id = "a", .value = "1", .recorded_us = 100, .commit = true },
        { .id = "b", .value = "1", .recorded_us = 99, .want = BC_E_INPUT, .part = "recordedAt" } },
      0,
      0 },
    { "a duplicate is skipped before its time is looked at",
      { { .id = "a", .value = "1", .recorded_us = 100 },
        { .id = "b", .value = "1", .recorded_us = 200 },
        { .id = "a", .value = "1", .recorded_us = 50, .want = BC_DONE } },
      2,
      1 },
    { "a bad event is refused and the rest goes on",
      { { .id = "", .value = "1", .want = BC_E_INPUT, .part = "id" }, { .id = "a", .value = "1" } },
      1,
      0 },
};

static struct bc_event event_of(const struct step *step)
{
    struct bc_event event = { .id = bc_str_of(step->id),
                              .has_occurred = true,
                              .occurred_us = 5,
                              .deal = BC_STR("d"),
                              .has_recorded = step->recorded_us != 0,
                              .recorded_us = step->recorded_us,
                              .source_unknown = { source_unknown, 4 } };

    if (step->retracts) {
        event.body = BC_RETRACTED;
        event.value[BC_RETRACTED_EVENT].text = bc_str_of(step->retracts);
    } else {
        event.body = BC_PROPERTY_CHANGED;
        event.value[BC_PROPERTY_CHANGED_NAME].text = BC_STR("tier");
        event.value[BC_PROPERTY_CHANGED_VALUE].text = bc_str_of(step->value);
    }
    return event;
}

static void story_row(void **state)
{
    const struct story_row *row = *state;
    uint64_t seqs[ARRAY_LEN(row->steps)] = { 0 }, found;
    struct bc_appended sum;
    bc_append *append = NULL;
    struct memory_log *world;
    void *room = NULL;

    assert_int_equal(memory_log_begin(&room), 0);
    world = room;
    for (size_t i = 0; i < ARRAY_LEN(row->steps) && row->steps[i].id; i++) {
        const struct step *step = &row->steps[i];
        struct bc_event event = event_of(step);
        struct bc_where where = { 0 };

        if (!append)
            check_ok(bc_append_open(&append, world->log, 50, &world->err), &world->err);
        assert_int_equal(bc_append_add(append, &event, i + 1, step->recorded_us != 0, &seqs[i],
                                       &where, &world->err),
                         step->want);
        if (step->part)
            assert_string_equal(where.part, step->part);
        if (!step->commit)
            continue;
        check_ok(bc_append_commit(append, &world->err), &world->err);
        bc_append_free(append);
        append = NULL;
    }
    sum = bc_append_sum(append);
    assert_int_equal(sum.added, row->added);
    assert_int_equal(sum.duplicates, row->duplicates);
    check_ok(bc_append_commit(append, &world->err), &world->err);
    bc_append_free(append);
    for (size_t i = 0; i < ARRAY_LEN(row->steps) && row->steps[i].id; i++) {
        assert_int_equal(seqs[i] != 0, row->steps[i].want == BC_OK);
        if (!seqs[i])
            continue;
        check_ok(bc_log_find(world->log, bc_str_of(row->steps[i].id), &found, &world->err),
                 &world->err);
        assert_int_equal(found, seqs[i]);
    }
    (void)memory_log_end(&room);
}

static void a_conflict_names_both(void **state)
{
    const struct step first = { .id = "taken", .value = "1" },
                      other = { .id = "taken", .value = "2" };
    struct bc_event one = event_of(&first), two = event_of(&other);
    struct memory_log *world = *state;
    bc_append *append;

    check_ok(bc_append_open(&append, world->log, 0, &world->err), &world->err);
    check_ok(bc_append_add(append, &one, 17, false, NULL, NULL, &world->err), &world->err);
    assert_int_equal(bc_append_add(append, &two, 18, false, NULL, NULL, &world->err),
                     BC_E_CONFLICT);
    assert_non_null(strstr(world->err.message, "taken"));
    assert_non_null(strstr(world->err.message, "entry 17"));
    assert_int_equal(bc_append_taken_by(append), 17);
    check_ok(bc_append_commit(append, &world->err), &world->err);
    bc_append_free(append);
    check_ok(bc_append_open(&append, world->log, 0, &world->err), &world->err);
    assert_int_equal(bc_append_add(append, &two, 1, false, NULL, NULL, &world->err), BC_E_CONFLICT);
    assert_non_null(strstr(world->err.message, "event 1"));
    assert_int_equal(bc_append_taken_by(append), 0);
    bc_append_free(append);
}

static void a_kept_time_must_be_there(void **state)
{
    const struct step step = { .id = "a", .value = "1" };
    struct bc_event event = event_of(&step);
    struct bc_where where = { 0 };
    struct memory_log *world = *state;
    bc_append *append;

    check_ok(bc_append_open(&append, world->log, 0, &world->err), &world->err);
    assert_int_equal(bc_append_add(append, &event, 1, true, NULL, &where, &world->err), BC_E_INPUT);
    assert_string_equal(where.part, "recordedAt");
    bc_append_free(append);
}

static void an_event_past_the_limit_is_bad_input(void **state)
{
    struct bc_buf text = { 0 };
    struct step step = { .id = "a", .value = "1" };
    struct bc_event event = event_of(&step);
    struct memory_log *world = *state;
    bc_append *append;

    memset(bc_buf_room(&text, BC_EVENT_MAX), 'x', BC_EVENT_MAX);
    text.len = BC_EVENT_MAX;
    check_ok(bc_append_open(&append, world->log, 0, &world->err), &world->err);
    event.value[BC_PROPERTY_CHANGED_VALUE].text = bc_buf_str(&text);
    assert_int_equal(bc_append_add(append, &event, 1, false, NULL, NULL, &world->err), BC_E_INPUT);
    event.value[BC_PROPERTY_CHANGED_VALUE].text.len -= 100;
    check_ok(bc_append_add(append, &event, 1, false, NULL, NULL, &world->err), &world->err);
    check_ok(bc_append_commit(append, &world->err), &world->err);
    bc_append_free(append);
    bc_buf_release(&text);
}

static void nothing_is_appended_without_a_commit(void **state)
{
    struct memory_log *world = *state;
    struct made made = { 0 };
    uint64_t seq;
    bc_append *append;

    check_ok(bc_append_open(&append, world->log, 0, &world->err), &world->err);
    check_ok(bc_append_add(append, made_event(&made, 1, 0), 1, false, NULL, NULL, &world->err),
             &world->err);
    assert_int_equal(bc_log_find(world->log, BC_STR("made/1"), &seq, &world->err), BC_DONE);
    bc_append_free(append);
    assert_int_equal(bc_log_head(world->log)->size, 0);
    made_check(world->log, 0, 0);
    made_release(&made);
}

/* There when the events are, in a small append and in a large one; alone where there are none. */
static void what_is_put_beside_the_log_goes_with_the_events(void **state)
{
    static const uint64_t sizes[] = { 3, 4500, 0 };
    const size_t filler = 1200;
    struct memory_log *world = *state;
    struct made made = { 0 };
    struct bc_buf got = { 0 };
    uint64_t next = 1;

    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        const char *value = i == 0 ? "one" : i == 1 ? "two" : "three";
        bc_append *append;

        check_ok(bc_append_open(&append, world->log, 0, &world->err), &world->err);
        for (uint64_t n = 0; n < sizes[i]; n++)
            check_ok(bc_append_add(append, made_event(&made, next++, filler), 1, false, NULL, NULL,
                                   &world->err),
                     &world->err);
        bc_append_put(append, BC_META_HUBSPOT, bc_str_of(value));
        if (bc_meta_get(world->log, BC_META_HUBSPOT, &got, NULL) == BC_OK)
            assert_false(bc_str_eq(bc_buf_str(&got), bc_str_of(value)));
        check_ok(bc_append_commit(append, &world->err), &world->err);
        bc_append_free(append);
        assert_int_equal(bc_meta_get(world->log, BC_META_HUBSPOT, &got, NULL), BC_OK);
        assert_true(bc_str_eq(bc_buf_str(&got), bc_str_of(value)));
    }
    made_check(world->log, next - 1, filler);
    bc_buf_release(&got);
    made_release(&made);
}

/* --- what it makes of them --- */

static void retractions_are_followed_to_what_they_are_about(void **state)
{
    static const struct step steps[] = { { .id = "a", .value = "1" },
                                         { .id = "b", .value = "1" },
                                         { .id = "r1", .retracts = "a" },
                                         { .id = "r2", .retracts = "r1" },
                                         { .id = "r3", .retracts = "r2" } };
    static const uint64_t want[][2] = { { 0, 0 }, { 0, 0 }, { 1, 1 }, { 3, 1 }, { 4, 1 } };

    for (int at_once = 0; at_once < 2; at_once++) {
        struct memory_log *world;
        bc_append *append = NULL;
        void *room = NULL;

        (void)state;
        assert_int_equal(memory_log_begin(&room), 0);
        world = room;
        for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
            struct bc_event event = event_of(&steps[i]);

            if (!append)
                check_ok(bc_append_open(&append, world->log, 0, &world->err), &world->err);
            check_ok(bc_append_add(append, &event, i, false, NULL, NULL, &world->err), &world->err);
            if (at_once && i + 1 < ARRAY_LEN(steps))
                continue;
            check_ok(bc_append_commit(append, &world->err), &world->err);
            bc_append_free(append);
            append = NULL;
        }
        for (uint64_t seq = 1; seq <= ARRAY_LEN(steps); seq++) {
            uint64_t target = 0, root = 0;
            bc_status rc = bc_log_retraction(world->log, seq, &target, &root, &world->err);

            assert_int_equal(rc, want[seq - 1][0] ? BC_OK : BC_DONE);
            assert_int_equal(target, want[seq - 1][0]);
            assert_int_equal(root, want[seq - 1][1]);
        }
        (void)memory_log_end(&room);
    }
}

/* --- a deal merged into itself: refused at its place, but as an older log holds it --- */

static bc_status add_merge(bc_append *append, const char *id, const char *into,
                           struct bc_where *where, struct bc_err *err)
{
    struct bc_event event = {
        .id = bc_str_of(id), .has_occurred = true, .deal = BC_STR("d1"), .body = BC_DEAL_MERGED
    };

    event.value[BC_DEAL_MERGED_INTO].text = bc_str_of(into);
    return bc_append_add(append, &event, 1, false, NULL, where, err);
}

static void a_deal_is_not_merged_into_itself(void **state)
{
    struct events old = { 0 };
    struct bc_where where = { 0 };
    struct bc_err err = { 0 };
    bc_append *append = NULL;
    bc_log *log = NULL;

    (void)state;
    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    events_add(&old, BC_DEAL_MERGED, "old", "d1", 0, 0);
    events_set_text(&old, BC_DEAL_MERGED_INTO, "d1");
    events_append(log, old.at, old.n);
    check_ok(bc_append_open(&append, log, 0, &err), &err);
    assert_int_equal(add_merge(append, "new", "d1", &where, &err), BC_E_INPUT);
    assert_string_equal(where.part, "dealMerged");
    assert_int_equal(where.field, BC_DEAL_MERGED_INTO);
    assert_int_equal(add_merge(append, "old", "d1", &where, &err), BC_DONE);
    check_ok(add_merge(append, "new", "d2", &where, &err), &err);
    check_ok(bc_append_commit(append, &err), &err);
    bc_append_free(append);
    assert_int_equal(bc_log_head(log)->size, 2);
    events_release(&old);
    bc_log_close(log);
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test_setup_teardown(a_conflict_names_both, memory_log_begin, memory_log_end),
        cmocka_unit_test_setup_teardown(a_kept_time_must_be_there, memory_log_begin,
                                        memory_log_end),
        cmocka_unit_test_setup_teardown(an_event_past_the_limit_is_bad_input, memory_log_begin,
                                        memory_log_end),
        cmocka_unit_test_setup_teardown(nothing_is_appended_without_a_commit, memory_log_begin,
                                        memory_log_end),
        cmocka_unit_test_setup_teardown(what_is_put_beside_the_log_goes_with_the_events,
                                        memory_log_begin, memory_log_end),
        cmocka_unit_test(retractions_are_followed_to_what_they_are_about),
        cmocka_unit_test(a_deal_is_not_merged_into_itself),
    };
    struct CMUnitTest tests[ARRAY_LEN(story_rows) + ARRAY_LEN(others)];

    for (size_t i = 0; i < ARRAY_LEN(story_rows); i++)
        tests[i] = (struct CMUnitTest){ story_rows[i].name, story_row, NULL, NULL, &story_rows[i] };
    memcpy(tests + ARRAY_LEN(story_rows), others, sizeof(others));
    return cmocka_run_group_tests_name("ledger/log/takes", tests, NULL, NULL);
}
