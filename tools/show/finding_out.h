/* tools/show/finding_out.h - findings, as JSON and as words. */
#ifndef BC_TOOLS_SHOW_FINDING_OUT_H
#define BC_TOOLS_SHOW_FINDING_OUT_H

#include "projections/audit/audit.h"
#include "tools/print/json_out.h"

/* One finding as a JSON object. */
void finding_json(struct json_out *json, const struct bc_finding *finding);
/* Adds what was found, in words: "moved from discovery to closed_won, which is not allowed". */
void finding_text_add(struct bc_buf *out, const struct bc_finding *finding);

#endif
