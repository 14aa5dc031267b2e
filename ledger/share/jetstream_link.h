/* ledger/share/jetstream_link.h - a connection to the servers of a shared log, and how long a call
 * over it tries. */
#ifndef BC_LEDGER_SHARE_JETSTREAM_LINK_H
#define BC_LEDGER_SHARE_JETSTREAM_LINK_H

#include "ledger/share/jetstream.h"
#include "ledger/share/nats_lazy.h"

#include <pthread.h>

/* Room for the name of one of a log's streams, or of a subject of theirs. */
enum { BC_JS_NAME = 256 };

struct bc_js_link {
    const struct nats_lazy *nats;
    natsConnection *connection;
    jsCtx *js;
    char name[BC_JETSTREAM_NAME_MAX + 1]; /* of the log */
    unsigned timeout_ms;

    pthread_mutex_t lock;
    char
        refused[512]; /* what a server said it does not permit, since the call began; "": nothing */
};

/* Connects. The link stays where it is until it is closed. */
bc_status bc_js_link_open(struct bc_js_link *link, const struct bc_jetstream_address *address,
                          struct bc_err *err);
/* Fine where opening failed. */
void bc_js_link_close(struct bc_js_link *link);

int64_t bc_js_now_ms(void); /* of a clock that only goes on */

/* One call of the seam: what it may take, and what it is to do, for the sentence of a failure. */
struct bc_js_try {
    struct bc_js_link *link;
    const char *what; /* "cannot ... the shared log NAME" */
    int64_t until;    /* by bc_js_now_ms */
};
struct bc_js_try bc_js_try(struct bc_js_link *link, const char *what);
/* How long the next attempt may take: at least a second, so that the last one can be answered. */
int64_t bc_js_try_wait(const struct bc_js_try *attempt);
/* After an attempt that ended so: BC_OK: pause, and try again (it has paused). BC_E_REMOTE: that is
 * all. */
bc_status bc_js_try_again(const struct bc_js_try *attempt, natsStatus status, jsErrCode code,
                          struct bc_err *err);
/* The sentence of such an outcome, as BC_E_REMOTE. */
bc_status bc_js_failed(const struct bc_js_try *attempt, natsStatus status, struct bc_err *err);

/* The message of a stream with a sequence, as its leader has it; sequence 0: the last one on
 * `subject`. BC_DONE: there is none. The caller destroys it. */
bc_status bc_js_get(const struct bc_js_try *attempt, natsMsg **out, const char *stream,
                    uint64_t sequence, const char *subject, struct bc_err *err);
/* The state of a stream. BC_DONE: there is no such stream. The caller destroys it. */
bc_status bc_js_info(const struct bc_js_try *attempt, jsStreamInfo **out, const char *stream,
                     struct bc_err *err);
/* The bytes of a message, which live as long as it does. */
struct bc_str bc_js_bytes(const struct bc_js_link *link, const natsMsg *message);

#endif
