/* tools/hubspot/record.h - what any record of HubSpot's says of itself, a deal's or another. */
#ifndef BC_TOOLS_HUBSPOT_RECORD_H
#define BC_TOOLS_HUBSPOT_RECORD_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

#include <jansson.h>

/* When it was changed last, by HubSpot's clock; 0: not told. */
int64_t hubspot_modified(const json_t *record);
/* Its id, which lives as long as the record; none: BC_E_REMOTE. */
bc_status hubspot_record_id(struct bc_str *out, const json_t *record, struct bc_err *err);

#endif
