/* tools/show/explain.h - what one figure rests on: the deals, meetings, e-mails that it counts, and
 * their events. */
#ifndef BC_TOOLS_SHOW_EXPLAIN_H
#define BC_TOOLS_SHOW_EXPLAIN_H

#include "projections/explain/explain.h"
#include "tools/ask/basis.h"

/* Of one value of a key; NULL where it is of all. */
struct explain_of {
    struct bc_str by, of;
};

void explain_json(const struct cmd_env *env, const struct basis *basis,
                  const struct bc_explanation *explanation, const struct explain_of *of);
/* Reads what the events say from the log. */
bc_status explain_print(const struct cmd_env *env, const struct basis *basis,
                        const struct bc_explanation *explanation, const struct explain_of *of,
                        struct bc_err *err);

#endif
