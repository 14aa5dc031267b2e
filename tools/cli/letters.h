/* tools/cli/letters.h - texts as they are compared where people spell them in several ways: by
 * their letters and digits alone. */
#ifndef BC_TOOLS_CLI_LETTERS_H
#define BC_TOOLS_CLI_LETTERS_H

#include "ledger/base/mem.h"

/* Adds a text in lower case, without accents, and `between` (0: nothing) for what is no letter and
 * no digit, bytes that are no UTF-8 too. */
void letters_of(struct bc_buf *out, struct bc_str text, char between);

#endif
