/* projections/diff/rules_effect.h - what other rules do to the figures, date by date. */
#ifndef BC_PROJECTIONS_DIFF_RULES_EFFECT_H
#define BC_PROJECTIONS_DIFF_RULES_EFFECT_H

#include "projections/diff/diff.h"

/* Called for each date at which some figure differs: what, by how much, and through which deals. A
 * negative status ends the walk. */
typedef bc_status bc_rules_effect_visit(void *payload, size_t date, const struct bc_diff *diff,
                                        struct bc_err *err);

/* Compares the answers under two sets of rules, at as many dates of each (a day may be another
 * instant in another zone), in their order. Dates at which nothing differs take one pass for
 * all. */
bc_status bc_rules_effect(bc_timelines *timelines, const struct bc_question *from,
                          const struct bc_question *to, bc_rules_effect_visit *visit, void *payload,
                          struct bc_err *err);

#endif
