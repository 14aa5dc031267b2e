/* tools/ask/ledger_names.h - what people call deals today, for answers without a question. */
#ifndef BC_TOOLS_ASK_LEDGER_NAMES_H
#define BC_TOOLS_ASK_LEDGER_NAMES_H

#include "projections/report/question.h"
#include "tools/ask/basis_names.h"
#include "tools/cli/cmd.h"

struct ledger_names {
    struct bc_question question;
    bc_timelines *timelines;
    struct basis_names *names;
};

/* Has env->names find deals by all that the log holds, as the rules read it, until it is closed;
 * not where nobody wants names. What is computed from the log and cannot be read is warned of on
 * standard error, and deals have their ids alone: the answer does not depend on it. `out` must stay
 * where it is; log and rules are borrowed. */
void ledger_names_open(struct ledger_names *out, const struct cmd_env *env, bc_log *log,
                       const bc_rules *rules);
void ledger_names_close(struct ledger_names *names); /* a zeroed one is fine */

#endif
