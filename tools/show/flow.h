/* tools/show/flow.h - what came into a set of stages between two dates, and what went out, in each
 * form. */
#ifndef BC_TOOLS_SHOW_FLOW_H
#define BC_TOOLS_SHOW_FLOW_H

#include "projections/flow/flow.h"
#include "tools/ask/basis.h"

struct flow_shown {
    const struct basis *basis; /* its question has the two dates */
    const struct bc_flow_ask *ask;
    const struct bc_flow *flow;
};

/* --- for other answers that have it, too --- */

/* The cells of the answer but for its basis, its list and its notes. */
void flow_cells(struct row *row, const struct flow_shown *shown);
/* Where a deal is: for people a word where it is nowhere. */
void flow_place_cell(struct row *row, const char *key, struct bc_str stage);
uint64_t flow_before(const struct bc_flow *flow);
uint64_t flow_after(const struct bc_flow *flow);

/* --- forms --- */

void flow_show_json(const struct cmd_env *env, const struct flow_shown *shown);
/* The moves. */
void flow_show_csv(const struct cmd_env *env, const struct flow_shown *shown);
/* The sum and the moves, with the basis below. */
void flow_show(const struct cmd_env *env, const struct flow_shown *shown);

#endif
