/* ledger/store/store.h - the seam over storage: families of sorted keys, one atomic write, ordered
 * walks.
 *
 * There are two stores: RocksDB, and one in memory for unit tests. Keys are in byte order.
 * Statuses: BC_OK; BC_DONE where a key is absent or a walk has ended; BC_E_IO, BC_E_DAMAGED,
 * BC_E_BUSY. After a failed write a store refuses every later one. While nothing is written any
 * thread may look keys up, and walk with iterators of its own; a writer is alone. */
#ifndef BC_LEDGER_STORE_STORE_H
#define BC_LEDGER_STORE_STORE_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

enum bc_family {
    BC_LOG,         /* seq, 8 bytes big-endian -> the stored event: the truth */
    BC_IDS,         /* event id -> seq */
    BC_RETRACTIONS, /* seq of a retraction -> seqs of its target and its root (log_impl.h) */
    BC_TREE,        /* nodes of the hash tree */
    BC_DEALS,       /* deal -> seqs of its events */
    BC_TIMELINES,   /* deal -> its facts, packed */
    BC_META,        /* head, positions, string table */
    BC_LEARNING,    /* deal -> facts that only some questions read; opened only for those */
    BC_FAMILY_N
};

enum bc_op { BC_PUT, BC_APPEND, BC_DELETE };

/* Changes that are written together or not at all. `{ 0 }` is empty. */
struct bc_batch {
    struct bc_batch_entry {
        enum bc_family family;
        enum bc_op op;
        size_t key_at, key_len, value_at, value_len; /* in `bytes` */
    } * entries;
    size_t n, cap;
    struct bc_buf bytes;
};
/* Copies key and value. BC_APPEND appends the value to what the key holds. */
void bc_batch_add(struct bc_batch *batch, enum bc_family family, enum bc_op op, struct bc_str key,
                  struct bc_str value);
void bc_batch_clear(struct bc_batch *batch);
void bc_batch_release(struct bc_batch *batch);

typedef struct bc_store bc_store;
typedef struct bc_iter bc_iter; /* borrows its store: free it first */
typedef struct bc_bulk bc_bulk; /* borrows its store: free it first */

/* Makes an empty store. */
bc_store *bc_store_memory(void);
/* Opens the database in folder `path`; with `create`, makes it where there is none. Opened for
 * reading, it shows one moment of it, also while another process writes, and has no BC_LEARNING;
 * bc_store_rocksdb_all reads that, too, if there is one: older builds made none. */
bc_status bc_store_rocksdb(bc_store **out, const char *path, bool write, bool create,
                           struct bc_err *err);
bc_status bc_store_rocksdb_all(bc_store **out, const char *path, struct bc_err *err);
void bc_store_close(bc_store *store); /* NULL is fine */

/* The folder for temporary files (ledger/spill/temp.h). NULL: the store is in memory. */
const char *bc_store_aside(const bc_store *store);

/* Fills *value (cleared first) or returns BC_DONE. */
bc_status bc_store_get(bc_store *store, enum bc_family family, struct bc_str key,
                       struct bc_buf *value, struct bc_err *err);
/* With `sync`, on return the changes are on disk. */
bc_status bc_store_write(bc_store *store, const struct bc_batch *batch, bool sync,
                         struct bc_err *err);
/* After many writes: flushes them, so that the next opening need not replay the journal of writes.
 * Changes nothing that is read. */
bc_status bc_store_settle(bc_store *store, struct bc_err *err);
/* Empties a family, at once but not synced. */
bc_status bc_store_clear(bc_store *store, enum bc_family family, struct bc_err *err);

/* Walks keys >= first, of the moment at which it was made. */
bc_status bc_iter_open(bc_iter **out, bc_store *store, enum bc_family family, struct bc_str first,
                       struct bc_err *err);
/* BC_OK: *key and *value live until the next call. BC_DONE: the end, all was seen. */
bc_status bc_iter_next(bc_iter *iter, struct bc_str *key, struct bc_str *value, struct bc_err *err);
void bc_iter_free(bc_iter *iter); /* NULL is fine */

/* It is read again and again while it stays open: what walks of the families walked whole read is
 * kept in memory, up to some 200 MB that all stores of a process share. Not of a store that is too
 * large for that, which would only push out what it read before. */
void bc_store_stays(bc_store *store);

/* About how many bytes the keys and values before a key take; what was not flushed yet may be left
 * out. */
bc_status bc_store_size_before(bc_store *store, enum bc_family family, struct bc_str key,
                               uint64_t *out, struct bc_err *err);

/* Many new keys at once, written to files of their own and then added: keys strictly ascending and
 * not in the family yet. Nothing is seen before bc_bulk_ingest, which adds all of them at once and
 * synced; freed before that, nothing is left. `name` tells the parts of one import apart in the
 * folder. Each of several may be filled and finished by a thread of its own. */
bc_status bc_bulk_open(bc_bulk **out, bc_store *store, enum bc_family family, const char *name,
                       struct bc_err *err);
bc_status bc_bulk_add(bc_bulk *bulk, struct bc_str key, struct bc_str value, struct bc_err *err);
/* There are no more keys: does everything but adding them. */
bc_status bc_bulk_finish(bc_bulk *bulk, struct bc_err *err);
bc_status bc_bulk_ingest(bc_bulk *bulk, struct bc_err *err); /* finishes it first, if need be */
void bc_bulk_free(bc_bulk *bulk);                            /* NULL is fine */

#endif
