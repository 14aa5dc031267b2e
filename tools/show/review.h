/* tools/show/review.h - the weekly review: as JSON, and in sections for people. */
#ifndef BC_TOOLS_SHOW_REVIEW_H
#define BC_TOOLS_SHOW_REVIEW_H

#include "projections/review/review.h"
#include "tools/ask/basis.h"
#include "tools/cli/times.h"
#include "tools/show/experiments.h"
#include "tools/show/flow.h"
#include "tools/show/handoff.h"
#include "tools/show/named.h"
#include "tools/show/recorded.h"
#include "tools/show/stages.h"

/* An issued report that would read differently now, or cannot be asked again. */
struct review_differing {
    struct bc_str report, name; /* the event's id */
    int64_t issued_us;
    size_t figures;      /* how many differ */
    uint32_t causes;     /* 1 << BC_CAUSE_RULE: projections/diff/steps.h */
    const char *problem; /* why it cannot; or NULL */
};

/* A review, and its parts as their own commands show them. */
struct review_shown {
    const struct basis *basis; /* has one date */
    const struct bc_review_ask *ask;
    const struct bc_review *review;
    const struct review_differing *differing; /* set by those who look for them */
    size_t differing_n;
    struct named named;
    char since[TIMES_LEN]; /* for people */
    struct basis between;  /* the same, with the two dates of the flow */
    struct flow_shown flow;
    struct stages_shown stages;
    struct experiments_shown experiments;
    struct handoff_shown handoff;
};

/* Borrows all; *out stays where it is. */
void review_shown_init(struct review_shown *out, const struct basis *basis,
                       const struct bc_review_ask *ask, const struct bc_review *review);

/* All of its JSON as the cells of one row, with what only a page says where it is for one:
 * `recorded`, or NULL, stands at the end. */
void review_cells(struct row *row, const struct review_shown *shown,
                  const struct review_recorded *recorded);
/* Adds what a reportIssued holds of it: all but the basis, which stands beside it there, and the
 * notes. */
void review_text_add(struct bc_buf *out, const struct review_shown *shown);

/* `recorded`, or NULL, stands at the end. */
void review_show_json(const struct cmd_env *env, const struct review_shown *shown,
                      const struct review_recorded *recorded);
/* What is off first, then a section each. */
void review_show(const struct cmd_env *env, const struct review_shown *shown,
                 const struct review_recorded *recorded);

#endif
