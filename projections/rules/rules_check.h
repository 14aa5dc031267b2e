/* projections/rules/rules_check.h - oddities in valid rules.
 *
 * A warning is about rules that contradict themselves or that can never apply. Moves that are not
 * allowed are recorded all the same, so "never" means: as long as deals keep to these rules. */
#ifndef BC_PROJECTIONS_RULES_RULES_CHECK_H
#define BC_PROJECTIONS_RULES_RULES_CHECK_H

#include "projections/rules/rules.h"

enum bc_rules_oddity {
    BC_ODD_NO_START,      /* no stage in which a deal may begin */
    BC_ODD_UNREACHABLE,   /* no allowed moves lead to a stage */
    BC_ODD_DEAD_END,      /* an open stage from which nothing is ever won, lost or final */
    BC_ODD_UNUSED_STAGE,  /* no metric and no red line uses it; a lost stage is never warned of */
    BC_ODD_CONTRADICTION, /* a condition that excludes another one, or a stage */
    BC_ODD_NEVER,         /* a conversion or lead time that no allowed move makes */
    BC_ODD_NEVER_FIRES,   /* a red line that cannot be breached */
    BC_ODD_ALWAYS_FIRES,  /* a red line that is breached once its guard is met */
};
/* "no_start", ... */
const char *bc_rules_oddity_name(enum bc_rules_oddity oddity);

/* `where` holds the sentence, PATH:LINE:COLUMN as its context, and the line with a caret. */
typedef void bc_rules_warn(void *payload, enum bc_rules_oddity oddity, const struct bc_err *where);

/* Calls `warn` for each oddity; `rules` are those of `yaml`. */
bc_status bc_rules_check(const bc_rules *rules, struct bc_str yaml, const char *path,
                         bc_rules_warn *warn, void *payload, struct bc_err *err);

#endif
