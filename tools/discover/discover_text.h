/* tools/discover/discover_text.h - an account's own words: compared with ours, and written into an
 * account file. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_TEXT_H
#define BC_TOOLS_DISCOVER_DISCOVER_TEXT_H

#include "ledger/base/mem.h"
#include "ledger/base/str.h"

/* Letters and digits only, in lower case: "Closed-Won (complete)" is "closed_won_complete". */
bool discover_alike(struct bc_str a, struct bc_str b);
/* Does a label begin with a word's letters: "Proposal sent"? Does it have them anywhere? */
bool discover_begins(struct bc_str label, const char *word);
bool discover_has(struct bc_str label, const char *word);

/* Adds text from the account to a comment: one line, whatever is in it. */
void discover_comment(struct bc_buf *out, struct bc_str text);
/* Adds an id, in quotes wherever it needs no escapes, so that one of digits is visibly a text. */
void discover_quoted(struct bc_buf *out, struct bc_str text);
/* Can it be a key? An empty one cannot, nor one with control characters in it. */
bool discover_writable(struct bc_str text);

#endif
