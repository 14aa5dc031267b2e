/* tools/cmd/made_ledger.h - the end of making a ledger that has the events of another one. */
#ifndef BC_TOOLS_CMD_MADE_LEDGER_H
#define BC_TOOLS_CMD_MADE_LEDGER_H

#include "ledger/making.h"
#include "tools/cli/cmd.h"

/* All events are in it: brings its cache up to date, verifies it, compares its head with that of
 * `from`, and makes it a ledger. */
bc_status made_ledger_finish(bc_making *making, const struct bc_head *head, const char *from,
                             const struct cmd_env *env, struct bc_err *err);

#endif
