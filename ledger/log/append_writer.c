/* Records go through three slots, as blocks of about a megabyte:
 *
 *   caller    record | record | record ...      fills one block
 *                |
 *                | full: handed over
 *                v
 *   worker    for each record:
 *               leaf hash ----> spool of leaves, 16 bytes each
 *                          ---> tree: the tags of every 256 leaves at once, the nodes above them
 *                               kept by level until the end
 *               record -------> log: a table file
 *
 * An append that ends within its first block is a small one: it needs no worker and no file, and
 * its changes go into the batch that also moves the head. */
#include "ledger/log/append_writer.h"

#include "ledger/base/worker.h"
#include "ledger/spill/spool.h"

#include <assert.h>
#include <stdlib.h>

enum {
    SLOTS = 3,
    SMALL_BYTES = 4 << 20, /* of the first block: whatever exceeds it goes into files */
    BLOCK_BYTES = 1 << 20,
    LEVELS = 64,
};

struct block {
    struct bc_buf bytes;
    size_t *ends; /* of the records in it */
    size_t n, cap;
    uint64_t first; /* its first record's number */
    bool last;
};

struct bc_append_writer {
    bc_log *log;
    uint64_t first_seq, count; /* records taken */
    struct block blocks[SLOTS];
    bc_worker *worker; /* NULL: a small append */

    /* The worker's, or the caller's while no block is being worked on. */
    struct bc_batch *batch; /* of a small append; else the files: */
    bc_bulk *log_file, *tree_file;
    struct bc_frontier frontier;
    uint8_t tags[BC_BLOCK_LEAVES * BC_TAG_LEN];
    struct bc_buf nodes[LEVELS]; /* their hashes, of levels that are stored */
    uint64_t node_first[LEVELS]; /* the index of the first one */
    struct bc_spool leaves;
    bc_status tree_rc; /* of what add_node() wrote */
    struct bc_err tree_err;
};

bc_append_writer *bc_append_writer_new(bc_log *log)
{
    bc_append_writer *writer = bc_calloc(1, sizeof(*writer));

    writer->log = log;
    writer->first_seq = log->head.size + 1;
    writer->frontier = log->frontier;
    memcpy(writer->tags, log->tags, sizeof(writer->tags));
    bc_spool_init(&writer->leaves, bc_store_aside(log->store), BC_LEAF_LEN);
    return writer;
}

void bc_append_writer_free(bc_append_writer *writer)
{
    if (!writer)
        return;
    bc_worker_free(writer->worker);
    bc_bulk_free(writer->log_file);
    bc_bulk_free(writer->tree_file);
    for (size_t i = 0; i < SLOTS; i++) {
        bc_buf_release(&writer->blocks[i].bytes);
        free(writer->blocks[i].ends);
    }
    for (size_t level = 0; level < LEVELS; level++)
        bc_buf_release(&writer->nodes[level]);
    bc_spool_release(&writer->leaves);
    free(writer);
}

const struct bc_frontier *bc_append_writer_frontier(const bc_append_writer *writer)
{
    return &writer->frontier;
}

const uint8_t *bc_append_writer_tags(const bc_append_writer *writer)
{
    return writer->tags;
}

bool bc_append_writer_is_large(const bc_append_writer *writer)
{
    return writer->worker != NULL;
}

/* --- the worker's part --- */

static bc_status put(bc_append_writer *writer, enum bc_family family, bc_bulk *file,
                     struct bc_str key, struct bc_str value, struct bc_err *err)
{
    if (file)
        return bc_bulk_add(file, key, value, err);
    bc_batch_add(writer->batch, family, BC_PUT, key, value);
    return BC_OK;
}

static void put_node(bc_append_writer *writer, unsigned level, uint64_t index, const void *bytes,
                     size_t len)
{
    char key[BC_NODE_KEY_LEN];

    if (writer->tree_rc < 0)
        return;
    bc_node_key(key, level, index);
    writer->tree_rc = put(writer, BC_TREE, writer->tree_file, (struct bc_str){ key, sizeof(key) },
                          (struct bc_str){ bytes, len }, &writer->tree_err);
}

static void add_node(void *payload, unsigned level, uint64_t index, const struct bc_hash *hash)
{
    bc_append_writer *writer = payload;
    const size_t in_block = index % BC_BLOCK_LEAVES;

    if (level == 0) {
        memcpy(writer->tags + in_block * BC_TAG_LEN, hash->at, BC_TAG_LEN);
        if (in_block + 1 == BC_BLOCK_LEAVES)
            put_node(writer, 0, index / BC_BLOCK_LEAVES, writer->tags, sizeof(writer->tags));
    } else if (level >= BC_BLOCK_LEVEL) {
        if (writer->nodes[level].len == 0)
            writer->node_first[level] = index;
        bc_buf_add(&writer->nodes[level], hash->at, BC_HASH_LEN);
    }
}

