/* tools/serve/serve_work.h - the threads on which answers are made, and the queue before them. */
#ifndef BC_TOOLS_SERVE_SERVE_WORK_H
#define BC_TOOLS_SERVE_SERVE_WORK_H

#include "tools/serve/serve.h"
#include "tools/serve/serve_target.h"

struct MHD_Connection;

/* A request and its answer. */
struct serve_exchange {
    struct serve_exchange *next;
    struct MHD_Connection *connection;
    char *target;     /* as it was sent */
    bool long_target; /* it was too long to be kept */
    enum {
        SERVE_COME,   /* nothing is decided */
        SERVE_TURNED, /* the answer is there, and nobody was asked */
        SERVE_LET_IN,
        SERVE_ASKED, /* then the answer is there as soon as the connection goes on */
    } step;
    bool admitted; /* the cookie is set */
    struct serve_target read;
    struct serve_answer answer;
};
void serve_exchange_free(struct serve_exchange *exchange); /* NULL is fine */

struct serve_work_opts {
    serve_answer_fn *answer;
    void *to;
    unsigned workers, queue_max;
    /* Called by serve_work_hand, before a worker sees the exchange, and by a worker when its answer
     * is there, after which it does not touch it. */
    void (*hold)(void *payload, struct serve_exchange *exchange);
    void (*ready)(void *payload, struct serve_exchange *exchange);
    void *payload;
};

typedef struct serve_work serve_work;

bc_status serve_work_new(serve_work **out, const struct serve_work_opts *opts, struct bc_err *err);
/* False: the queue is full, or work has ended. */
bool serve_work_hand(serve_work *work, struct serve_exchange *exchange);
/* Returns when what is being answered is answered; what waits gets a 503. */
void serve_work_end(serve_work *work);
void serve_work_free(serve_work *work); /* ended before; NULL is fine */

/* The 503. */
void serve_work_refuse(struct serve_answer *answer);

#endif
