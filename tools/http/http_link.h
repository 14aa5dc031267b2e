/* tools/http/http_link.h - the Link header, RFC 8288. */
#ifndef BC_TOOLS_HTTP_HTTP_LINK_H
#define BC_TOOLS_HTTP_HTTP_LINK_H

#include "ledger/base/mem.h"

/* Adds what the header's first link of the relation "next" leads to, as it is written there;
 * nothing if it has none. */
void http_link_next(struct bc_buf *out, const char *header);

#endif