static bc_status take_block(bc_append_writer *writer, struct block *block, struct bc_err *err)
{
    bc_status rc = BC_OK;
    size_t at = 0;

    for (size_t i = 0; rc == BC_OK && i < block->n; at = block->ends[i++]) {
        const struct bc_str record = { block->bytes.at + at, block->ends[i] - at };
        const struct bc_hash leaf = bc_hash_leaf(record);
        char key[BC_SEQ_LEN];

        bc_put_u64(key, writer->first_seq + block->first + i);
        rc =
            put(writer, BC_LOG, writer->log_file, (struct bc_str){ key, sizeof(key) }, record, err);
        if (rc == BC_OK && writer->log_file)
            rc = bc_spool_add(&writer->leaves, leaf.at, err);
        bc_frontier_add(&writer->frontier, leaf, add_node, writer);
    }
    block->bytes.len = block->n = 0;
    if (rc == BC_OK && writer->tree_rc < 0) {
        rc = writer->tree_rc;
        if (err)
            *err = writer->tree_err;
    }
    return rc;
}

/* The nodes above; then the files are complete. */
static bc_status end(bc_append_writer *writer, struct bc_err *err)
{
    bc_status rc;

    for (unsigned level = BC_BLOCK_LEVEL; level < LEVELS; level++)
        for (size_t at = 0; at < writer->nodes[level].len; at += BC_HASH_LEN)
            put_node(writer, level, writer->node_first[level] + at / BC_HASH_LEN,
                     writer->nodes[level].at + at, BC_HASH_LEN);
    if (writer->tree_rc < 0 && err)
        *err = writer->tree_err;
    if (writer->tree_rc < 0 || !writer->log_file)
        return writer->tree_rc;
    rc = bc_bulk_finish(writer->tree_file, err);
    return rc == BC_OK ? bc_bulk_finish(writer->log_file, err) : rc;
}

static bc_status work(void *payload, size_t slot, struct bc_err *err)
{
    bc_append_writer *writer = payload;
    struct block *block = &writer->blocks[slot];
    bc_status rc = take_block(writer, block, err);

    return rc == BC_OK && block->last ? end(writer, err) : rc;
}

/* --- the caller's part --- */

static struct block *filling(bc_append_writer *writer)
{
    return &writer->blocks[writer->worker ? bc_worker_slot(writer->worker) : 0];
}

struct bc_buf *bc_append_writer_buf(bc_append_writer *writer)
{
    return &filling(writer)->bytes;
}

/* The append has become a large one. */
static bc_status open_files(bc_append_writer *writer, struct bc_err *err)
{
    bc_status rc = bc_bulk_open(&writer->log_file, writer->log->store, BC_LOG, "log", err);

    if (rc == BC_OK)
        rc = bc_bulk_open(&writer->tree_file, writer->log->store, BC_TREE, "tree", err);
    if (rc == BC_OK)
        writer->worker = bc_worker_new(writer->log->threads < 2, SLOTS, work, writer);
    return rc;
}

static bc_status hand_over(bc_append_writer *writer, struct bc_err *err)
{
    bc_status rc = writer->worker ? BC_OK : open_files(writer, err);

    if (rc == BC_OK)
        rc = bc_worker_hand(writer->worker, err);
    if (rc == BC_OK)
        filling(writer)->first = writer->count;
    return rc;
}

bc_status bc_append_writer_take(bc_append_writer *writer, struct bc_err *err)
{
    struct block *block = filling(writer);

    BC_GROW(block->ends, block->n, block->cap);
    block->ends[block->n++] = block->bytes.len;
    writer->count++;
    if (block->bytes.len < (writer->worker ? BLOCK_BYTES : SMALL_BYTES))
        return BC_OK;
    return hand_over(writer, err);
}

bool bc_append_writer_waiting(const bc_append_writer *writer, uint64_t number, struct bc_str *out)
{
    const struct block *block =
        &writer->blocks[writer->worker ? bc_worker_slot(writer->worker) : 0];
    size_t i, at;

    assert(number < writer->count);
    if (number < block->first)
        return false;
    i = (size_t)(number - block->first);
    at = i ? block->ends[i - 1] : 0;
    *out = (struct bc_str){ block->bytes.at + at, block->ends[i] - at };
    return true;
}

bc_status bc_append_writer_leaf(bc_append_writer *writer, uint64_t number, uint8_t out[BC_LEAF_LEN],
                                struct bc_err *err)
{
    bc_status rc = bc_worker_wait(writer->worker, err);

    return rc == BC_OK ? bc_spool_get(&writer->leaves, number, out, err) : rc;
}

bc_status bc_append_writer_finish(bc_append_writer *writer, struct bc_batch *batch,
                                  struct bc_err *err)
{
    struct block *block = filling(writer);
    bc_status rc;

    block->last = true;
    if (writer->worker)
        return bc_worker_hand(writer->worker, err);
    writer->batch = batch;
    rc = take_block(writer, block, err);
    return rc == BC_OK ? end(writer, err) : rc;
}

bc_status bc_append_writer_wait(bc_append_writer *writer, struct bc_err *err)
{
    return writer->worker ? bc_worker_wait(writer->worker, err) : BC_OK;
}

bc_status bc_append_writer_ingest(bc_append_writer *writer, struct bc_err *err)
{
    bc_status rc = bc_bulk_ingest(writer->log_file, err);

    return rc == BC_OK ? bc_bulk_ingest(writer->tree_file, err) : rc;
}
