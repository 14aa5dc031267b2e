/* tools/connect/dropbox_sign.h - the parts of Dropbox Sign's connector: its lists, and what a first
 * account file is made of. */
#ifndef BC_TOOLS_CONNECT_DROPBOX_SIGN_H
#define BC_TOOLS_CONNECT_DROPBOX_SIGN_H

#include "tools/connect/connector.h"
#include "tools/connect/run.h"

/* A page of requests, and how many pages and requests there are. */
struct dropbox_sign_page {
    const json_t *requests; /* an array, of the answer */
    int64_t pages, results;
    struct http_answer answer;
};
/* *out's answer is the caller's to release, also after a failure. `team`: those of the whole team.
 * BC_E_REMOTE: the answer is none, or does not say how many there are. */
bc_status dropbox_sign_page(struct connect_run *run, struct dropbox_sign_page *out, int64_t number,
                            bool team, struct bc_err *err);

/* Takes all requests, of some more than once: the list is read again where it changed on the way,
 * or gave fewer than it says; what is still missing then is noted. BC_E_REMOTE: also of a list
 * without an end. */
typedef bc_status dropbox_sign_take_fn(struct connect_run *run, const json_t *request,
                                       struct bc_err *err);
bc_status dropbox_sign_list(struct connect_run *run, bool team, dropbox_sign_take_fn *take,
                            struct bc_err *err);

bc_status dropbox_sign_discover(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                                struct bc_err *err);

#endif
