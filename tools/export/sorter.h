/* tools/export/sorter.h - keys and values put in the order of their keys, however many there are:
 * sorted in pieces that fit into memory, which go to a temporary file and are merged. */
#ifndef BC_TOOLS_EXPORT_SORTER_H
#define BC_TOOLS_EXPORT_SORTER_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

typedef struct sorter sorter; /* opaque */

sorter *sorter_new(void);
void sorter_free(sorter *self); /* NULL is fine */

/* Keeps neither. Equal keys stay in the order in which they are added. */
bc_status sorter_add(sorter *self, struct bc_str key, struct bc_str value, struct bc_err *err);
/* Goes back to the first; afterwards nothing more is added. */
bc_status sorter_begin(sorter *self, struct bc_err *err);
/* BC_OK: *key and *value live until the next call. BC_DONE: the end; all was seen. */
bc_status sorter_next(sorter *self, struct bc_str *key, struct bc_str *value, struct bc_err *err);

/* Adds a number to a key so that keys are in its order: eight bytes, the largest first. */
void sorter_key_number(struct bc_buf *key, uint64_t number);
/* Adds a text without a NUL to a key, before what else the key has. */
void sorter_key_text(struct bc_buf *key, struct bc_str text);

#endif
