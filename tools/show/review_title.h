/* tools/show/review_title.h - the first line of a review, for people. */
#ifndef BC_TOOLS_SHOW_REVIEW_TITLE_H
#define BC_TOOLS_SHOW_REVIEW_TITLE_H

#include "projections/review/review.h"
#include "tools/ask/basis.h"
#include "tools/cli/cmd.h"
#include "tools/cli/times.h"

/* A time in a review, as options take it: the day that ends then, or else the instant. */
void review_when(char out[TIMES_LEN], const struct cmd_env *env, const struct basis *basis,
                 int64_t us);
/* "weekly review, 2026-03-29, since 2026-03-22", and the slice where one was asked for. */
void review_title_print(const struct cmd_env *env, const char *which, const struct basis *basis,
                        const struct bc_review_ask *ask, const char *since);

#endif
