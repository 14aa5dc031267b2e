/* tools/print/fit.h - a text in the width there is, in columns of the terminal. Texts are UTF-8
 * that is safe to print (tools/cli/text.h). */
#ifndef BC_TOOLS_PRINT_FIT_H
#define BC_TOOLS_PRINT_FIT_H

#include "ledger/base/mem.h"

/* How many columns it takes; wide characters take two, accents none. */
size_t fit_width(struct bc_str text);

/* Each adds the text; `width` is at least 1. */
/* For ids, with "…" where something is missing: `deal/0…/stage/20`. */
void fit_middle(struct bc_buf *out, struct bc_str text, size_t width);
/* For names, with "…" where the rest is missing: `Larkness Gm…`. */
void fit_end(struct bc_buf *out, struct bc_str text, size_t width);
/* Lines of at most that width, unless a single character is wider, with line ends between them:
 * broken at blanks, a word that is too long for a line where it has a sign, and anywhere where it
 * has none. A blank at which a line ends is not printed; nothing else is left out. */
void fit_wrap(struct bc_buf *out, struct bc_str text, size_t width);

#endif
