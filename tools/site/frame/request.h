/* tools/site/frame/request.h - what is asked of the site, and what it answers. */
#ifndef BC_TOOLS_SITE_FRAME_REQUEST_H
#define BC_TOOLS_SITE_FRAME_REQUEST_H

#include "ledger/base/mem.h"

struct site_pair {
    struct bc_str key, value; /* decoded */
};

struct site_request {
    struct bc_str path; /* "/pipeline" */
    const struct site_pair *pairs;
    size_t pair_n;
};

struct site_answer {
    unsigned status;    /* as HTTP has it: 200, 303, 400, 404, 500 */
    const char *type;   /* "text/html; charset=utf-8" */
    struct bc_buf body; /* given back with bc_buf_release */
    char *location;     /* of 303, the address; or NULL. Freed by the caller */
    char *filename;     /* offered as a download of this name; or NULL. Freed by the caller */
    bool immutable;     /* its address has the hash of what it is */
};

#endif
