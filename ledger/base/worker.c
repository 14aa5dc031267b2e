/* Slots are used in turn; two counters say where the threads are:
 *
 *   slot     0     1     2     0     1  ...
 *          done        given
 *            |___________|                    handed over, not done: at most slots - 1 */
#include "ledger/base/worker.h"

#include "ledger/base/mem.h"

#include <pthread.h>
#include <stdlib.h>

struct bc_worker {
    bc_status (*work)(void *payload, size_t slot, struct bc_err *err);
    void *payload;
    size_t slots;
    bool has_thread;
    pthread_t thread;
    pthread_mutex_t lock; /* over all that follows */
    pthread_cond_t changed;
    size_t given, done;
    bool stop;
    bc_status rc; /* of the first piece that failed */
    struct bc_err err;
};

/* Does the next piece; the lock is held, except meanwhile. */
static void step(bc_worker *worker)
{
    const size_t slot = worker->done % worker->slots;
    struct bc_err why = { 0 };
    bc_status rc;

    (void)pthread_mutex_unlock(&worker->lock);
    rc = worker->work(worker->payload, slot, &why);
    (void)pthread_mutex_lock(&worker->lock);
    worker->done++;
    if (rc < 0) {
        worker->rc = rc;
        worker->err = why;
    }
}

static void *run(void *payload)
{
    bc_worker *worker = payload;

    (void)pthread_mutex_lock(&worker->lock);
    for (;;) {
        while (!worker->stop && worker->done == worker->given)
            (void)pthread_cond_wait(&worker->changed, &worker->lock);
        if (worker->stop)
            break;
        step(worker);
        worker->stop = worker->stop || worker->rc < 0;
        (void)pthread_cond_signal(&worker->changed);
    }
    (void)pthread_mutex_unlock(&worker->lock);
    return NULL;
}

bc_worker *bc_worker_new(bool alone, size_t slots,
                         bc_status (*work)(void *payload, size_t slot, struct bc_err *err),
                         void *payload)
{
    bc_worker *worker = bc_calloc(1, sizeof(*worker));

    worker->work = work;
    worker->payload = payload;
    worker->slots = slots;
    (void)pthread_mutex_init(&worker->lock, NULL);
    (void)pthread_cond_init(&worker->changed, NULL);
    if (!alone) /* where no thread can be started, the caller does the work */
        worker->has_thread = pthread_create(&worker->thread, NULL, run, worker) == 0;
    return worker;
}

void bc_worker_free(bc_worker *worker)
{
    if (!worker)
        return;
    (void)pthread_mutex_lock(&worker->lock);
    worker->stop = true;
    (void)pthread_cond_signal(&worker->changed);
    (void)pthread_mutex_unlock(&worker->lock);
    if (worker->has_thread)
        (void)pthread_join(worker->thread, NULL);
    (void)pthread_cond_destroy(&worker->changed);
    (void)pthread_mutex_destroy(&worker->lock);
    free(worker);
}

size_t bc_worker_slot(const bc_worker *worker)
{
    return worker->given % worker->slots; /* only the caller's thread moves it */
}

/* Waits until at most `most` pieces are not done; the lock is held. */
static bc_status wait_for(bc_worker *worker, size_t most, struct bc_err *err)
{
    while (worker->rc == BC_OK && worker->given - worker->done > most)
        if (worker->has_thread)
            (void)pthread_cond_wait(&worker->changed, &worker->lock);
        else
            step(worker);
    if (worker->rc < 0 && err)
        *err = worker->err;
    return worker->rc;
}

bc_status bc_worker_hand(bc_worker *worker, struct bc_err *err)
{
    bc_status rc;

    (void)pthread_mutex_lock(&worker->lock);
    worker->given++;
    (void)pthread_cond_signal(&worker->changed);
    rc = wait_for(worker, worker->has_thread ? worker->slots - 1 : 0, err);
    (void)pthread_mutex_unlock(&worker->lock);
    return rc;
}

bc_status bc_worker_wait(bc_worker *worker, struct bc_err *err)
{
    bc_status rc;

    (void)pthread_mutex_lock(&worker->lock);
    rc = wait_for(worker, 0, err);
    (void)pthread_mutex_unlock(&worker->lock);
    return rc;
}
