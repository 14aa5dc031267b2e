/* tools/discover/discover_listed.h - words in a list of them. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_LISTED_H
#define BC_TOOLS_DISCOVER_DISCOVER_LISTED_H

#include "ledger/base/mem.h"

/* Whether a word as letters_of() makes it is in a list of such, "word word word"; *at: its place.
 */
bool discover_listed(unsigned *at, const char *list, struct bc_str word);

#endif
