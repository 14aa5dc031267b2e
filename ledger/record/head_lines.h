/* ledger/record/head_lines.h - the lines by which we extend a head, below its root and above
 * signatures:
 *
 *   backcast/ledger/0a1b...
 *   48211
 *   CsUYapGGPo4dkMgIAUqom...
 *   deals 190 47DEQpj8HBSa+/TI...       how many deals have events, and the root of the tree over
 *                                       them (ledger/record/deal_tree.h)
 *   signed 2026-03-31T18:02:11.000000Z  when its signer says that it was signed
 *
 * Lines of others are ignored: https://c2sp.org/tlog-checkpoint calls all of them opaque. */
#ifndef BC_LEDGER_RECORD_HEAD_LINES_H
#define BC_LEDGER_RECORD_HEAD_LINES_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"
#include "ledger/record/merkle.h"

struct bc_head_lines {
    bool has_deals, has_signed;
    struct bc_head deals; /* how many there are, and the root over them */
    int64_t signed_us;
};

/* Adds those that are there. */
void bc_head_lines_add(struct bc_buf *out, const struct bc_head_lines *lines);
/* Reads ours among the extension lines of a head. BC_E_INPUT: one that cannot be read, or twice. */
bc_status bc_head_lines_read(struct bc_head_lines *out, struct bc_str extensions,
                             struct bc_err *err);

#endif
