/* ledger/log/log_impl.h - the inside of a log, for the files that make it up.
 *
 * Keys and values:
 *   log          seq (8 bytes, big-endian)         -> the stored event
 *   ids          event id                          -> seq (8 bytes, big-endian)
 *   retractions  seq of the retraction             -> target seq, root seq (8 bytes each)
 *   tree         level, index (1 + 8 bytes)        -> a node's hash; of levels BLOCK_LEVEL and up
 *                0, block (1 + 8 bytes)            -> the first TAG_LEN bytes of each leaf's hash
 *   meta         "head"                            -> size, the frontier's nodes, largest first,
 *                                                     the tags of the leaves of the open block
 *
 * Nodes below BLOCK_LEVEL are recomputed from the events when they are needed. The tags have one
 * purpose: to say which event of a block was altered. */
#ifndef BC_LEDGER_LOG_LOG_IMPL_H
#define BC_LEDGER_LOG_LOG_IMPL_H

#include "ledger/log/append_via.h"
#include "ledger/log/log.h"
#include "ledger/record/codec.h"

enum {
    BC_BLOCK_LEVEL = 8,
    BC_BLOCK_LEAVES = 1 << BC_BLOCK_LEVEL,
    BC_TAG_LEN = 4,
    BC_SEQ_LEN = 8,
    BC_NODE_KEY_LEN = 1 + BC_SEQ_LEN,
};

struct bc_log {
    bc_store *store;
    struct bc_head head;
    struct bc_frontier frontier;
    uint8_t tags[BC_BLOCK_LEAVES * BC_TAG_LEN]; /* of the open block: size % BC_BLOCK_LEAVES */
    int64_t last_recorded_us;                   /* 0 for an empty log */
    struct bc_head_sink sink;
    struct bc_append_via via; /* zeroed: appends are this log's alone */
    unsigned threads;         /* that an append may use */
    size_t pending_most;      /* bytes for the ids of an append */
    unsigned kept;            /* so many closings that close nothing */
    bool write;
    bool failed; /* a commit did: what the store holds after the head is unknown */
};

static inline void bc_put_u64(char out[BC_SEQ_LEN], uint64_t value)
{
    for (int i = 0; i < BC_SEQ_LEN; i++)
        out[i] = (char)(value >> (56 - 8 * i));
}

static inline uint64_t bc_get_u64(const char *at)
{
    uint64_t value = 0;

    for (int i = 0; i < BC_SEQ_LEN; i++)
        value = value << 8 | (uint8_t)at[i];
    return value;
}

static inline void bc_node_key(char out[BC_NODE_KEY_LEN], unsigned level, uint64_t index)
{
    out[0] = (char)level;
    bc_put_u64(out + 1, index);
}

/* The value of "head" in family meta, for a frontier and the tags of its open block. */
void bc_log_head_value(struct bc_buf *out, const struct bc_frontier *frontier, const uint8_t *tags);
/* And back; false: it is damaged. */
bool bc_log_head_value_parse(struct bc_frontier *frontier, uint8_t *tags, struct bc_str value);

/* The stored record of an event, as bytes. A missing one is BC_E_DAMAGED. */
bc_status bc_log_record(bc_log *log, uint64_t seq, struct bc_buf *out, struct bc_err *err);

/* Removes what lies after the head: the leftovers of a killed append. */
bc_status bc_log_recover(bc_log *log, struct bc_err *err);

#endif
