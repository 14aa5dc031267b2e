/* tools/serve/serve_gate.h - who may ask: decided by the line and the headers of a request alone.
 */
#ifndef BC_TOOLS_SERVE_SERVE_GATE_H
#define BC_TOOLS_SERVE_SERVE_GATE_H

#include "tools/serve/serve.h"

enum { SERVE_TOKEN_LEN = 32 }; /* of 64 characters: 192 bits */

struct serve_token {
    char text[SERVE_TOKEN_LEN + 1]; /* "": none, which nothing is equal to */
};

bc_status serve_token_new(struct serve_token *out, struct bc_err *err);
/* In a time that tells nothing about the token. */
bool serve_token_is(const struct serve_token *token, struct bc_str text);

struct serve_gate {
    char host[32];   /* "127.0.0.1:61234" */
    char cookie[32]; /* its name, "backcast-61234" */
    struct serve_token token, once;
};

/* What decides of the headers of one request. `{ 0 }`, then each header. */
struct serve_seen {
    unsigned n, hosts, lengths; /* headers, and those of that name */
    size_t bytes;
    bool host_right; /* the last one is the gate's */
    bool body;       /* one follows, or may */
    bool foreign;    /* it comes from a page that is not ours */
    bool follows;    /* it says to be somebody who follows a link ... */
    bool framed;     /* ... but not in the whole window */
    bool known;      /* the cookie is there */
};
void serve_gate_see(const struct serve_gate *gate, struct serve_seen *seen, struct bc_str name,
                    struct bc_str value);

enum serve_verdict {
    SERVE_ENTER,
    SERVE_ADMIT, /* with the token: it becomes the cookie */
    SERVE_REFUSE,
};
/* `*answer` is filled but where it may enter; with SERVE_ADMIT `once` may be spent. `target` has no
 * NUL; it is "" where it was longer than SERVE_TARGET_MOST (`long_target`). */
enum serve_verdict serve_gate_judge(struct serve_gate *gate, const struct serve_seen *seen,
                                    const char *method, struct bc_str target, bool long_target,
                                    struct serve_answer *answer);

#endif
