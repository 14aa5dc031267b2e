/* projections/replay_log.h - a stretch of the log, turned into facts and seqs by deal, in memory.
 */
#ifndef BC_PROJECTIONS_REPLAY_LOG_H
#define BC_PROJECTIONS_REPLAY_LOG_H

#include "ledger/log.h"
#include "projections/deal/facts.h"

enum { BC_SEQ_BYTES = 5 }; /* of a seq in a list of them, little-endian */

static inline uint64_t bc_seq_get(const char *at)
{
    uint64_t seq = 0;

    for (int i = 0; i < BC_SEQ_BYTES; i++)
        seq |= (uint64_t)(uint8_t)at[i] << (8 * i);
    return seq;
}

/* What a stretch of the log adds to one deal. */
struct bc_deal_rows {
    struct bc_str deal;
    struct bc_buf facts, seqs;
};

/* The deals that a stretch of the log touches. */
typedef struct bc_rows bc_rows;

bc_rows *bc_rows_new(void);
void bc_rows_free(bc_rows *rows); /* NULL is fine */
/* Reads the events first..last, or fewer if their rows get larger than `bytes_most` (0: no bound);
 * *out_last is the last one read. New texts are added to `words`. */
bc_status bc_rows_read(bc_rows *rows, bc_log *log, uint64_t first, uint64_t last, size_t bytes_most,
                       bc_words *words, uint64_t *out_last, struct bc_err *err);
/* Sorts the deals into byte order, and hands them out. */
const struct bc_deal_rows *bc_rows_sorted(bc_rows *rows, size_t *out_n);
/* One deal of sorted rows, or NULL. */
const struct bc_deal_rows *bc_rows_find(const bc_rows *rows, struct bc_str deal);

#endif
