/* ledger/record/head.h - the text form of a head: a checkpoint, as https://c2sp.org/tlog-checkpoint
 * has it.
 *
 *   backcast/ledger/0a1b...      which ledger: its origin
 *   48211                        events
 *   CsUYapGGPo4dkMgIAUqom...     the root of the hash tree over them
 *
 * Further lines extend it, with whatever meaning its writer gives them; none of them is empty.
 * Signatures follow after an empty line, and belong to the note around it
 * (ledger/record/note.h). */
#ifndef BC_LEDGER_RECORD_HEAD_H
#define BC_LEDGER_RECORD_HEAD_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"
#include "ledger/record/merkle.h"

#define BC_LEDGER_NAMES "backcast/ledger/" /* the beginning of the name that a ledger is given */

/* Reads a head: origin and the lines that extend it (unless NULL; they point into `text`, and there
 * may be none), size and root. Any origin that is not empty is fine, also one with blanks or a +.
 * BC_E_INPUT: the text is no head; outputs are untouched. */
bc_status bc_head_parse(struct bc_head *out, struct bc_str *origin, struct bc_str *extensions,
                        struct bc_str text, struct bc_err *err);
/* Adds the three lines. */
void bc_head_text(struct bc_buf *out, struct bc_str origin, const struct bc_head *head);

static inline bool bc_head_eq(const struct bc_head *a, const struct bc_head *b)
{
    return a->size == b->size && memcmp(&a->root, &b->root, sizeof(a->root)) == 0;
}

/* May this text be signed: at least one line, each with its end, UTF-8, and no control characters
 * below U+0020 but the line ends? */
bool bc_lines_good(struct bc_str text);
/* Takes one line, which must have its end, off the front of a text. */
bool bc_line_take(struct bc_str *text, struct bc_str *out);
/* A decimal number without leading zeros, below 10^19. */
bool bc_decimal_read(uint64_t *out, struct bc_str text);

#endif
