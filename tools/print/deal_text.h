/* tools/print/deal_text.h - a deal within a sentence: its id, and what people call it. */
#ifndef BC_TOOLS_PRINT_DEAL_TEXT_H
#define BC_TOOLS_PRINT_DEAL_TEXT_H

#include "ledger/base/mem.h"
#include "tools/cli/names.h"

/* Adds `17 (Larkness GmbH)`; the id alone where it has no name. On a terminal a long
 * name ends in "…". The name is safe to print (tools/cli/text.h), the id is as it is. */
void deal_text_add(struct bc_buf *out, struct names *names, struct bc_str deal);
/* The same with a name that is known, "": none, in `most` columns at most; 0: all of it. */
void deal_text_add_name(struct bc_buf *out, struct bc_str deal, struct bc_str name, size_t most);

#endif
