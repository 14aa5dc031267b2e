#include "ledger/base/parallel.h"

#include "ledger/base/mem.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include <sched.h>

struct job {
    bc_status (*work)(void *payload, size_t part, struct bc_err *err);
    void *payload;
    size_t parts;
    atomic_size_t next;
    atomic_bool failed;
};

struct worker {
    struct job *job;
    pthread_t thread;
    size_t part; /* of the part that failed */
    bc_status rc;
    struct bc_err err;
};

unsigned bc_processors(void)
{
    cpu_set_t set;
    int n = 1;

    if (sched_getaffinity(0, sizeof(set), &set) == 0)
        n = CPU_COUNT(&set);
    return n < 1 ? 1 : n > BC_THREADS_MOST ? BC_THREADS_MOST : (unsigned)n;
}

unsigned bc_threads_default(void)
{
    return bc_processors() < 2 ? 1 : 2;
}

/* Parts are taken in order, so every part below a failed one was begun, and is run to its end. */
static void *run(void *payload)
{
    struct worker *worker = payload;
    struct job *job = worker->job;

    while (worker->rc >= 0 && !atomic_load(&job->failed)) {
        worker->part = atomic_fetch_add(&job->next, 1);
        if (worker->part >= job->parts)
            break;
        worker->rc = job->work(job->payload, worker->part, &worker->err);
        if (worker->rc < 0)
            atomic_store(&job->failed, true);
    }
    return NULL;
}

bc_status bc_parallel(unsigned threads, size_t parts,
                      bc_status (*work)(void *payload, size_t part, struct bc_err *err),
                      void *payload, struct bc_err *err)
{
    struct job job = { .work = work, .payload = payload, .parts = parts };
    struct worker *workers;
    const struct worker *first = NULL;
    unsigned n = threads < parts ? threads : (unsigned)parts, begun;
    bc_status rc = BC_OK;

    n = n > BC_THREADS_MOST ? BC_THREADS_MOST : n ? n : 1;
    workers = bc_calloc(n, sizeof(*workers));
    for (unsigned i = 0; i < n; i++)
        workers[i].job = &job;
    for (begun = 1; begun < n; begun++) /* fewer threads than wanted will do */
        if (pthread_create(&workers[begun].thread, NULL, run, &workers[begun]) != 0)
            break;
    (void)run(&workers[0]);
    for (unsigned i = 1; i < begun; i++)
        (void)pthread_join(workers[i].thread, NULL);
    for (unsigned i = 0; i < begun; i++)
        if (workers[i].rc < 0 && (!first || workers[i].part < first->part))
            first = &workers[i];
    if (first) {
        rc = first->rc;
        if (err)
            *err = first->err;
    }
    free(workers);
    return rc;
}
