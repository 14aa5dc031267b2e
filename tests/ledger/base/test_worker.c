/* A second thread's work: done in order, a few pieces ahead, the same without a thread; a failure
 * is returned to whoever hands over or waits next. */
#include "ledger/base/mem.h"
#include "ledger/base/worker.h"
#include "tests/support/check.h"

enum { SLOTS = 3, PIECES = 200 };

struct job {
    size_t slots[SLOTS]; /* what the caller put there */
    size_t seen[PIECES];
    size_t n;
    size_t fails_at; /* the piece that fails */
};

static bc_status work(void *payload, size_t slot, struct bc_err *err)
{
    struct job *job = payload;

    if (job->n == job->fails_at)
        return bc_err_set(err, BC_E_IO, "piece %zu fails", job->n);
    job->seen[job->n++] = job->slots[slot];
    return BC_OK;
}

static struct row {
    const char *name;
    bool alone;
    size_t fails_at;
} rows[] = {
    { "pieces are done in order by a thread", false, PIECES },
    { "pieces are done in order by the caller", true, PIECES },
    { "the first piece fails in a thread", false, 0 },
    { "the first piece fails in the caller", true, 0 },
    { "a later piece fails in a thread", false, 77 },
    { "a later piece fails in the caller", true, 77 },
    { "the last piece fails in a thread", false, PIECES - 1 },
};

static void run_row(void **state)
{
    const struct row *row = *state;
    struct job job = { .fails_at = row->fails_at };
    bc_worker *worker = bc_worker_new(row->alone, SLOTS, work, &job);
    struct bc_err err = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < PIECES; i++) {
        job.slots[bc_worker_slot(worker)] = i * i;
        rc = bc_worker_hand(worker, &err);
    }
    if (rc == BC_OK)
        rc = bc_worker_wait(worker, &err);
    assert_int_equal(rc, row->fails_at < PIECES ? BC_E_IO : BC_OK);
    assert_int_equal(job.n, row->fails_at);
    for (size_t i = 0; i < job.n; i++)
        assert_int_equal(job.seen[i], i * i);
    if (rc < 0) { /* and ever after */
        assert_non_null(strstr(err.message, "fails"));
        assert_int_equal(bc_worker_hand(worker, NULL), BC_E_IO);
        assert_int_equal(bc_worker_wait(worker, &err), BC_E_IO);
        assert_int_equal(job.n, row->fails_at);
    }
    bc_worker_free(worker);
}

static void a_wait_without_work_returns(void **state)
{
    struct job job = { .fails_at = PIECES };
    bc_worker *worker = bc_worker_new(false, SLOTS, work, &job);

    (void)state;
    assert_int_equal(bc_worker_wait(worker, NULL), BC_OK);
    bc_worker_free(worker);
    bc_worker_free(NULL);
}

/* What is under way is finished, what waits is dropped; nothing hangs. */
static void freeing_drops_what_waits(void **state)
{
    (void)state;
    for (int round = 0; round < 50; round++) {
        struct job job = { .fails_at = PIECES };
        bc_worker *worker = bc_worker_new(false, SLOTS, work, &job);

        assert_int_equal(bc_worker_hand(worker, NULL), BC_OK);
        assert_int_equal(bc_worker_hand(worker, NULL), BC_OK);
        bc_worker_free(worker);
        assert_true(job.n <= 2);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2] = {
        cmocka_unit_test(a_wait_without_work_returns),
        cmocka_unit_test(freeing_drops_what_waits),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[2 + i] = (struct CMUnitTest){ rows[i].name, run_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/base/worker", tests, NULL, NULL);
}
