/* tools/http/http_address.h - where addresses lead: within the base URL, to another host that is
 * allowed, or off. */
#ifndef BC_TOOLS_HTTP_HTTP_ADDRESS_H
#define BC_TOOLS_HTTP_HTTP_ADDRESS_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

/* A base URL in its parts. */
struct http_base {
    char *url;                        /* without a '/' at its end */
    char *scheme, *host, *port, *dir; /* `dir`: its path, without a '/' at its end */
    bool secure, local;               /* by https; to this machine */
};

/* BC_E_INPUT: no base URL. */
bc_status http_base_read(struct http_base *out, const char *url, struct bc_err *err);
void http_base_release(struct http_base *base);

enum http_way {
    HTTP_WAY_OFF,    /* anywhere else */
    HTTP_WAY_WITHIN, /* within the base URL */
    HTTP_WAY_BESIDE, /* to a host beside it, without the token */
};

struct http_target {
    enum http_way way;
    char host[256];   /* "" if it is no address */
    struct bc_buf to; /* with a NUL: a path from the base URL on; beside it, the whole address */
};

/* Where `to` leads, which may be relative to the address `from`. Beside the base URL are `hosts`,
 * as http_opts has them. `out` may be one that was used before. */
void http_address_resolve(struct http_target *out, const struct http_base *base, const char *from,
                          const char *to, const char *const *hosts);
void http_target_release(struct http_target *target);

#endif
