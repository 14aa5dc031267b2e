/* tools/discover/discover_fold.h - words as they are compared: by their letters and digits alone.
 */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_FOLD_H
#define BC_TOOLS_DISCOVER_DISCOVER_FOLD_H

#include "ledger/base/mem.h"

/* Adds a text in lower case, without accents, and `between` (0: nothing) for what is no letter and
 * no digit. */
void discover_fold(struct bc_buf *out, struct bc_str text, char between);
/* Whether a folded word is in a list of such, "word word word"; *at: its place. */
bool discover_listed(unsigned *at, const char *list, struct bc_str word);

#endif
