/* tools/show/head.h - a head alone, as the whole of an answer. */
#ifndef BC_TOOLS_SHOW_HEAD_H
#define BC_TOOLS_SHOW_HEAD_H

#include "ledger/log/log.h"
#include "tools/cli/cmd.h"

/* {"seq", "root"} on a line. */
void head_json(const struct cmd_env *env, const struct bc_head *head);

#endif
