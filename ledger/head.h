/* ledger/head.h - the text form of a head: a checkpoint, as https://c2sp.org/tlog-checkpoint has
 * it.
 *
 *   backcast/ledger/0a1b...      which ledger: its origin
 *   48211                        events
 *   CsUYapGGPo4dkMgIAUqom...     the root of the hash tree over them
 *
 * Further lines, which extend it or sign it, are let be. */
#ifndef BC_LEDGER_HEAD_H
#define BC_LEDGER_HEAD_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"
#include "ledger/merkle.h"

/* Reads a head: origin (unless NULL; it points into `text`), size and root. */
bc_status bc_head_parse(struct bc_head *out, struct bc_str *origin, struct bc_str text,
                        struct bc_err *err);
/* Adds the three lines. */
void bc_head_text(struct bc_buf *out, struct bc_str origin, const struct bc_head *head);

static inline bool bc_head_eq(const struct bc_head *a, const struct bc_head *b)
{
    return a->size == b->size && memcmp(&a->root, &b->root, sizeof(a->root)) == 0;
}

/* Takes one line, which must have its end, off the front of a text. */
bool bc_line_take(struct bc_str *text, struct bc_str *out);
/* A decimal number without leading zeros, below 10^19. */
bool bc_decimal_read(uint64_t *out, struct bc_str text);

#endif
