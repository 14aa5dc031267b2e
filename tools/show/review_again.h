/* tools/show/review_again.h - a review on record, asked again as it was asked: which of its parts
 * would read differently now. */
#ifndef BC_TOOLS_SHOW_REVIEW_AGAIN_H
#define BC_TOOLS_SHOW_REVIEW_AGAIN_H

#include "tools/show/issued_report.h"

/* Keys of the review's JSON, in its order, with texts of `issued`. What it says of issued reports
 * that differ is left aside, and so is what only one of the two says at all: a build of another
 * version has it. `today` has one date, since when it looks is as it was, and the log was opened
 * with all that is kept beside it. The whole review is made again, in a dozen walks over the deals.
 * BC_E_INPUT: it is of no kind that there is, or cannot be asked so again; *err says why. */
bc_status review_again(struct bc_str **out, size_t *out_n, const struct issued_report *issued,
                       struct bc_str answer, const struct basis *today, struct bc_err *err);

#endif
