/* tools/hubspot/service.h - how HubSpot says its limits, what is wrong, and what is nobody's
 * personal text. */
#ifndef BC_TOOLS_HUBSPOT_SERVICE_H
#define BC_TOOLS_HUBSPOT_SERVICE_H

#include "tools/http/http.h"

/* For http_opts. */
extern const struct http_service hubspot_service;

/* What a trace may show; of hubspot_service. */
extern const struct http_plain hubspot_plain;

/* Adds the scopes that an error's body names as missing, commas between. False: none. `out` is
 * empty before. */
bool hubspot_scopes(struct bc_buf *out, const json_t *root);

#endif
