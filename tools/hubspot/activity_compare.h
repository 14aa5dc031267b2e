/* tools/hubspot/activity_compare.h - the meetings, calls and e-mails that count for the ledger's
 * deals against those that HubSpot ties to them in this run.
 *
 * What the ledger has is taken from the fold, after every retraction, whoever made it. Of the deals
 * those that are there are compared, and of their activities those that came from HubSpot. */
#ifndef BC_TOOLS_HUBSPOT_ACTIVITY_COMPARE_H
#define BC_TOOLS_HUBSPOT_ACTIVITY_COMPARE_H

#include "projections/deal/deal.h"
#include "tools/hubspot/run.h"

enum hubspot_activity_fault {
    HUBSPOT_ACTIVITY_MISSING, /* HubSpot has it for the deal, and in the ledger it does not count */
    HUBSPOT_ACTIVITY_GONE,    /* the other way round */
    HUBSPOT_ACTIVITY_MOVED,   /* the ledger has it for another deal than HubSpot does */
    HUBSPOT_ACTIVITY_FAULT_N
};
extern const char *const hubspot_activity_fault_name[HUBSPOT_ACTIVITY_FAULT_N]; /* "missing" */

struct hubspot_activity_difference {
    const char *what; /* "meeting", "call", "email" */
    struct bc_str object, deal;
    struct bc_str now; /* the deal that it was moved to */
    enum hubspot_activity_fault fault;
};

/* One kind that is read: ties of activities to deals. */
struct hubspot_activity_sum {
    const char *what;
    uint64_t hubspot, ledger; /* what each has */
    uint64_t faults[HUBSPOT_ACTIVITY_FAULT_N];
    uint64_t unknown;  /* that HubSpot ties to deals, and did not give: not compared */
    uint64_t unlisted; /* deals that are not compared: HubSpot did not give their lists */
};

#define HUBSPOT_ACTIVITY_KIND_N 3
struct hubspot_activities_compared {
    struct hubspot_activity_sum sums[HUBSPOT_ACTIVITY_KIND_N];
    size_t sum_n;
    struct hubspot_activity_difference *differences; /* by deal, then what, then id */
    size_t n, cap;
};

typedef struct hubspot_activity_compare hubspot_activity_compare;

/* Borrows the run, whose index must not grow meanwhile. */
hubspot_activity_compare *hubspot_activity_compare_new(const struct hubspot_run *run);
void hubspot_activity_compare_free(hubspot_activity_compare *compare); /* NULL is fine */
/* Takes a deal that HubSpot has and that is not archived, as it is folded over all that counts. */
void hubspot_activity_compare_deal(hubspot_activity_compare *compare, const struct bc_deal *deal);
/* After all of them. Texts are copied into `arena`; the caller frees out->differences. */
void hubspot_activity_compare_end(hubspot_activity_compare *compare, bc_arena *arena,
                                  struct hubspot_activities_compared *out);

#endif
