/* tools/hubspot/record.h - the fields of any HubSpot record, of a deal or another object. */
#ifndef BC_TOOLS_HUBSPOT_RECORD_H
#define BC_TOOLS_HUBSPOT_RECORD_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

#include <jansson.h>

/* When it was last changed, by HubSpot's clock; 0: not given. */
int64_t hubspot_modified(const json_t *record);
/* Its id, which lives as long as the record; BC_E_REMOTE: it has none. */
bc_status hubspot_record_id(struct bc_str *out, const json_t *record, struct bc_err *err);

#endif
