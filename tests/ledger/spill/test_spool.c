/* Items by number, few or many: each comes back, from memory or from the file. */
#include "ledger/spill/spool.h"
#include "tests/support/check.h"

#include <string.h>

struct item {
    uint64_t number, square, more;
};

static struct row {
    const char *name;
    uint64_t n;
} rows[] = {
    { "no item", 0 },
    { "one item", 1 },
    { "as many as memory takes", (1 << 20) / sizeof(struct item) },
    { "a file, and some in memory", 100000 },
};

static void run_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    struct bc_spool spool;
    struct item item;

    bc_spool_init(&spool, NULL, sizeof(item));
    for (uint64_t i = 0; i < row->n; i++) {
        item = (struct item){ i, i * i, ~i };
        check_ok(bc_spool_add(&spool, &item, &err), &err);
        check_ok(bc_spool_get(&spool, i / 2, &item, &err), &err); /* while it grows */
        assert_int_equal(item.number, i / 2);
    }
    assert_int_equal(spool.n, row->n);
    for (uint64_t i = 0; i < row->n; i++) {
        uint64_t at = i * 7919 % row->n;

        check_ok(bc_spool_get(&spool, at, &item, &err), &err);
        assert_int_equal(item.number, at);
        assert_int_equal(item.square, at * at);
        assert_int_equal(item.more, ~at);
    }
    bc_spool_release(&spool);
    bc_spool_release(&spool);
}

static void a_file_that_cannot_be_made_is_said(void **state)
{
    struct bc_err err = { 0 };
    struct bc_spool spool;
    struct item item = { 0 };
    bc_status rc = BC_OK;

    (void)state;
    bc_spool_init(&spool, "/dev/null/aside", sizeof(item));
    while (rc == BC_OK)
        rc = bc_spool_add(&spool, &item, &err);
    assert_int_equal(rc, BC_E_IO);
    assert_non_null(strstr(err.message, "/dev/null/aside"));
    bc_spool_release(&spool);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = {
        cmocka_unit_test(a_file_that_cannot_be_made_is_said),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[1 + i] = (struct CMUnitTest){ rows[i].name, run_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/spill/spool", tests, NULL, NULL);
}
