/* tools/show/review.h - the weekly review: as JSON, and in sections for people. */
#ifndef BC_TOOLS_SHOW_REVIEW_H
#define BC_TOOLS_SHOW_REVIEW_H

#include "projections/review/review.h"
#include "tools/ask/basis.h"
#include "tools/show/experiments.h"
#include "tools/show/flow.h"
#include "tools/show/handoff.h"
#include "tools/show/stages.h"

/* A review, and its parts as their own commands show them. */
struct review_shown {
    const struct basis *basis; /* has one date */
    const struct bc_review_ask *ask;
    const struct bc_review *review;
    struct basis between; /* the same, with the two dates of the flow */
    struct flow_shown flow;
    struct stages_shown stages;
    struct experiments_shown experiments;
    struct handoff_shown handoff;
};

/* Borrows all; *out stays where it is. */
void review_shown_init(struct review_shown *out, const struct basis *basis,
                       const struct bc_review_ask *ask, const struct bc_review *review);

/* Adds what a reportIssued holds of it: all but the basis, which stands beside it there, the notes,
 * and which reports read differently. */
void review_text_add(struct bc_buf *out, const struct review_shown *shown);

/* Makes a review and adds that text: for one that was recorded, asked again. */
bc_status review_text_make(struct bc_buf *out, const struct basis *basis,
                           const struct bc_review_ask *ask, struct bc_err *err);

/* What became of one that was put on record: ids of its events. */
struct review_recorded {
    struct bc_buf review, report; /* review: empty where none was told to be held */
};

/* `recorded`, or NULL, stands at the end. */
void review_show_json(const struct cmd_env *env, const struct review_shown *shown,
                      const struct review_recorded *recorded);
/* What is off first, then a section each. */
void review_show(const struct cmd_env *env, const struct review_shown *shown,
                 const struct review_recorded *recorded);

#endif
