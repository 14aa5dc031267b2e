/* projections/review/renewals.h - contracts that have ended or will soon, one by one: the deals
 * that the metrics of overdue and coming renewals count. */
#ifndef BC_PROJECTIONS_REVIEW_RENEWALS_H
#define BC_PROJECTIONS_REVIEW_RENEWALS_H

#include "projections/walk/walk.h"

/* Whether a metric is one of these: a count of contracts that are overdue, or end within so many
 * days. */
bool bc_is_renewals(const struct bc_metric_rule *metric);

struct bc_renewing {
    size_t metric;              /* of the rules */
    struct bc_str deal, member; /* its company at the date; "": it has none */
    int32_t end_day;
    struct bc_str health, intent; /* the deal's own last; "": none was recorded */
    struct bc_str renewed_by;     /* the first open deal that names it in `renews`; "": none */
};

struct bc_renewals {
    struct bc_renewing *at; /* by the order of the metrics, then in byte order of the deals */
    size_t n;
    bc_arena *arena;
};

/* At the question's one date: each metric in the slice, or, where that is negative, in its
 * headline. The log was opened with all that is kept beside it (bc_ledger_open_all). */
bc_status bc_renewals_make(struct bc_renewals **out, bc_timelines *timelines,
                           const struct bc_question *question, int slice, struct bc_err *err);
/* The same in two halves, beside other questions (projections/walk/walk.h). */
bc_status bc_renewals_begin(struct bc_walked *walked, struct bc_renewals **out,
                            bc_timelines *timelines, const struct bc_question *question, int slice,
                            struct bc_err *err);
void bc_renewals_free(struct bc_renewals *renewals); /* NULL is fine */

#endif
