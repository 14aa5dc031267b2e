/* Table files that are written first and then added to the database: each in a new folder of its
 * own, since RocksDB would write into whatever lies at its path. */
#include "ledger/base/aside.h"
#include "ledger/base/dir.h"
#include "ledger/store/store_rocksdb.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct rocks_bulk {
    struct bc_bulk base;
    enum bc_family family;
    rocksdb_sstfilewriter_t *writer;
    char folder[PATH_MAX], path[PATH_MAX];
    bool any, finished, ingested;
};

bc_status bc_rocks_bulk_open(bc_bulk **out, bc_store *store, enum bc_family family,
                             const char *name, struct bc_err *err)
{
    struct bc_rocks *rocks = (struct bc_rocks *)store;
    struct rocks_bulk *bulk;
    char *text = NULL;
    bc_status rc;

    if (bc_rocks_refuse_if_broken(rocks, err) < 0)
        return BC_E_IO;
    bulk = bc_calloc(1, sizeof(*bulk));
    bulk->base.store = store;
    bulk->family = family;
    rc = bc_aside_folder(bulk->folder, rocks->path, 0770, err);
    if (rc == BC_OK) {
        rc = bc_path_join(bulk->path, bulk->folder, name, err);
        if (rc < 0)
            (void)rmdir(bulk->folder);
    }
    if (rc < 0) {
        free(bulk);
        return rc;
    }
    bulk->writer = rocksdb_sstfilewriter_create(rocks->env, rocks->options[family]);
    rocksdb_sstfilewriter_open(bulk->writer, bulk->path, &text);
    *out = &bulk->base;
    if (!text)
        return BC_OK;
    bc_bulk_free(&bulk->base);
    *out = NULL;
    return bc_rocks_fail(err, "write a new file", text);
}

bc_status bc_rocks_bulk_add(bc_bulk *base, struct bc_str key, struct bc_str value,
                            struct bc_err *err)
{
    struct rocks_bulk *bulk = (struct rocks_bulk *)base;
    char *text = NULL;

    rocksdb_sstfilewriter_put(bulk->writer, key.at ? key.at : "", key.len, value.at ? value.at : "",
                              value.len, &text);
    if (text)
        return bc_rocks_fail(err, "write a new file", text);
    bulk->any = true;
    return BC_OK;
}

bc_status bc_rocks_bulk_finish(bc_bulk *base, struct bc_err *err)
{
    struct rocks_bulk *bulk = (struct rocks_bulk *)base;
    char *text = NULL;

    if (bulk->any && !bulk->finished) /* a file without keys cannot be made */
        rocksdb_sstfilewriter_finish(bulk->writer, &text);
    bulk->finished = !text;
    return text ? bc_rocks_fail(err, "finish a new file", text) : BC_OK;
}

bc_status bc_rocks_bulk_ingest(bc_bulk *base, struct bc_err *err)
{
    struct rocks_bulk *bulk = (struct rocks_bulk *)base;
    struct bc_rocks *rocks = (struct bc_rocks *)base->store;
    const char *const paths[] = { bulk->path };
    rocksdb_ingestexternalfileoptions_t *options;
    char *text = NULL;

    bc_status rc = bc_rocks_bulk_finish(base, err);

    if (rc < 0 || !bulk->any)
        return rc;
    if (bc_rocks_refuse_if_broken(rocks, err) < 0)
        return BC_E_IO;
    options = rocksdb_ingestexternalfileoptions_create();
    rocksdb_ingestexternalfileoptions_set_move_files(options, 1);
    rocksdb_ingest_external_file_cf(rocks->db, rocks->handles[bulk->family], paths, 1, options,
                                    &text);
    rocksdb_ingestexternalfileoptions_destroy(options);
    if (!text) {
        bulk->ingested = true;
        return BC_OK;
    }
    return bc_rocks_break(rocks, err, "add a new file to the database", text);
}

void bc_rocks_bulk_free(bc_bulk *base)
{
    struct rocks_bulk *bulk = (struct rocks_bulk *)base;

    rocksdb_sstfilewriter_destroy(bulk->writer);
    if (!bulk->ingested)
        (void)unlink(bulk->path);
    (void)rmdir(bulk->folder);
    free(bulk);
}
