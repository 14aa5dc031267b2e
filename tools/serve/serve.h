/* tools/serve/serve.h - pages over HTTP, on this machine alone, for whoever has the address.
 *
 *     serve_start(&server, &(struct serve_opts){ .answer = answer, .to = state }, &err);
 *     serve_address(server, &address);    "http://127.0.0.1:61234/?token=…": once, for who may ask
 *     ...
 *     serve_stop(server);                 what is being answered is finished
 *
 * What holds of every connection and every answer, whatever `answer` does:
 * - It listens at 127.0.0.1 and nowhere else; `Host` is exactly "127.0.0.1:PORT", once, else 403:
 * so no page of another name reaches it, whatever that name resolves to.
 * - GET and HEAD, else 405. No body, else 413. A target of more than SERVE_TARGET_MOST bytes is
 * 414, more headers than SERVE_HEADERS_MOST, or more than SERVE_HEADER_BYTES_MOST in all, 431.
 * - What `Sec-Fetch-Site` says to come from a page that is not ours (all but "none", "same-origin"
 *   and no such header) is refused, 403, cookie or not. Where it is somebody who followed a link
 *   (GET, `Sec-Fetch-Mode: navigate`, and the whole window: `Sec-Fetch-Dest: document` or none),
 * the refusal is a page with the same address to click, and with nothing of the data: what is
 *   clicked there comes from us, and the browser then sends the cookie that it kept back.
 * - The token in the address becomes a cookie of the session (HttpOnly, SameSite=Strict, its name
 * has the port, since cookies do not know ports): 303 to the same address without the token. All
 * else without the cookie is 403. Both are random, and compared in constant time.
 * - Only then the target is read: paths and queries that are no text (bad percent-encoding, a NUL,
 * bad UTF-8), a path that begins with two slashes or backslashes once it is decoded, and more than
 * SERVE_PAIRS_MOST pairs, are 400; and `answer` is asked.
 * - Each answer has the headers of `serve_reply.c`: a policy that allows no script, style or
 * picture from elsewhere and none within a page, no-store or immutable, and so on.
 *
 * libmicrohttpd reads requests, on a thread of its own (epoll), and is strict. What is no HTTP it
 * refuses itself (400, 413, 414, 431, 501, 505: a line of its own, without our headers and without
 * a byte of the request or of ours) and hangs up; so it does after SERVE_WAIT_S without a byte.
 * Answers are made by the workers, one at a time each; the others wait in a queue, and where that
 * is full it is 503, at once. A client that is slow holds none of these threads; one that is gone
 * does until its answer is made: a question that was taken is answered to the end, whether somebody
 * still waits for it or not.
 *
 * Nothing here knows of ledgers, files, clocks of the wall, streams, locale or environment. */
#ifndef BC_TOOLS_SERVE_SERVE_H
#define BC_TOOLS_SERVE_SERVE_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

enum {
    SERVE_CONNECTIONS_MOST =
        4096, /* at once; with fewer open files allowed, as many as these are */
    SERVE_WAIT_S = 10,
    SERVE_TARGET_MOST = 8192,
    SERVE_HEADERS_MOST = 100,
    SERVE_HEADER_BYTES_MOST = 16384,
    SERVE_PAIRS_MOST = 64,
    SERVE_WORKERS_MOST = 64,
    SERVE_BODY_MOST = 64 << 20, /* of an answer: one that is larger becomes a 500 */
};

/* A pair of the query, decoded ('+' is a blank); UTF-8 without a NUL. */
struct serve_pair {
    struct bc_str key, value;
};

/* Lent. */
struct serve_request {
    struct bc_str path; /* decoded, "/..." */
    const struct serve_pair *pairs;
    size_t pair_n;
    bool head; /* the body will not be sent, but its length: so it is made all the same */
};

/* Zeroed before; what is not set of the first three: 500, with a sentence. */
struct serve_answer {
    unsigned status;    /* 200, 303, 400, 404, 500 ... */
    const char *type;   /* "text/html; charset=utf-8"; a literal */
    struct bc_buf body; /* given back by the server */
    char *location;     /* of a 303, "/..." and encoded, or NULL; freed by the server */
    char *filename;     /* offered as a download under this name, or NULL; freed by the server */
    bool immutable;     /* what has this address will never have other bytes */
};

/* Answers a question. `worker`: which of the threads asks, from 0 on; each asks one thing at a
 * time, but all of them at once. */
typedef void serve_answer_fn(void *to, unsigned worker, const struct serve_request *request,
                             struct serve_answer *answer);

typedef struct serve_server serve_server;

/* A number that is 0 stands for the default in its comment. */
struct serve_opts {
    serve_answer_fn *answer;
    void *to;           /* borrowed */
    unsigned workers;   /* 2; at most SERVE_WORKERS_MOST */
    unsigned queue_max; /* 128: questions that wait for a worker */
    unsigned port;      /* any that is free */
    bool or_any;        /* where the port is taken: any that is free */
    unsigned wait_s;    /* SERVE_WAIT_S */
};

/* Listens when it returns. BC_E_IO: the port is taken or not allowed, libmicrohttpd cannot be
 * loaded or started. BC_E_USAGE: no such port. */
bc_status serve_start(serve_server **out, const struct serve_opts *opts, struct bc_err *err);
/* Takes no more connections, finishes the answers that are being made (what waits gets a 503),
 * sends what is ready to those who read it within two seconds, and frees all. NULL is fine. */
void serve_stop(serve_server *server);

unsigned serve_port(const serve_server *server);
/* Adds the address with the token. */
void serve_address(const serve_server *server, struct bc_buf *out);
/* The same with a token that works once, for where others of this machine may see it: the arguments
 * of a program. It replaces the one before. */
bc_status serve_address_once(serve_server *server, struct bc_buf *out, struct bc_err *err);

/* A port that is always the same for the same name, 61000 to 65535: above those from which Linux
 * takes the ports of outgoing connections. */
unsigned serve_usual_port(struct bc_str name);

#endif
