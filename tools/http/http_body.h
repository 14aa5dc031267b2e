/* tools/http/http_body.h - a body as JSON, read strictly. */
#ifndef BC_TOOLS_HTTP_HTTP_BODY_H
#define BC_TOOLS_HTTP_HTTP_BODY_H

#include "tools/http/http.h"

/* BC_OK: *root is an object, or an array where that is fine, for the caller to json_decref.
 * BC_DONE: it is no JSON, *err says where; bytes may have been lost. BC_E_REMOTE: it is JSON, but
 * not accepted. */
bc_status http_body_parse(json_t **root, struct bc_str body, bool array_ok, struct bc_err *err);

/* Is the content type JSON's? */
bool http_body_is_json(const char *type);

/* The text of a member; "" where there is none. */
const char *http_body_text(const json_t *root, const char *key);

#endif
