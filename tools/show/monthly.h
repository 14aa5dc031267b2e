/* tools/show/monthly.h - the monthly review: as JSON, and in sections for people. */
#ifndef BC_TOOLS_SHOW_MONTHLY_H
#define BC_TOOLS_SHOW_MONTHLY_H

#include "projections/review/monthly.h"
#include "tools/ask/basis.h"
#include "tools/cli/times.h"
#include "tools/show/closed.h"
#include "tools/show/learnings.h"
#include "tools/show/losses.h"
#include "tools/show/recorded.h"
#include "tools/show/signals.h"
#include "tools/show/versions.h"

/* A monthly review, and its parts as their own commands show them. */
struct monthly_shown {
    const struct basis *basis; /* has one date */
    const struct bc_review_ask *ask;
    const struct bc_monthly *monthly;
    struct named named;
    char since[TIMES_LEN]; /* for people */
    struct losses_shown losses;
    struct learnings_shown learnings;
    struct signals_shown signals;
    struct versions_shown versions;
};

/* Borrows all. */
void monthly_shown_init(struct monthly_shown *out, const struct basis *basis,
                        const struct bc_review_ask *ask, const struct bc_monthly *monthly);

/* All of its JSON as the cells of one row, as review_cells. */
void monthly_cells(struct row *row, const struct monthly_shown *shown,
                   const struct review_recorded *recorded);
/* Adds what a reportIssued holds of it: as review_text_add. */
void monthly_text_add(struct bc_buf *out, const struct monthly_shown *shown);

/* `recorded`, or NULL, stands at the end. */
void monthly_show_json(const struct cmd_env *env, const struct monthly_shown *shown,
                       const struct review_recorded *recorded);
void monthly_show(const struct cmd_env *env, const struct monthly_shown *shown,
                  const struct review_recorded *recorded);

#endif
