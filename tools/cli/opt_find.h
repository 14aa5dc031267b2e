/* tools/cli/opt_find.h - the line of a table of options that a word names. */
#ifndef BC_TOOLS_CLI_OPT_FIND_H
#define BC_TOOLS_CLI_OPT_FIND_H

#include "tools/cli/opt.h"

/* By `--as-of`, `--as-of=WHEN` or another accepted name, or by `-o`. NULL: the word is no option of
 * the table. */
const struct opt *opt_find(const struct opt *opts, const char *word);
/* The line of the argument that comes after `n` others; NULL: there is none. */
const struct opt *opt_find_argument(const struct opt *opts, size_t n);

#endif
