/* projections/audit/audit.h - what the rules find odd about deals. A finding never changes a
 * figure. */
#ifndef BC_PROJECTIONS_AUDIT_AUDIT_H
#define BC_PROJECTIONS_AUDIT_AUDIT_H

#include "projections/report/question.h"

enum bc_finding_kind {
    BC_START_NOT_ALLOWED, /* to, at, event */
    BC_MOVE_NOT_ALLOWED,  /* from, to, at, event */
    BC_UNKNOWN_STAGE,     /* stage, at, event */
    BC_LOST_WITHOUT_REASON,
    BC_WON_WITHOUT_CONTRACT, /* missing */
    BC_BAD_DATE,             /* property, value */
    BC_UNKNOWN_RED_LINE,     /* red_line, at, event; no deal */
    /* Those above are what an audit finds where nothing else is asked for; those below are about
     * the playbook's habits. */
    BC_STAGE_SKIPPED,         /* a move that is not allowed, where there is a way of allowed ones:
                                 skipped has the stages on the shortest; from, to, at, event */
    BC_UNQUALIFIED,           /* enrichment was left for another open stage with no qualification
                                 recorded before: to, at, event */
    BC_MOVED_BEFORE_CREATION, /* to, at, event */
    BC_DATE_BEFORE_CREATION,  /* a contract date at A: property, value */
    BC_TYPE_DOES_NOT_FIT, /* to a stage, by the rules: stage, value (the deal type), at, event */
    BC_PARKED_PAST_DATE,  /* parked_until has come, and the deal has not moved since it was set:
                             stage, value */
    BC_LOST_WITHOUT_LEARNING, /* in a lost stage at A, no learning recorded by then */
    BC_WON_WITHOUT_DOCUMENTS, /* in a won stage at A: missing */
    BC_FINDING_KIND_N
};
/* "start_not_allowed", ... */
const char *bc_finding_name(enum bc_finding_kind kind);

/* Sets of kinds: a bit each. */
#define BC_FINDING_BIT(kind) (UINT32_C(1) << (kind))
#define BC_FINDINGS_USUAL    (BC_FINDING_BIT(BC_STAGE_SKIPPED) - 1)
#define BC_FINDINGS_ALL      (BC_FINDING_BIT(BC_FINDING_KIND_N) - 1)

enum bc_missing {
    BC_MISSING_START = 1,
    BC_MISSING_END = 2,
    BC_MISSING_MRR = 4,
    BC_MISSING_AGREEMENT = 8, /* signed */
    BC_MISSING_ORDER = 16,
    BC_MISSING_HANDOFF = 32,
};

struct bc_finding {
    enum bc_finding_kind kind;
    struct bc_str deal;
    struct bc_str from, to, stage, red_line; /* stages as the rules name them, if they know them */
    int64_t at_us;
    struct bc_str event; /* its id */
    enum bc_property property;
    struct bc_str value;
    unsigned missing; /* bits: enum bc_missing */
    const struct bc_str *skipped;
    size_t skipped_n;
    /* Of the event that it comes from: of the one named; else of the one that set the property, or
     * brought the deal where it stands. */
    struct bc_str actor, source;
};

struct bc_audit {
    struct bc_finding
        *findings; /* by deal in byte order, of each first its visits; those of no deal last */
    size_t n, cap;
    bc_arena *arena;
};

/* Findings of some kinds over the deals not gone at the question's one date. With `who`, each also
 * has actor and source, which takes a look at its event. The caller frees *out. */
bc_status bc_audit_make(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, uint32_t kinds, bool who,
                        struct bc_err *err);
/* Findings about one deal, gone or not; without actor and source. */
bc_status bc_audit_deal(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, uint32_t kinds, struct bc_str deal,
                        struct bc_err *err);
void bc_audit_free(struct bc_audit *audit); /* NULL is fine */

#endif
