#include "tools/serve/serve_watch.h"

#include "ledger/base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

struct serve_watched {
    serve_watched *before, *after;
    time_t since_s; /* of the clock that never goes back; 0: it need not hurry */
    int fd;
};

struct serve_watch {
    pthread_mutex_t lock;
    pthread_cond_t over;
    pthread_t thread;
    serve_watched *first;
    time_t wait_s;
    bool ended;
};

static struct timespec now(void)
{
    struct timespec time;

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_sec++; /* never 0 */
    return time;
}

static void *look_around(void *payload)
{
    serve_watch *watch = payload;

    pthread_mutex_lock(&watch->lock);
    while (!watch->ended) {
        const struct timespec next = now(); /* which is a second from now */

        for (serve_watched *at = watch->first; at; at = at->after)
            if (at->since_s && next.tv_sec - at->since_s > watch->wait_s) {
                (void)shutdown(at->fd, SHUT_RDWR);
                at->since_s = 0;
            }
        (void)pthread_cond_clockwait(&watch->over, &watch->lock, CLOCK_MONOTONIC, &next);
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

bc_status serve_watch_new(serve_watch **out, unsigned wait_s, struct bc_err *err)
{
    serve_watch *watch = bc_calloc(1, sizeof(*watch));

    pthread_mutex_init(&watch->lock, NULL);
    pthread_cond_init(&watch->over, NULL);
    watch->wait_s = wait_s;
    if (pthread_create(&watch->thread, NULL, look_around, watch) != 0) {
        pthread_cond_destroy(&watch->over);
        pthread_mutex_destroy(&watch->lock);
        free(watch);
        return bc_err_set(err, BC_E_IO, "cannot start a thread to watch connections on");
    }
    *out = watch;
    return BC_OK;
}

void serve_watch_free(serve_watch *watch)
{
    if (!watch)
        return;
    pthread_mutex_lock(&watch->lock);
    watch->ended = true;
    pthread_cond_signal(&watch->over);
    pthread_mutex_unlock(&watch->lock);
    (void)pthread_join(watch->thread, NULL);
    pthread_cond_destroy(&watch->over);
    pthread_mutex_destroy(&watch->lock);
    free(watch);
}

serve_watched *serve_watch_begin(serve_watch *watch, int fd)
{
    serve_watched *watched = bc_calloc(1, sizeof(*watched));

    watched->fd = fd;
    watched->since_s = now().tv_sec;
    pthread_mutex_lock(&watch->lock);
    watched->after = watch->first;
    if (watch->first)
        watch->first->before = watched;
    watch->first = watched;
    pthread_mutex_unlock(&watch->lock);
    return watched;
}

void serve_watch_end(serve_watch *watch, serve_watched *watched)
{
    pthread_mutex_lock(&watch->lock);
    if (watched->before)
        watched->before->after = watched->after;
    else
        watch->first = watched->after;
    if (watched->after)
        watched->after->before = watched->before;
    pthread_mutex_unlock(&watch->lock);
    free(watched);
}

static void set_since(serve_watch *watch, serve_watched *watched, time_t since_s)
{
    pthread_mutex_lock(&watch->lock);
    watched->since_s = since_s;
    pthread_mutex_unlock(&watch->lock);
}

void serve_watch_asked(serve_watch *watch, serve_watched *watched)
{
    set_since(watch, watched, 0);
}

void serve_watch_answered(serve_watch *watch, serve_watched *watched)
{
    set_since(watch, watched, now().tv_sec);
}
