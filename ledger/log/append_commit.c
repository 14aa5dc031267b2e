/* Everything into the store; the last write moves the head. */
#include "ledger/base/parallel.h"
#include "ledger/log/append_impl.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    ONE_FILE_IDS = 1000000,      /* beyond, two threads want two files or more */
    FILE_IDS = 4 * ONE_FILE_IDS, /* at most: a file under way keeps its filter in memory */
};

/* --- a large append --- */

struct id_files {
    bc_log *log;
    const bc_runs *runs;
    struct bc_str *firsts; /* of each file the first key; the last one: none */
    bc_bulk **files;
    size_t n;
};

static bc_status write_id_file(void *payload, size_t part, struct bc_err *err)
{
    struct id_files *ids = payload;
    const struct bc_str end = ids->firsts[part + 1];
    const bool last = part + 1 == ids->n;
    struct bc_str id, seq;
    bc_runs_walk *walk = NULL;
    char name[32];
    bc_status rc;

    (void)snprintf(name, sizeof(name), "ids-%zu", part);
    rc = bc_bulk_open(&ids->files[part], ids->log->store, BC_IDS, name, err);
    if (rc == BC_OK)
        rc = bc_runs_walk_open(&walk, ids->runs, ids->firsts[part], err);
    while (rc == BC_OK) {
        rc = bc_runs_walk_next(walk, &id, &seq, err);
        if (rc == BC_OK && !last && bc_str_cmp(id, end) >= 0)
            break;
        if (rc == BC_OK)
            rc = bc_bulk_add(ids->files[part], id, seq, err);
    }
    if (rc >= 0)
        rc = bc_bulk_finish(ids->files[part], err);
    bc_runs_walk_free(walk);
    return rc;
}

static size_t file_count(uint64_t ids)
{
    return ids <= ONE_FILE_IDS ? 1 : 2 * (size_t)(ids / (UINT64_C(2) * FILE_IDS) + 1);
}

static bc_status write_id_files(bc_append *append, struct id_files *ids, struct bc_err *err)
{
    const size_t n = file_count(bc_pending_ids_count(append->pending));
    bc_status rc = bc_pending_ids_runs(append->pending, &ids->runs, err);

    if (rc < 0)
        return rc;
    ids->log = append->log;
    ids->firsts = bc_calloc(n + 1, sizeof(*ids->firsts));
    ids->files = bc_calloc(n, sizeof(bc_bulk *));
    ids->n = bc_runs_split(ids->runs, n, ids->firsts);
    return bc_parallel(append->log->threads, ids->n, write_id_file, ids, err);
}

static void release_id_files(struct id_files *ids)
{
    for (size_t i = 0; i < ids->n; i++)
        bc_bulk_free(ids->files[i]);
    free(ids->files);
    free(ids->firsts);
}

/* The log is added first: its records are how the next writer finds the leftovers of a kill. */
static bc_status ingest(bc_append *append, struct id_files *ids, struct bc_err *err)
{
    bc_status rc = bc_append_writer_ingest(append->writer, err);

    if (rc == BC_OK && append->retraction_file)
        rc = bc_bulk_ingest(append->retraction_file, err);
    for (size_t i = 0; rc == BC_OK && i < ids->n; i++)
        rc = bc_bulk_ingest(ids->files[i], err);
    return rc;
}

/* All files are finished before the first is added, so that a kill in between is rare. */
static bc_status add_files(bc_append *append, struct bc_err *err)
{
    struct id_files ids = { 0 };
    bc_status rc = write_id_files(append, &ids, err);

    if (rc == BC_OK && append->retraction_file)
        rc = bc_bulk_finish(append->retraction_file, err);
    if (rc == BC_OK)
        rc = bc_append_writer_wait(append->writer, err);
    if (rc == BC_OK)
        rc = ingest(append, &ids, err);
    release_id_files(&ids);
    return rc;
}

/* --- a small append --- */

