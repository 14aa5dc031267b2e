/* tools/export/ocel_json.h - an object-centric event log as the JSON of OCEL 2.0.
 *
 * Every value is a text, whatever its type, as the standard's schema has it: a time in RFC 3339, a
 * boolean as "true". One type, event or object a line. */
#ifndef BC_TOOLS_EXPORT_OCEL_JSON_H
#define BC_TOOLS_EXPORT_OCEL_JSON_H

#include "tools/export/ocel_log.h"

#include <stdio.h>

/* That `file` cannot be written is seen by who closes it. */
bc_status ocel_json_write(FILE *file, struct ocel_log_out *out, const struct counted *counted,
                          const bc_rules *rules, struct progress *progress, struct bc_err *err);

#endif
