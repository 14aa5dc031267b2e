/* What the log takes, in which order, and at which time: duplicates, conflicts, retractions,
 * recorded times; heads of every size; walks. */
#include "ledger/base/instant.h"
#include "ledger/log/log_impl.h"
#include "tests/support/check.h"
#include "tests/support/made.h"

#include <stdio.h>
#include <stdlib.h>

struct world {
    bc_log *log;
    struct bc_err err;
};

static int setup(void **state)
{
    struct world *world = bc_calloc(1, sizeof(*world));

    if (bc_log_open(&world->log, bc_store_memory(), true, NULL, &world->err) < 0)
        return -1;
    *state = world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;

    bc_log_close(world->log);
    free(world);
    return 0;
}

/* --- what an append takes --- */

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
    struct world *world;
    void *room = NULL;

    assert_int_equal(setup(&room), 0);
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
    (void)teardown(&room);
}

static void a_conflict_names_both(void **state)
{
    const struct step first = { .id = "taken", .value = "1" },
                      other = { .id = "taken", .value = "2" };
    struct bc_event one = event_of(&first), two = event_of(&other);
    struct world *world = *state;
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
    struct world *world = *state;
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
    struct world *world = *state;
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
    struct world *world = *state;
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
    struct world *world = *state;
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

/* --- recorded times --- */

static void the_clock_may_run_backwards_but_recorded_times_do_not(void **state)
{
    static const int64_t clock_us[] = { 1000, 500, -7, 2000, 1999, 3000 };
    static const int64_t want_us[] = { 1000, 1000, 1000, 2000, 2000, 3000 };
    struct world *world = *state;
    struct bc_buf bytes = { 0 };
    struct bc_event event;

    for (uint64_t i = 0; i < ARRAY_LEN(clock_us); i++) {
        check_ok(made_append(world->log, i + 1, i + 1, 0, clock_us[i], &world->err), &world->err);
        bytes.len = 0;
        check_ok(bc_log_get(world->log, i + 1, &event, &bytes, NULL, &world->err), &world->err);
        assert_int_equal(event.recorded_us, want_us[i]);
    }
    bc_buf_release(&bytes);
}

static void the_last_seq_recorded_by_an_instant(void **state)
{
    struct world *world = *state;
    uint64_t seq = 99;

    check_ok(bc_log_seq_recorded_by(world->log, 1000, &seq, &world->err), &world->err);
    assert_int_equal(seq, 0);         /* an empty log */
    for (uint64_t i = 0; i < 20; i++) /* three events each at 0, 10, 20, ... */
        check_ok(made_append(world->log, 3 * i + 1, 3 * i + 3, 0, (int64_t)i * 10, &world->err),
                 &world->err);
    for (int64_t us = -1; us < 250; us++) {
        uint64_t want = us < 0 ? 0 : us >= 190 ? 60 : 3 * ((uint64_t)us / 10 + 1);

        check_ok(bc_log_seq_recorded_by(world->log, us, &seq, &world->err), &world->err);
        assert_int_equal(seq, want);
    }
}

/* --- finding --- */

static void retractions_are_followed_to_what_they_are_about(void **state)
{
    static const struct step steps[] = { { .id = "a", .value = "1" },
                                         { .id = "b", .value = "1" },
                                         { .id = "r1", .retracts = "a" },
                                         { .id = "r2", .retracts = "r1" },
                                         { .id = "r3", .retracts = "r2" } };
    static const uint64_t want[][2] = { { 0, 0 }, { 0, 0 }, { 1, 1 }, { 3, 1 }, { 4, 1 } };

    for (int at_once = 0; at_once < 2; at_once++) {
        struct world *world;
        bc_append *append = NULL;
        void *room = NULL;

        (void)state;
        assert_int_equal(setup(&room), 0);
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
        (void)teardown(&room);
    }
}

/* Small and large appends in turn; the large ones are written as table files first. */
static void small_and_large_appends_make_one_log(void **state)
{
    const size_t filler = 1200;
    struct world *world = *state;
    uint64_t size = 0, seq;

    for (int round = 0; round < 6; round++) {
        uint64_t n = round % 2 ? 4500 : 3;

        check_ok(made_append(world->log, size + 1, size + n, filler, MADE_NOW_US, &world->err),
                 &world->err);
        size += n;
        assert_int_equal(bc_log_head(world->log)->size, size);
    }
    made_check(world->log, size, filler);
    for (uint64_t n = 1; n <= size; n += 7) {
        char id[32];

        (void)snprintf(id, sizeof(id), "made/%llu", (unsigned long long)n);
        assert_int_equal(bc_log_find(world->log, bc_str_of(id), &seq, &world->err), BC_OK);
        assert_int_equal(seq, n);
    }
    /* All of it again changes nothing. */
    check_ok(made_append(world->log, 1, size, filler, MADE_NOW_US, &world->err), &world->err);
    assert_int_equal(bc_log_head(world->log)->size, size);
}

/* --- heads --- */

static void the_head_of_every_size_is_the_one_it_had(void **state)
{
    enum { SIZE = 1100 };
    struct bc_head *heads = bc_calloc(SIZE + 1, sizeof(*heads));
    struct world *world = *state;
    struct bc_head then;

    heads[0] = *bc_log_head(world->log);
    for (uint64_t n = 1; n <= SIZE; n++) {
        check_ok(made_append(world->log, n, n, 0, 0, &world->err), &world->err);
        heads[n] = *bc_log_head(world->log);
        assert_int_equal(heads[n].size, n);
    }
    for (uint64_t n = 0; n <= SIZE; n++) {
        check_ok(bc_log_head_at(world->log, n, &then, &world->err), &world->err);
        assert_memory_equal(&then, &heads[n], sizeof(then));
    }
    free(heads);
}

static void one_append_or_many_make_the_same_head(void **state)
{
    struct world *world = *state, *other;
    void *room = NULL;

    assert_int_equal(setup(&room), 0);
    other = room;
    for (uint64_t n = 1; n <= 700; n++)
        check_ok(made_append(world->log, n, n, 0, 0, &world->err), &world->err);
    check_ok(made_append(other->log, 1, 700, 0, 0, &other->err), &other->err);
    assert_memory_equal(bc_log_head(world->log), bc_log_head(other->log), sizeof(struct bc_head));
    (void)teardown(&room);
}

/* --- walks --- */

static void a_walk_goes_from_first_to_last(void **state)
{
    struct world *world = *state;
    const struct bc_event *event;
    bc_cursor *cursor;

    check_ok(made_append(world->log, 1, 300, 0, 0, &world->err), &world->err);
    for (uint64_t first = 1; first <= 301; first += 50) {
        for (uint64_t last = first - 1; last <= 300; last += 33) {
            uint64_t seen = 0;
            bc_status rc;

            check_ok(bc_cursor_open(&cursor, world->log, first, last, &world->err), &world->err);
            while ((rc = bc_cursor_next(cursor, &event, NULL, &world->err)) == BC_OK)
                assert_int_equal(event->seq, first + seen++);
            assert_int_equal(rc, BC_DONE);
            assert_int_equal(seen, last + 1 - first);
            bc_cursor_free(cursor);
        }
    }
    bc_cursor_free(NULL);
}

struct reads {
    struct bc_wanted seen[8];
    size_t n, stop_at;
};

static bc_status note_read(void *payload, size_t name, const struct bc_event *event,
                           struct bc_err *err)
{
    struct reads *reads = payload;

    reads->seen[reads->n++] = (struct bc_wanted){ event->seq, name };
    return reads->n == reads->stop_at ? bc_err_set(err, BC_E_IO, "stop") : BC_OK;
}

static void wanted_events_are_read_in_the_order_of_the_log(void **state)
{
    static const struct bc_wanted want[] = { { 2, 3 }, { 7, 0 }, { 7, 4 }, { 9, 1 }, { 300, 2 } };
    static const struct bc_wanted wanted[] = {
        { 7, 0 }, { 9, 1 }, { 300, 2 }, { 2, 3 }, { 7, 4 }
    }; /* stays as it is */
    struct world *world = *state;
    struct reads all = { .n = 0 }, some = { .stop_at = 2 };

    check_ok(made_append(world->log, 1, 300, 0, 0, &world->err), &world->err);
    check_ok(bc_log_read_each(world->log, NULL, 0, note_read, &all, &world->err), &world->err);
    assert_int_equal(all.n, 0);
    check_ok(bc_log_read_each(world->log, wanted, ARRAY_LEN(wanted), note_read, &all, &world->err),
             &world->err);
    assert_int_equal(all.n, ARRAY_LEN(want));
    assert_memory_equal(all.seen, want, sizeof(want));
    assert_int_equal(
        bc_log_read_each(world->log, wanted, ARRAY_LEN(wanted), note_read, &some, &world->err),
        BC_E_IO);
    assert_int_equal(some.n, 2);
}

static void log_key_op(struct world *world, enum bc_op op, uint64_t seq, struct bc_str value)
{
    struct bc_batch batch = { 0 };
    char key[BC_SEQ_LEN];

    bc_put_u64(key, seq);
    bc_batch_add(&batch, BC_LOG, op, (struct bc_str){ key, sizeof(key) }, value);
    check_ok(bc_store_write(bc_log_store(world->log), &batch, true, &world->err), &world->err);
    bc_batch_release(&batch);
}

static bc_status walk_to_the_end(struct world *world, uint64_t *seen)
{
    const struct bc_event *event;
    bc_cursor *cursor;
    bc_status rc;

    *seen = 0;
    check_ok(bc_cursor_open(&cursor, world->log, 1, bc_log_head(world->log)->size, &world->err),
             &world->err);
    while ((rc = bc_cursor_next(cursor, &event, NULL, &world->err)) == BC_OK)
        ++*seen;
    bc_cursor_free(cursor);
    return rc;
}

static void a_hole_is_damage_and_not_the_end(void **state)
{
    static const uint64_t holes[] = { 1, 150, 300 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(holes); i++) {
        char where[32];
        uint64_t seen;
        struct world *world;
        void *room = NULL;

        assert_int_equal(setup(&room), 0);
        world = room;
        check_ok(made_append(world->log, 1, 300, 0, 0, &world->err), &world->err);
        log_key_op(world, BC_DELETE, holes[i], (struct bc_str){ 0 });
        assert_int_equal(walk_to_the_end(world, &seen), BC_E_DAMAGED);
        assert_int_equal(seen, holes[i] - 1);
        (void)snprintf(where, sizeof(where), "event %llu", (unsigned long long)holes[i]);
        assert_non_null(strstr(world->err.message, where));
        (void)teardown(&room);
    }
}

static void a_record_that_cannot_be_read_is_damage(void **state)
{
    struct world *world = *state;
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    uint64_t seen;

    check_ok(made_append(world->log, 1, 9, 0, 0, &world->err), &world->err);
    log_key_op(world, BC_PUT, 5, BC_STR("{}"));
    assert_int_equal(walk_to_the_end(world, &seen), BC_E_DAMAGED);
    assert_int_equal(seen, 4);
    assert_int_equal(bc_log_get(world->log, 5, &event, &bytes, NULL, &world->err), BC_E_DAMAGED);
    bytes.len = 0;
    check_ok(bc_log_record(world->log, 6, &bytes, &world->err), &world->err);
    log_key_op(world, BC_PUT, 5, bc_buf_str(&bytes)); /* another one's record */
    assert_int_equal(walk_to_the_end(world, &seen), BC_E_DAMAGED);
    assert_int_equal(seen, 4);
    bc_buf_release(&bytes);
}

static void a_head_that_cannot_be_read_is_damage(void **state)
{
    static const char eight[8] = { 0, 0, 0, 0, 0, 0, 0, 3 };
    static const struct bc_str bad[] = { BYTES(""), BYTES("1234567"), { eight, 8 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        bc_store *store = bc_store_memory();
        struct bc_batch batch = { 0 };
        struct bc_err err = { 0 };
        bc_log *log = NULL;

        bc_batch_add(&batch, BC_META, BC_PUT, BC_STR("head"), bad[i]);
        check_ok(bc_store_write(store, &batch, true, &err), &err);
        assert_int_equal(bc_log_open(&log, store, i % 2, NULL, &err), BC_E_DAMAGED);
        assert_null(log);
        bc_batch_release(&batch);
        bc_store_close(store);
    }
}

int main(void)
{
    static const struct CMUnitTest others[] = {
        cmocka_unit_test_setup_teardown(a_conflict_names_both, setup, teardown),
        cmocka_unit_test_setup_teardown(a_kept_time_must_be_there, setup, teardown),
        cmocka_unit_test_setup_teardown(an_event_past_the_limit_is_bad_input, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_is_appended_without_a_commit, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_put_beside_the_log_goes_with_the_events, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_clock_may_run_backwards_but_recorded_times_do_not,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(the_last_seq_recorded_by_an_instant, setup, teardown),
        cmocka_unit_test(retractions_are_followed_to_what_they_are_about),
        cmocka_unit_test_setup_teardown(small_and_large_appends_make_one_log, setup, teardown),
        cmocka_unit_test_setup_teardown(the_head_of_every_size_is_the_one_it_had, setup, teardown),
        cmocka_unit_test_setup_teardown(one_append_or_many_make_the_same_head, setup, teardown),
        cmocka_unit_test_setup_teardown(a_walk_goes_from_first_to_last, setup, teardown),
        cmocka_unit_test_setup_teardown(wanted_events_are_read_in_the_order_of_the_log, setup,
                                        teardown),
        cmocka_unit_test(a_hole_is_damage_and_not_the_end),
        cmocka_unit_test_setup_teardown(a_record_that_cannot_be_read_is_damage, setup, teardown),
        cmocka_unit_test(a_head_that_cannot_be_read_is_damage),
    };
    struct CMUnitTest tests[ARRAY_LEN(story_rows) + ARRAY_LEN(others)];

    for (size_t i = 0; i < ARRAY_LEN(story_rows); i++)
        tests[i] = (struct CMUnitTest){ story_rows[i].name, story_row, NULL, NULL, &story_rows[i] };
    memcpy(tests + ARRAY_LEN(story_rows), others, sizeof(others));
    return cmocka_run_group_tests_name("ledger/log/log", tests, NULL, NULL);
}
