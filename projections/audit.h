/* projections/audit.h - what the rules find odd about deals. A finding never changes a figure. */
#ifndef BC_PROJECTIONS_AUDIT_H
#define BC_PROJECTIONS_AUDIT_H

#include "projections/question.h"

enum bc_finding_kind {
    BC_START_NOT_ALLOWED, /* to, at, event */
    BC_MOVE_NOT_ALLOWED,  /* from, to, at, event */
    BC_UNKNOWN_STAGE,     /* stage, at, event */
    BC_LOST_WITHOUT_REASON,
    BC_WON_WITHOUT_CONTRACT, /* missing */
    BC_BAD_DATE,             /* property, value */
    BC_UNKNOWN_RED_LINE,     /* red_line, at, event; no deal */
    BC_FINDING_KIND_N
};
/* "start_not_allowed", ... */
const char *bc_finding_name(enum bc_finding_kind kind);

struct bc_finding {
    enum bc_finding_kind kind;
    struct bc_str deal;
    struct bc_str from, to, stage, red_line; /* stages as the rules name them, if they know them */
    int64_t at_us;
    struct bc_str event; /* its id */
    enum bc_property property;
    struct bc_str value;
    bool missing_start, missing_end, missing_mrr;
};

struct bc_audit {
    struct bc_finding
        *findings; /* by deal in byte order, then by kind and time; those of no deal last */
    size_t n, cap;
    bc_arena *arena;
};

/* Findings over the deals not gone at the question's one date. The caller frees *out. */
bc_status bc_audit_make(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, struct bc_err *err);
/* Findings about one deal, gone or not. */
bc_status bc_audit_deal(struct bc_audit **out, bc_timelines *timelines,
                        const struct bc_question *question, struct bc_str deal, struct bc_err *err);
void bc_audit_free(struct bc_audit *audit); /* NULL is fine */

#endif
