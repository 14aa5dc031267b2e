/* tools/show/sources.h - where the ledger's events come from: each system and source, its newest
 * event, its last run, how far ledger and source agreed, and by how much it lags. */
#ifndef BC_TOOLS_SHOW_SOURCES_H
#define BC_TOOLS_SHOW_SOURCES_H

#include "ledger/log/log.h"
#include "tools/cli/cmd.h"
#include "tools/connect/schedule.h"

enum sources_form { SOURCES_TABLE, SOURCES_JSON, SOURCES_CSV };

/* `schedule` NULL: none. */
bc_status sources_show(const struct cmd_env *env, bc_log *log,
                       const struct connect_schedule *schedule, enum sources_form form,
                       struct bc_err *err);

#endif
