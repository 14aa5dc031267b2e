/* tools/show/stages.h - how fast deals get through each stage, in each form. */
#ifndef BC_TOOLS_SHOW_STAGES_H
#define BC_TOOLS_SHOW_STAGES_H

#include "projections/flow/velocity.h"
#include "tools/ask/basis.h"

struct stages_shown {
    const struct basis *basis; /* has one date */
    const struct bc_velocity_ask *ask;
    const struct bc_velocity *velocity;
};

/* The key of a count: "now", "stalled", ... */
extern const char *const stages_counts[BC_PACE_COUNT_N];

/* --- for other answers that have them, too --- */

/* The cells of the answer but for its basis, its list and its notes. */
void stages_cells(struct row *row, const struct stages_shown *shown);
struct rows stages_rows(const struct stages_shown *shown);
/* NULL: none. */
const char *stages_bottleneck(const struct stages_shown *shown);

/* --- forms --- */

void stages_show_json(const struct cmd_env *env, const struct stages_shown *shown);
void stages_show_csv(const struct cmd_env *env, const struct stages_shown *shown);
/* As tables, with the basis below. */
void stages_show(const struct cmd_env *env, const struct stages_shown *shown);

#endif
