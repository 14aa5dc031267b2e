/* tools/show/diff_sides.h - what all answers to "what differs between two ways of asking" have in
 * common: both sides, and the words for causes and deals. */
#ifndef BC_TOOLS_SHOW_DIFF_SIDES_H
#define BC_TOOLS_SHOW_DIFF_SIDES_H

#include "projections/diff/steps.h"
#include "tools/ask/basis.h"

/* Both ways of asking. */
struct diff_sides {
    const struct basis *from, *to;
    int64_t from_us, to_us; /* as of */
};

/* "old" and "new": what each side rests on. */
void diff_sides_cells(struct row *row, const struct diff_sides *sides);
/* Notes of both; what only one of them says begins with "old: " or "new: ". Released by the caller.
 */
void diff_sides_notes(struct notes *out, const struct diff_sides *sides);
/* Below an answer for people. */
void diff_sides_print(const struct cmd_env *env, const struct diff_sides *sides);

/* A cause in words for people: "late event". */
const char *diff_cause_text(enum bc_cause cause);

/* "in", "out", "changed"; for people "+", "-", "~". */
enum diff_how { DIFF_HOW_NOT, DIFF_HOW_IN, DIFF_HOW_OUT, DIFF_HOW_CHANGED };
const char *diff_how_name(enum diff_how how);
/* The i-th deal and how it moves; DIFF_HOW_NOT: it does not. */
typedef enum diff_how diff_deal_fn(struct bc_str *deal, const void *source, size_t i);
/* The cell "deals" for people: the first few of n. */
void diff_deals_text(struct row *row, diff_deal_fn *tell, const void *source, size_t n);

#endif
