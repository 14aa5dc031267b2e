/* Updated while events are appended, the timelines have the same bytes as when the log is read; and
 * whatever write goes wrong, or is the last one before a kill, the next opening makes them so
 * again. */
#include "projections/timelines/timelines.h"
#include "projections/timelines/updater.h"
#include "tests/support/check.h"
#include "tests/support/fault.h"
#include "tests/support/history.h"

#include <stdio.h>

static const enum bc_family families[] = { BC_TIMELINES, BC_DEALS, BC_LEARNING, BC_META };

/* All that the cache is: its keys and values, to compare or to put back. */
static void dump(bc_store *store, struct bc_batch *out)
{
    struct bc_err err = { 0 };
    struct bc_str key, value;

    bc_batch_clear(out);
    for (size_t i = 0; i < ARRAY_LEN(families); i++) {
        bc_iter *iter = NULL;

        check_ok(bc_iter_open(&iter, store, families[i], (struct bc_str){ 0 }, &err), &err);
        while (bc_iter_next(iter, &key, &value, &err) == BC_OK)
            if (!bc_str_eq(key, BC_STR("head")))
                bc_batch_add(out, families[i], BC_PUT, key, value);
        bc_iter_free(iter);
    }
}

static bool same(const struct bc_batch *a, const struct bc_batch *b)
{
    return a->n == b->n && bc_str_eq(bc_buf_str(&a->bytes), bc_buf_str(&b->bytes));
}

/* --- updated --- */

static void append_telling(bc_log *log, bc_updater *updater, const struct bc_event *events,
                           size_t n)
{
    struct bc_err err = { 0 };
    bc_append *append = NULL;

    check_ok(bc_append_open(&append, log, events[n - 1].recorded_us, &err), &err);
    for (size_t i = 0; i < n; i++) {
        uint64_t seq;
        bc_status rc = bc_append_add(append, &events[i], i + 1, true, &seq, NULL, &err);

        check_ok(rc, &err);
        if (rc == BC_OK)
            check_ok(bc_updater_add(updater, &events[i], seq, &err), &err);
    }
    check_ok(bc_append_commit(append, &err), &err);
    bc_append_free(append);
}

static void told_it_has_the_bytes_of_the_log(void **state)
{
    (void)state;
    for (unsigned n = 0; n < 12; n++) {
        const size_t part = n % 3 ? 41 : 1000000; /* in parts, or at once */
        struct bc_batch told = { 0 }, rebuilt = { 0 };
        bc_store *store = bc_store_memory();
        bc_updater *updater = NULL;
        struct bc_err err = { 0 };
        struct history history;
        bc_log *log = NULL;
        bc_zone *zone;
        struct history_plan plan = history_plan_of(n, &zone);

        history_make(&history, &plan);
        check_ok(bc_log_open(&log, store, true, NULL, &err), &err);
        check_ok(bc_updater_open(&updater, log, &err), &err);
        for (size_t at = 0; at < history.offered.n; at += part) {
            const size_t left = history.offered.n - at;

            append_telling(log, updater, history.offered.at + at, left < part ? left : part);
            if (n % 2) /* else several appends are written together */
                check_ok(bc_updater_write(updater, &err), &err);
        }
        check_ok(bc_updater_write(updater, &err), &err);
        bc_updater_free(updater);
        dump(store, &told);
        check_ok(bc_timelines_verify(log, NULL, &err), &err);
        check_ok(bc_timelines_drop(log, &err), &err);
        check_ok(bc_timelines_update(log, &err), &err);
        dump(store, &rebuilt);
        assert_true(same(&told, &rebuilt));
        bc_batch_release(&told);
        bc_batch_release(&rebuilt);
        bc_log_close(log);
        history_release(&history);
        bc_zone_free(zone);
    }
}

/* --- writes that go wrong --- */

enum { LITTLE = 300, MUCH = 21000 }; /* events: what is written as one batch, and as files */

static struct row {
    const char *name;
    enum fault_mode mode;
    size_t before, n; /* events that the cache has, and that it lacks */
} rows[] = {
    { "little: each write fails", FAULT_FAILS, LITTLE, LITTLE },
    { "little: killed before each write", FAULT_KILL_BEFORE, LITTLE, LITTLE },
    { "little: killed after each write", FAULT_KILL_AFTER, LITTLE, LITTLE },
    { "much, and no cache: each write fails", FAULT_FAILS, 0, MUCH },
    { "much, and no cache: killed before each write", FAULT_KILL_BEFORE, 0, MUCH },
    { "much, and no cache: killed after each write", FAULT_KILL_AFTER, 0, MUCH },
    { "much after much: each write fails", FAULT_FAILS, MUCH, MUCH },
    { "much after much: killed before each write", FAULT_KILL_BEFORE, MUCH, MUCH },
    { "much after much: killed after each write", FAULT_KILL_AFTER, MUCH, MUCH },
};

