/* tools/hubspot/discover_text.h - an account's own words: compared with ours, and written into an
 * account file. */
#ifndef BC_TOOLS_HUBSPOT_DISCOVER_TEXT_H
#define BC_TOOLS_HUBSPOT_DISCOVER_TEXT_H

#include "ledger/base/mem.h"
#include "ledger/base/str.h"

/* Letters and digits only, in lower case: "Closed-Won (complete)" is "closed_won_complete". */
bool hubspot_discover_alike(struct bc_str a, struct bc_str b);
/* Does a label begin with a word's letters: "Proposal sent"? Does it have them anywhere? */
bool hubspot_discover_begins(struct bc_str label, const char *word);
bool hubspot_discover_has(struct bc_str label, const char *word);

/* Adds text from the account to a comment: one line, whatever is in it. */
void hubspot_discover_comment(struct bc_buf *out, struct bc_str text);
/* Adds an id, in quotes wherever it needs no escapes, so that one of digits is visibly a text. */
void hubspot_discover_quoted(struct bc_buf *out, struct bc_str text);
/* Can it be a key? An empty one cannot, nor one with control characters in it. */
bool hubspot_discover_writable(struct bc_str text);

#endif
