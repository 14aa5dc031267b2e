/* tools/show/sentence.h - fills in the sentences of the tables of findings and reasons. */
#ifndef BC_TOOLS_SHOW_SENTENCE_H
#define BC_TOOLS_SHOW_SENTENCE_H

#include "ledger/base/mem.h"

/* Adds the value of a key of the finding or reason. */
typedef void sentence_fill(struct bc_buf *out, const void *of, struct bc_str key);

/* Adds "moved from {from}", each key in braces filled in. */
void sentence_add(struct bc_buf *out, const char *sentence, sentence_fill *fill, const void *of);

#endif
