/* tools/show/audit.h - findings over all deals, and how often each kind is there: in all, by actor,
 * by source. */
#ifndef BC_TOOLS_SHOW_AUDIT_H
#define BC_TOOLS_SHOW_AUDIT_H

#include "projections/audit/audit.h"
#include "tools/ask/basis.h"

enum audit_by { AUDIT_BY_NOTHING, AUDIT_BY_ACTOR, AUDIT_BY_SOURCE };

struct audit_shown {
    const struct basis *basis; /* has one date */
    const struct bc_audit *audit;
    enum audit_by by; /* whom it is counted by */
    size_t others;    /* findings left out, since they are about other deals */
};

void audit_json(const struct cmd_env *env, const struct audit_shown *shown, bool with_counts);
/* The findings; counted by somebody, the counts. */
void audit_csv(const struct cmd_env *env, const struct audit_shown *shown);
void audit_print(const struct cmd_env *env, const struct audit_shown *shown);

#endif
