/* projections/rules/rules_diff.h - how the texts of two sets of rules differ.
 *
 * Rules are compared with every parameter written out, so that leaving a parameter out equals
 * giving its default. The order of maps makes no difference. */
#ifndef BC_PROJECTIONS_RULES_RULES_DIFF_H
#define BC_PROJECTIONS_RULES_RULES_DIFF_H

#include "projections/rules/rules.h"

struct bc_rules_change {
    struct bc_str path;     /* of keys: "metrics.sqd.stages" */
    struct bc_str from, to; /* as YAML on one line; len 0: it is missing */
};

struct bc_rules_diff {
    struct bc_rules_change *changes; /* in the order of the second rules, then what was removed */
    size_t n, cap;
    bc_arena *arena;
};

/* The caller frees *out. */
bc_status bc_rules_diff_make(struct bc_rules_diff **out, const bc_rules *from, const bc_rules *to,
                             struct bc_err *err);
void bc_rules_diff_free(struct bc_rules_diff *diff); /* NULL is fine */

#endif
