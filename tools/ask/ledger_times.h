/* tools/ask/ledger_times.h - times by the clocks of a ledger's latest rules, for answers without a
 * basis. */
#ifndef BC_TOOLS_ASK_LEDGER_TIMES_H
#define BC_TOOLS_ASK_LEDGER_TIMES_H

#include "ledger/ledger.h"
#include "projections/rules/rules.h"
#include "tools/cli/cmd.h"

struct ledger_times {
    bc_rules *rules;
    struct times *of; /* env->times */
};

/* Has env->times be in the zone of the rules, until it is closed. Rules that cannot be read are
 * warned of on standard error, and times are in UTC: the answer does not depend on them. */
void ledger_times_open(struct ledger_times *out, const struct cmd_env *env, bc_log *log);
void ledger_times_close(struct ledger_times *times); /* a zeroed one is fine */

#endif
