/* The ids of an append: each is found under its number, none that was not added; in little memory
 * and in much; and they come out sorted. */
#include "ledger/log/log_impl.h"
#include "ledger/log/pending_ids.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIRST = 1000, ID_ROOM = 64 };

static struct row {
    const char *name;
    uint64_t n;
    size_t most; /* bytes in memory */
    size_t runs; /* that come of it, at least */
} rows[] = {
    { "none", 0, 1 << 20, 0 },
    { "one", 1, 1 << 20, 1 },
    { "all in memory", 3000, 16 << 20, 1 },
    { "a few runs", 6000, 160000, 3 },
    { "many runs", 4000, 12000, 20 },
    { "memory for hardly any", 100, 1, 100 },
};

static struct bc_str id_of(char room[ID_ROOM], uint64_t n)
{
    (void)snprintf(room, ID_ROOM, "crm:deal/%llu/%llu", (unsigned long long)(n * 7919 % 1000),
                   (unsigned long long)n);
    return bc_str_of(room);
}

static void check_found(const bc_pending_ids *pending, uint64_t n, uint64_t known)
{
    struct bc_err err = { 0 };
    char room[ID_ROOM];
    struct bc_str id = id_of(room, n);
    uint64_t number = UINT64_MAX;
    bc_status rc =
        bc_pending_ids_find(pending, id, bc_pending_ids_expect(pending, id), &number, &err);

    assert_int_equal(rc, n < known ? BC_OK : BC_DONE);
    if (rc == BC_OK)
        assert_int_equal(number, n);
}

static void check_sorted(bc_pending_ids *pending, uint64_t n, size_t least)
{
    struct bc_buf before = { 0 };
    struct bc_err err = { 0 };
    struct bc_str id, seq;
    const bc_runs *runs;
    bc_runs_walk *walk;
    uint64_t seen = 0;

    check_ok(bc_pending_ids_runs(pending, &runs, &err), &err);
    assert_true(bc_runs_count(runs) >= least);
    check_ok(bc_runs_walk_open(&walk, runs, BC_STR(""), &err), &err);
    for (; bc_runs_walk_next(walk, &id, &seq, &err) == BC_OK; seen++) {
        char room[ID_ROOM];

        assert_true(bc_str_cmp(bc_buf_str(&before), id) < 0);
        assert_int_equal(seq.len, BC_SEQ_LEN);
        assert_true(bc_str_eq(id, id_of(room, bc_get_u64(seq.at) - FIRST)));
        before.len = 0;
        bc_buf_add_str(&before, id);
    }
    assert_int_equal(seen, n);
    bc_runs_walk_free(walk);
    bc_buf_release(&before);
}

static void run_row(void **state)
{
    const struct row *row = *state;
    bc_pending_ids *pending = bc_pending_ids_new(FIRST, NULL, row->most);
    struct bc_err err = { 0 };

    for (uint64_t n = 0; n < row->n; n++) {
        char room[ID_ROOM];
        struct bc_str id = id_of(room, n);

        check_found(pending, n, n);
        check_found(pending, n * 31 % (n + 1), n);
        check_ok(bc_pending_ids_add(pending, id, bc_pending_ids_expect(pending, id), &err), &err);
        assert_int_equal(bc_pending_ids_count(pending), n + 1);
    }
    for (uint64_t n = 0; n < row->n + 100; n++)
        check_found(pending, n, row->n);
    check_sorted(pending, row->n, row->runs);
    bc_pending_ids_free(pending);
}

struct walk {
    struct bc_buf before;
    uint64_t n;
};

static bc_status take(void *payload, struct bc_str id, struct bc_str seq, struct bc_err *err)
{
    struct walk *walk = payload;

    (void)err;
    assert_int_equal(seq.len, BC_SEQ_LEN);
    assert_true(bc_str_cmp(bc_buf_str(&walk->before), id) < 0);
    walk->before.len = 0;
    bc_buf_add_str(&walk->before, id);
    return ++walk->n == 70 ? BC_E_IO : BC_OK;
}

static void a_walk_in_memory_ends_with_the_first_failure(void **state)
{
    bc_pending_ids *pending = bc_pending_ids_new(FIRST, NULL, 1 << 20);
    struct walk walk = { 0 };
    struct bc_err err = { 0 };

    (void)state;
    for (uint64_t n = 0; n < 100; n++) {
        char room[ID_ROOM];
        struct bc_str id = id_of(room, n);

        check_ok(bc_pending_ids_add(pending, id, bc_pending_ids_expect(pending, id), &err), &err);
    }
    assert_int_equal(bc_pending_ids_each(pending, take, &walk, &err), BC_E_IO);
    assert_int_equal(walk.n, 70);
    bc_buf_release(&walk.before);
    bc_pending_ids_free(pending);
    bc_pending_ids_free(NULL);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = {
        cmocka_unit_test(a_walk_in_memory_ends_with_the_first_failure),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[1 + i] = (struct CMUnitTest){ rows[i].name, run_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/log/pending_ids", tests, NULL, NULL);
}
