/* projections/walk/since.h - from when on the meetings look. Beside versions.h, since it reads the
 * same facts, those about no deal in the family learning. */
#ifndef BC_PROJECTIONS_WALK_SINCE_H
#define BC_PROJECTIONS_WALK_SINCE_H

#include "projections/report/question.h"

/* Instants before the question's one date. */
struct bc_since {
    int64_t review_us;    /* the last review; none: the date, 7 civil days earlier */
    int64_t playbook_us;  /* the last playbook's publication; none: the same, 31 days */
    bool held, published; /* there was one */
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). Checks nothing against
 * its sum: the caller walks over the deals, too, before or after it. */
bc_status bc_since_read(struct bc_since *out, bc_timelines *timelines,
                        const struct bc_question *question, struct bc_err *err);

#endif
