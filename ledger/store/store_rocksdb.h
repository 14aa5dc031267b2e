/* ledger/store/store_rocksdb.h - the inside of the store over RocksDB, for the files that make it
 * up; only these see the library. */
#ifndef BC_LEDGER_STORE_STORE_ROCKSDB_H
#define BC_LEDGER_STORE_STORE_ROCKSDB_H

#include "ledger/store/store_impl.h"

#include <rocksdb/c.h>

enum { BC_ROCKS_HANDLE_N = BC_FAMILY_N + 1 /* RocksDB insists on a family "default" */ };

struct bc_rocks {
    struct bc_store base;
    rocksdb_t *db;
    rocksdb_options_t *options[BC_ROCKS_HANDLE_N];
    rocksdb_column_family_handle_t *handles[BC_ROCKS_HANDLE_N];
    rocksdb_readoptions_t *read, *walk;
    rocksdb_writeoptions_t *write_synced, *write_unsynced;
    rocksdb_envoptions_t *env;
    char *path, *folder; /* the database; the folder that it is in */
    bool write;
    bool broken; /* a write failed: no more of them */
};

/* store_rocksdb_cache.c */
/* Of the families that are walked whole, for all stores of the process; borrowed. */
rocksdb_cache_t *bc_rocks_cache(void);

/* store_rocksdb_status.c */
/* Turns RocksDB's text into our status, and frees it. */
bc_status bc_rocks_fail(struct bc_err *err, const char *what, char *text);
/* The same where the database cannot be opened; of its pointer files it says what to do. */
bc_status bc_rocks_fail_open(struct bc_err *err, char *text);
/* The same for a failed write, after which no others are made. */
bc_status bc_rocks_break(struct bc_rocks *rocks, struct bc_err *err, const char *what, char *text);
bc_status bc_rocks_refuse_if_broken(const struct bc_rocks *rocks, struct bc_err *err);

/* store_rocksdb_data.c */
bc_status bc_rocks_get(bc_store *store, enum bc_family family, struct bc_str key,
                       struct bc_buf *value, struct bc_err *err);
bc_status bc_rocks_write(bc_store *store, const struct bc_batch *batch, bool sync,
                         struct bc_err *err);
bc_status bc_rocks_settle(bc_store *store, struct bc_err *err);
bc_status bc_rocks_clear(bc_store *store, enum bc_family family, struct bc_err *err);
bc_status bc_rocks_iter_open(bc_iter **out, bc_store *store, enum bc_family family,
                             struct bc_str first, struct bc_err *err);
bc_status bc_rocks_iter_next(bc_iter *base, struct bc_str *key, struct bc_str *value,
                             struct bc_err *err);
void bc_rocks_iter_free(bc_iter *base);
void bc_rocks_stays(bc_store *store);
bc_status bc_rocks_size_before(bc_store *store, enum bc_family family, struct bc_str key,
                               uint64_t *out, struct bc_err *err);

/* store_rocksdb_files.c */
/* BC_E_DAMAGED where there is anything in it but regular files. */
bc_status bc_rocks_check_files(const struct bc_rocks *rocks, struct bc_err *err);
/* Before it is opened for writing: removes what a killed writer left, in it and beside it. */
bc_status bc_rocks_tidy(const struct bc_rocks *rocks, struct bc_err *err);
/* Where the folder's group may write to it, lets it write to our files, too. */
void bc_rocks_share(const struct bc_rocks *rocks);

/* store_rocksdb_bulk.c */
bc_status bc_rocks_bulk_open(bc_bulk **out, bc_store *store, enum bc_family family,
                             const char *name, struct bc_err *err);
bc_status bc_rocks_bulk_add(bc_bulk *base, struct bc_str key, struct bc_str value,
                            struct bc_err *err);
bc_status bc_rocks_bulk_finish(bc_bulk *base, struct bc_err *err);
bc_status bc_rocks_bulk_ingest(bc_bulk *base, struct bc_err *err);
void bc_rocks_bulk_free(bc_bulk *base);

#endif
