/* tools/byhand/record_known.h - whether the log knows what an event by hand closes. */
#ifndef BC_TOOLS_BYHAND_RECORD_KNOWN_H
#define BC_TOOLS_BYHAND_RECORD_KNOWN_H

#include "ledger/log/log.h"

/* The deal ("" for none) of the last event of the body `begun` whose field `number` is `name`; it
 * lives in `arena`. BC_DONE: there is no such event. */
bc_status record_known(struct bc_str *deal, bc_log *log, enum bc_body begun, unsigned number,
                       struct bc_str name, bc_arena *arena, struct bc_err *err);

#endif
