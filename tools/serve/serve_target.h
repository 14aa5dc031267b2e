/* tools/serve/serve_target.h - the target of a request, "/path?key=value&...", as it was sent. */
#ifndef BC_TOOLS_SERVE_SERVE_TARGET_H
#define BC_TOOLS_SERVE_SERVE_TARGET_H

#include "tools/serve/serve.h"

/* Is it a path of ours, perhaps with a query, in the bytes of an address? So that one that is sent
 * back as a link or in a `Location` leads nowhere else: it begins with one slash, and not with what
 * a browser takes for a second one. */
bool serve_target_sound(struct bc_str target);

/* Is there a `token` in the query? *token: its value, as it stands. */
bool serve_target_token(struct bc_str target, struct bc_str *token);
/* Adds the target less every `token`; a NUL follows, which is not counted. */
void serve_target_bare(struct bc_buf *out, struct bc_str target);
/* Adds a sound target for between the quotes of an attribute. */
void serve_target_quoted(struct bc_buf *out, struct bc_str target);

/* A request with what it is made of. `{ 0 }` is an empty one. */
struct serve_target {
    struct serve_request request;
    struct bc_buf texts;
    struct serve_pair pairs[SERVE_PAIRS_MOST];
};
/* Decodes a sound target. NULL: done, and the path leads nowhere else when it is decoded, either;
 * else a sentence that says what is wrong. */
const char *serve_target_read(struct serve_target *out, struct bc_str target);
void serve_target_release(struct serve_target *target);

#endif
