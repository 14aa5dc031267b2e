/* tests/support/served.h - a server with answers that are easily told apart, and a client that
 * sends it what bytes it likes.
 *
 * It answers /page with what it was asked, /slow when served_go is called, /large?N with N bytes,
 * /asset as a style sheet, /file as a download, /away with a redirection, /none with nothing; all
 * else is 404. */
#ifndef BC_TESTS_SUPPORT_SERVED_H
#define BC_TESTS_SUPPORT_SERVED_H

#include "tools/serve/serve.h"

#include <pthread.h>

struct served {
    serve_server *server;
    unsigned port;
    char token[64];
    pthread_mutex_t lock;
    pthread_cond_t change;
    unsigned asked, slow, let; /* in all; that began to be slow; that may end */
    unsigned workers;          /* a bit for each that answered */
};

/* `opts->answer` is the server's own where it is NULL. */
void served_start(struct served *served, const struct serve_opts *opts);
void served_stop(struct served *served); /* fine where it was stopped already */
/* Waits until that many have begun to be slow; lets that many in all go on. */
void served_wait_slow(struct served *served, unsigned n);
void served_go(struct served *served, unsigned n);
unsigned served_asked(struct served *served);

/* A connection whose reads give up after a minute. */
int served_connect(const struct served *served);
void served_send(int fd, const char *bytes, size_t len);
/* "METHOD TARGET HTTP/1.1" with `Host` and the cookie, and what is in `more`, whole lines. */
void served_ask(const struct served *served, int fd, const char *method, const char *target,
                const char *more);

/* An answer; a NUL follows each of its parts. */
struct served_answer {
    unsigned status;    /* 0: the connection ended, or nothing came */
    struct bc_buf head; /* the status line and the headers, as they came */
    struct bc_buf body;
    bool ended; /* and then nothing more came */
};
/* Reads one answer; `bare`: as to HEAD, no body follows. */
void served_read(int fd, struct served_answer *answer, bool bare);
void served_answer_release(struct served_answer *answer);
/* The value of a header, up to its line's end, or NULL; it is there once. */
const char *served_header(const struct served_answer *answer, const char *name, char *out,
                          size_t size);

/* One request by a connection of its own, as raw bytes. */
void served_raw(const struct served *served, struct served_answer *answer, const char *bytes,
                size_t len);
/* One by served_ask. */
void served_get(const struct served *served, struct served_answer *answer, const char *method,
                const char *target, const char *more);

#endif
