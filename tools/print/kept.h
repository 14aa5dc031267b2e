/* tools/print/kept.h - an answer that is kept: its rows, to be read as often as wanted, after what
 * they were filled from is gone. For who shows several answers together. */
#ifndef BC_TOOLS_PRINT_KEPT_H
#define BC_TOOLS_PRINT_KEPT_H

#include "tools/print/walk.h"

struct kept;

/* `times`, or NULL, is how people will read times in it; borrowed. */
struct kept *kept_new(const struct times *times);
void kept_free(struct kept *kept); /* NULL is fine */

/* For env->answers: what it takes is kept. Rows are filled for programs and pages. */
struct answer_taker *kept_taker(struct kept *kept);

/* What was taken: an answer that is one is one row, one that has many a row each. Rows within are
 * those of its cells, and filled from what is kept. */
struct rows kept_rows(const struct kept *kept);
/* The only one, or the first; an empty row where there is none. Lives as long as `kept`. */
const struct row *kept_row(const struct kept *kept);

#endif
