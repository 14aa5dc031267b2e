/* tools/show/explain.h - what one figure rests on: the deals, meetings, e-mails that it counts, and
 * their events. */
#ifndef BC_TOOLS_SHOW_EXPLAIN_H
#define BC_TOOLS_SHOW_EXPLAIN_H

#include "projections/explain/explain.h"
#include "tools/ask/basis.h"

void explain_json(const struct cmd_env *env, const struct basis *basis,
                  const struct bc_explanation *explanation);
/* Reads what the events say from the log. */
bc_status explain_print(const struct cmd_env *env, const struct basis *basis,
                        const struct bc_explanation *explanation, struct bc_err *err);

#endif
