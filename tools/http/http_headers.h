/* tools/http/http_headers.h - what an answer's headers say. `easy` is libcurl's handle of it. */
#ifndef BC_TOOLS_HTTP_HTTP_HEADERS_H
#define BC_TOOLS_HTTP_HTTP_HEADERS_H

#include "tools/http/http_wire.h"

/* Type, ETag, times, and the limits as `service` (or NULL) names them. */
void http_headers_read(struct http_reply *reply, void *easy, const struct http_service *service);
/* Adds what the link to the next page leads to, as it is written; nothing if there is none. */
void http_headers_next(struct bc_buf *out, void *easy);

#endif
