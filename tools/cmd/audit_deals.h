/* tools/cmd/audit_deals.h - whose findings are shown: of one deal, of an owner's, of those in a
 * stage. */
#ifndef BC_TOOLS_CMD_AUDIT_DEALS_H
#define BC_TOOLS_CMD_AUDIT_DEALS_H

#include "projections/audit/audit.h"
#include "tools/ask/basis.h"

/* As typed; NULL: any. */
struct audit_deals {
    const char *deal, *owner, *stage;
};

bool audit_deals_asked(const struct audit_deals *asked);
/* Drops the findings of other deals, and of none; *out_others is how many. Owners and stages are
 * those at the question's one date, for which the log was opened with all that is kept beside it.
 * Where no deal fits, a note says so. */
bc_status audit_deals_keep(size_t *out_others, struct bc_audit *audit, struct basis *basis,
                           const struct audit_deals *asked, struct bc_err *err);

#endif