static bc_status batch_id(void *payload, struct bc_str id, struct bc_str seq, struct bc_err *err)
{
    (void)err;
    bc_batch_add(payload, BC_IDS, BC_PUT, id, seq);
    return BC_OK;
}

/* --- both --- */

static void add_beside(struct bc_batch *batch, const struct bc_batch *beside)
{
    const char *bytes = beside->bytes.at;

    for (size_t i = 0; i < beside->n; i++) {
        const struct bc_batch_entry *entry = &beside->entries[i];

        bc_batch_add(batch, entry->family, entry->op,
                     (struct bc_str){ bytes + entry->key_at, entry->key_len },
                     (struct bc_str){ bytes + entry->value_at, entry->value_len });
    }
}

/* There are no more records. */
static bc_status finish(bc_append *append, struct bc_err *err)
{
    if (append->settled)
        return BC_OK;
    append->settled = true;
    bc_dedup_release(&append->dedup); /* no walk is open while the store changes */
    return bc_append_writer_finish(append->writer, &append->retractions, err);
}

bc_status bc_append_settle(bc_append *append, struct bc_head *head, int64_t *recorded_us,
                           struct bc_err *err)
{
    bc_status rc;

    assert(!append->spent);
    if (append->broken)
        return bc_err_set(err, BC_E_IO, "a part of the append could not be stored");
    rc = finish(append, err);
    if (rc == BC_OK)
        rc = bc_append_writer_wait(append->writer, err);
    if (rc < 0)
        return rc;
    head->size = bc_append_writer_frontier(append->writer)->size;
    head->root = bc_frontier_root(bc_append_writer_frontier(append->writer));
    *recorded_us = append->last_recorded_us;
    return BC_OK;
}

static bc_status write_all(bc_append *append, struct bc_err *err)
{
    struct bc_batch *batch = &append->retractions; /* the rest is added to these */
    struct bc_buf head = { 0 };
    bc_status rc = finish(append, err);

    if (rc == BC_OK && bc_append_writer_is_large(append->writer))
        rc = add_files(append, err);
    else if (rc == BC_OK) /* RocksDB adds sorted keys at half the cost */
        rc = bc_pending_ids_each(append->pending, batch_id, batch, err);
    if (rc < 0)
        return rc;
    add_beside(batch, &append->beside);
    bc_log_head_value(&head, bc_append_writer_frontier(append->writer),
                      bc_append_writer_tags(append->writer));
    bc_meta_put(batch, BC_META_LOG, 0, bc_buf_str(&head));
    rc = bc_store_write(append->log->store, batch, true, err);
    bc_buf_release(&head);
    return rc;
}

bc_status bc_append_write(bc_append *append, struct bc_err *err)
{
    bc_log *log = append->log;
    struct bc_head head;
    bc_status rc;

    assert(!append->spent);
    append->spent = true;
    bc_dedup_release(&append->dedup);
    if (append->broken)
        return bc_err_set(err, BC_E_IO, "a part of the append could not be stored");
    if (append->sum.added == 0)
        return append->beside.n ? bc_store_write(log->store, &append->beside, true, err) : BC_OK;
    log->failed = true; /* until all of it succeeded */
    rc = write_all(append, err);
    if (rc < 0)
        return rc;
    head.size = bc_append_writer_frontier(append->writer)->size;
    head.root = bc_frontier_root(bc_append_writer_frontier(append->writer));
    if (log->sink.publish)
        rc = log->sink.publish(log->sink.payload, &head, err);
    if (rc < 0)
        return rc;
    log->failed = false;
    log->frontier = *bc_append_writer_frontier(append->writer);
    log->head = head;
    log->last_recorded_us = append->last_recorded_us;
    memcpy(log->tags, bc_append_writer_tags(append->writer), sizeof(log->tags));
    return BC_OK;
}

bc_status bc_append_commit(bc_append *append, struct bc_err *err)
{
    const struct bc_append_via *via = &append->log->via;

    return via->commit ? via->commit(via->payload, append, err) : bc_append_write(append, err);
}
