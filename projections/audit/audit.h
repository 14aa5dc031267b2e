/* projections/audit/audit.h - what the rules find odd about deals. A finding never changes a
 * figure. */
#ifndef BC_PROJECTIONS_AUDIT_AUDIT_H
#define BC_PROJECTIONS_AUDIT_AUDIT_H

#include "projections/audit/finding.h"
#include "projections/events/deal_events.h"

/* The row of its kind says which of these it has. */
struct bc_finding {
    enum bc_finding_kind kind;
    struct bc_str deal;
    struct bc_str from, to, stage, deal_type, red_line, told, found;
    int64_t at_us;
    struct bc_str event;
    struct bc_str property, value, start, end, date;
    int32_t days;
    const char *field; /* static */
    struct bc_str costs;
    unsigned missing; /* bits: enum bc_missing */
    const struct bc_str *skipped;
    size_t skipped_n;
    struct bc_str experiment, metric;
    const struct bc_str *experiments;
    size_t experiment_n;
    /* Of its event: of the one named; else of the one that set the property, or brought the deal to
     * its stage. */
    struct bc_str actor, source;
};

struct bc_audit {
    struct bc_finding
        *findings; /* by deal in byte order, for each the visits first; those of no deal last */
    size_t n, cap;
    bc_arena *arena;
};

/* Findings of some kinds over the deals not gone at the question's one date. For those of
 * bc_findings_of_learning the log was opened with all that is kept beside it (bc_ledger_open_all).
 * With `who`, each also has actor and source, which are read from its event. The caller frees *out.
 */
bc_status bc_audit_make(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, bc_finding_set kinds, bool who,
                        struct bc_err *err);
/* The same findings by deal and kind alone, in the same order: what is read from their events is
 * not there. With `deals`, in byte order, only those about these, each read on its own: for few. */
bc_status bc_audit_kinds(struct bc_audit **out, bc_timelines *timelines,
                         const struct bc_question *question, bc_finding_set kinds,
                         const struct bc_str *deals, size_t n, struct bc_err *err);
/* Findings about one deal, gone or not, of which these are the events that known-at lets through;
 * without actor and source. The log was opened as above. */
bc_status bc_audit_deal(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, bc_finding_set kinds,
                        const struct bc_deal_events *events, struct bc_str deal,
                        struct bc_err *err);
void bc_audit_free(struct bc_audit *audit); /* NULL is fine */

#endif
