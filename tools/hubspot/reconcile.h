/* tools/hubspot/reconcile.h - the ledger's deals against HubSpot's, one by one, and their
 * activities.
 *
 * Folds each deal's events as they are visible now, and compares stage, deal type, contract dates,
 * monthly revenue, what it renews (where an association says so) and existence with what HubSpot
 * says in this run. */
#ifndef BC_TOOLS_HUBSPOT_RECONCILE_H
#define BC_TOOLS_HUBSPOT_RECONCILE_H

#include "projections/rules/rules.h"
#include "projections/timelines/timelines.h"
#include "tools/hubspot/activity_compare.h"
#include "tools/hubspot/run.h"

enum hubspot_matter {
    HUBSPOT_STAGE,
    HUBSPOT_PIPELINE, /* HubSpot has it in one that is not read, and the ledger not parked */
    HUBSPOT_DEAL_TYPE,
    HUBSPOT_CONTRACT_START,
    HUBSPOT_CONTRACT_END,
    HUBSPOT_MRR,
    HUBSPOT_RENEWS,
    HUBSPOT_PRESENCE, /* "there", "archived", "not visible" */
    HUBSPOT_MATTER_N
};
extern const char *const hubspot_matter_name[HUBSPOT_MATTER_N];

struct hubspot_difference {
    struct bc_str deal;
    enum hubspot_matter matter;
    struct bc_str ledger, hubspot; /* what each has; empty: nothing */
};

struct hubspot_reconciled {
    uint64_t agree, differ;                 /* deals */
    struct hubspot_difference *differences; /* by deal in byte order, then by what is compared */
    size_t n, cap;
    struct hubspot_activities_compared activities;
    bc_arena *arena; /* owns the texts */
};

/* `timelines` must be up to date. The caller releases *out, also on failure. */
bc_status hubspot_reconcile(struct hubspot_reconciled *out, struct hubspot_run *run,
                            bc_timelines *timelines, const bc_rules *rules, struct bc_err *err);
/* Emits, for each difference between deals, what HubSpot says, as observed now. */
bc_status hubspot_repair(struct hubspot_run *run, const struct hubspot_reconciled *reconciled,
                         struct bc_err *err);
void hubspot_reconciled_release(struct hubspot_reconciled *reconciled);

#endif