/* A log of events of a thousand deals, half of them others from the first much on; every hundredth
 * retracts one well before it. */
static void fill(bc_log *log, size_t first, size_t n)
{
    static const char *const stages[] = { "outreach", "discovery", "proposal" };
    struct bc_err err = { 0 };
    bc_append *append = NULL;

    check_ok(bc_append_open(&append, log, 1000000, &err), &err);
    for (size_t i = first; i < first + n; i++) {
        char id[32], deal[32], target[32];
        struct bc_event event = { .has_occurred = true, .occurred_us = (int64_t)i * 1000 };

        (void)snprintf(id, sizeof(id), "e%zu", i);
        (void)snprintf(deal, sizeof(deal), "%zu", i * 7919 % 1000 + (i > MUCH ? 500 : 0));
        (void)snprintf(target, sizeof(target), "e%zu", i / 2);
        event.id = bc_str_of(id);
        event.deal = bc_str_of(deal);
        if (i % 100 == 99) {
            event.body = BC_RETRACTED;
            event.value[BC_RETRACTED_EVENT].text = bc_str_of(target);
        } else {
            event.body = BC_STAGE_CHANGED;
            event.value[BC_STAGE_CHANGED_TO].text = bc_str_of(stages[i * i / 500 % 3]);
        }
        check_ok(bc_append_add(append, &event, i, false, NULL, NULL, &err), &err);
    }
    check_ok(bc_append_commit(append, &err), &err);
    bc_append_free(append);
}

static bc_log *open_faulty(bc_store *below, struct fault *fault)
{
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    check_ok(bc_log_open(&log, fault_store(below, fault), true, NULL, &err), &err);
    return log;
}

/* The cache as it was, whatever was done to it since. */
static void put_back(bc_store *store, const struct bc_batch *cache)
{
    struct bc_err err = { 0 };
    struct bc_batch none = { 0 };

    bc_batch_add(&none, BC_META, BC_DELETE, BC_STR("timelines"), (struct bc_str){ 0 });
    check_ok(bc_store_write(store, &none, true, &err), &err);
    check_ok(bc_store_clear(store, BC_TIMELINES, &err), &err);
    check_ok(bc_store_clear(store, BC_DEALS, &err), &err);
    check_ok(bc_store_clear(store, BC_LEARNING, &err), &err);
    check_ok(bc_store_write(store, cache, true, &err), &err);
    bc_batch_release(&none);
}

/* Brings the cache up with a fault. False: it did not come to it. */
static bool run_with_fault(bc_store *below, enum fault_mode mode, uint64_t nth)
{
    struct fault fault = { mode, true, UINT64_MAX, 0, false };
    struct bc_err err = { 0 };
    bc_log *log = open_faulty(below, &fault);
    bc_status rc;

    fault.nth = fault.calls + nth;
    rc = bc_timelines_update(log, &err);
    assert_int_equal(rc < 0, fault.happened);
    bc_log_close(log);
    return fault.happened;
}

/* What the next process finds is no wrong answer, and becomes the whole cache. */
static void check_next(bc_store *below, const struct bc_batch *want)
{
    struct bc_batch found = { 0 };
    struct fault none = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = open_faulty(below, &none);

    check_ok(bc_timelines_verify(log, NULL, &err), &err);
    check_ok(bc_timelines_update(log, &err), &err);
    dump(below, &found);
    assert_true(same(&found, want));
    bc_batch_release(&found);
    bc_log_close(log);
}

static void fault_row(void **state)
{
    const struct row *row = *state;
    struct bc_batch before = { 0 }, want = { 0 };
    bc_store *below = bc_store_memory();
    struct fault none = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = open_faulty(below, &none);
    uint64_t nth = 1;

    if (row->before)
        fill(log, 1, row->before);
    check_ok(bc_timelines_update(log, &err), &err);
    dump(below, &before);
    fill(log, 1 + row->before, row->n);
    check_ok(bc_timelines_drop(log, &err), &err);
    check_ok(bc_timelines_update(log, &err), &err);
    dump(below, &want);
    bc_log_close(log);
    for (;; nth++) {
        put_back(below, &before);
        if (!run_with_fault(below, row->mode, nth))
            break;
        check_next(below, &want);
    }
    assert_true(nth > 1);
    put_back(below, &before);
    check_next(below, &want);
    bc_batch_release(&before);
    bc_batch_release(&want);
    bc_store_close(below);
}

int main(void)
{
    struct CMUnitTest tests[1 + ARRAY_LEN(rows)] = {
        cmocka_unit_test(told_it_has_the_bytes_of_the_log),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[1 + i] = (struct CMUnitTest){ rows[i].name, fault_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("projections/timelines/updater", tests, NULL, NULL);
}
