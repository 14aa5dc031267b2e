/* tools/connect/dropbox_sign.h - the parts of Dropbox Sign's connector: its lists, and what a first
 * account file is made of. */
#ifndef BC_TOOLS_CONNECT_DROPBOX_SIGN_H
#define BC_TOOLS_CONNECT_DROPBOX_SIGN_H

#include "tools/connect/connector.h"
#include "tools/connect/run.h"

/* A page of requests; *out is the caller's to release, also after a failure. `team`: those of the
 * whole team. BC_E_REMOTE: the answer is none. */
bc_status dropbox_sign_page(struct connect_run *run, struct http_answer *out, int64_t page,
                            bool team, struct bc_err *err);

bc_status dropbox_sign_discover(struct connect_run *run, struct bc_buf *file, struct bc_buf *found,
                                struct bc_err *err);

#endif
