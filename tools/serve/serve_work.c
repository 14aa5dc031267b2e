#include "tools/serve/serve_work.h"

#include "tools/serve/serve_page.h"

#include <pthread.h>
#include <stdlib.h>

struct serve_worker {
    struct serve_work *work;
    pthread_t thread;
    unsigned number;
};

struct serve_work {
    struct serve_work_opts opts;
    pthread_mutex_t lock;
    pthread_cond_t change;
    struct serve_exchange *first, *last; /* those that wait */
    unsigned waiting;
    bool ended;
    struct serve_worker workers[SERVE_WORKERS_MOST];
    unsigned worker_n; /* that were started */
};

void serve_exchange_free(struct serve_exchange *exchange)
{
    if (!exchange)
        return;
    serve_target_release(&exchange->read);
    serve_answer_release(&exchange->answer);
    free(exchange->target);
    free(exchange);
}

void serve_work_refuse(struct serve_answer *answer)
{
    serve_page(answer, 503, "Too much at once", "Ask again in a second.");
}

/* What is no answer becomes one. */
static void settle(struct serve_answer *answer)
{
    if (answer->status == 0 || !answer->type)
        serve_page(answer, 500, "No answer", "This page could not be made.");
    else if (answer->body.len > SERVE_BODY_MOST)
        serve_page(answer, 500, "Too large a page",
                   "It would have more than 64 MiB; ask for less at once.");
}

/* The next exchange, or NULL where there is none any more; *ended: it is only to be told so. */
static struct serve_exchange *take(struct serve_work *work, bool *ended)
{
    struct serve_exchange *exchange;

    pthread_mutex_lock(&work->lock);
    while (!work->first && !work->ended)
        pthread_cond_wait(&work->change, &work->lock);
    exchange = work->first;
    if (exchange) {
        work->first = exchange->next;
        work->waiting--;
    }
    *ended = work->ended;
    pthread_mutex_unlock(&work->lock);
    return exchange;
}

static void *answer_all(void *payload)
{
    const struct serve_worker *worker = payload;
    const struct serve_work_opts *opts = &worker->work->opts;
    struct serve_exchange *exchange;
    bool ended;

    while ((exchange = take(worker->work, &ended))) {
        if (ended) {
            serve_work_refuse(&exchange->answer);
        } else {
            opts->answer(opts->to, worker->number, &exchange->read.request, &exchange->answer);
            settle(&exchange->answer);
        }
        opts->ready(opts->payload, exchange);
    }
    return NULL;
}

bc_status serve_work_new(serve_work **out, const struct serve_work_opts *opts, struct bc_err *err)
{
    struct serve_work *work = bc_calloc(1, sizeof(*work));

    work->opts = *opts;
    pthread_mutex_init(&work->lock, NULL);
    pthread_cond_init(&work->change, NULL);
    for (; work->worker_n < opts->workers; work->worker_n++) {
        struct serve_worker *worker = &work->workers[work->worker_n];

        *worker = (struct serve_worker){ .work = work, .number = work->worker_n };
        if (pthread_create(&worker->thread, NULL, answer_all, worker) != 0) {
            serve_work_end(work);
            serve_work_free(work);
            return bc_err_set(err, BC_E_IO, "cannot start a thread to answer on");
        }
    }
    *out = work;
    return BC_OK;
}

bool serve_work_hand(serve_work *work, struct serve_exchange *exchange)
{
    bool taken;

    pthread_mutex_lock(&work->lock);
    taken = !work->ended && work->waiting < work->opts.queue_max;
    if (taken) {
        work->opts.hold(work->opts.payload, exchange);
        exchange->next = NULL;
        if (work->first)
            work->last->next = exchange;
        else
            work->first = exchange;
        work->last = exchange;
        work->waiting++;
        pthread_cond_signal(&work->change);
    }
    pthread_mutex_unlock(&work->lock);
    return taken;
}

void serve_work_end(serve_work *work)
{
    pthread_mutex_lock(&work->lock);
    work->ended = true;
    pthread_cond_broadcast(&work->change);
    pthread_mutex_unlock(&work->lock);
    for (; work->worker_n > 0; work->worker_n--)
        (void)pthread_join(work->workers[work->worker_n - 1].thread, NULL);
}

void serve_work_free(serve_work *work)
{
    if (!work)
        return;
    pthread_cond_destroy(&work->change);
    pthread_mutex_destroy(&work->lock);
    free(work);
}
