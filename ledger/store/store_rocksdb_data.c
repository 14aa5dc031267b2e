/* Reading and writing by key, and walking. */
#include "ledger/store/store_rocksdb.h"

#include <assert.h>
#include <stdlib.h>

bc_status bc_rocks_get(bc_store *store, enum bc_family family, struct bc_str key,
                       struct bc_buf *value, struct bc_err *err)
{
    struct bc_rocks *rocks = (struct bc_rocks *)store;
    char *text = NULL;
    const char *bytes;
    size_t len;
    rocksdb_pinnableslice_t *slice;

    assert(rocks->handles[family]); /* opened for less than is asked */
    slice = rocksdb_get_pinned_cf(rocks->db, rocks->read, rocks->handles[family],
                                  key.at ? key.at : "", key.len, &text);

    if (text)
        return bc_rocks_fail(err, "read the database", text);
    bytes = rocksdb_pinnableslice_value(slice, &len);
    if (!bytes) {
        rocksdb_pinnableslice_destroy(slice);
        return BC_DONE;
    }
    bc_buf_add(value, bytes, len);
    rocksdb_pinnableslice_destroy(slice);
    return BC_OK;
}

bc_status bc_rocks_write(bc_store *store, const struct bc_batch *batch, bool sync,
                         struct bc_err *err)
{
    struct bc_rocks *rocks = (struct bc_rocks *)store;
    rocksdb_writebatch_t *writes;
    char *text = NULL;

    if (bc_rocks_refuse_if_broken(rocks, err) < 0)
        return BC_E_IO;
    writes = rocksdb_writebatch_create();
    for (size_t i = 0; i < batch->n; i++) {
        const struct bc_batch_entry *entry = &batch->entries[i];
        rocksdb_column_family_handle_t *handle = rocks->handles[entry->family];
        const char *key = batch->bytes.at + entry->key_at;
        const char *value = batch->bytes.at + entry->value_at;

        switch (entry->op) {
        case BC_PUT:
            rocksdb_writebatch_put_cf(writes, handle, key, entry->key_len, value, entry->value_len);
            break;
        case BC_APPEND:
            rocksdb_writebatch_merge_cf(writes, handle, key, entry->key_len, value,
                                        entry->value_len);
            break;
        case BC_DELETE:
            rocksdb_writebatch_delete_cf(writes, handle, key, entry->key_len);
            break;
        }
    }
    rocksdb_write(rocks->db, sync ? rocks->write_synced : rocks->write_unsynced, writes, &text);
    rocksdb_writebatch_destroy(writes);
    if (!text)
        return BC_OK;
    return bc_rocks_break(rocks, err, "write to the database", text);
}

bc_status bc_rocks_settle(bc_store *store, struct bc_err *err)
{
    struct bc_rocks *rocks = (struct bc_rocks *)store;
    rocksdb_flushoptions_t *options;
    char *text = NULL;

    if (bc_rocks_refuse_if_broken(rocks, err) < 0)
        return BC_E_IO;
    options = rocksdb_flushoptions_create();
    for (size_t i = 0; i < BC_FAMILY_N && !text; i++)
        rocksdb_flush_cf(rocks->db, options, rocks->handles[i], &text);
    rocksdb_flushoptions_destroy(options);
    if (!text)
        return BC_OK;
    return bc_rocks_break(rocks, err, "write to the database", text);
}

/* Fills *out with the last key; BC_DONE: the family is empty. */
static bc_status last_key(struct bc_rocks *rocks, enum bc_family family, struct bc_buf *out,
                          char **text)
{
    rocksdb_iterator_t *it =
        rocksdb_create_iterator_cf(rocks->db, rocks->walk, rocks->handles[family]);
    bc_status rc = BC_DONE;
    const char *key;
    size_t len;

    out->len = 0;
    rocksdb_iter_seek_to_last(it);
    if (rocksdb_iter_valid(it)) {
        key = rocksdb_iter_key(it, &len);
        bc_buf_add(out, key, len);
        rc = BC_OK;
    } else {
        rocksdb_iter_get_error(it, text);
    }
    rocksdb_iter_destroy(it);
    return rc;
}

static void delete_up_to(struct bc_rocks *rocks, enum bc_family family, struct bc_str last,
                         char **text)
{
    rocksdb_writebatch_t *writes = rocksdb_writebatch_create();

    rocksdb_writebatch_delete_range_cf(writes, rocks->handles[family], "", 0,
                                       last.len ? last.at : "", last.len);
    rocksdb_writebatch_delete_cf(writes, rocks->handles[family], last.len ? last.at : "", last.len);
    rocksdb_write(rocks->db, rocks->write_unsynced, writes, text);
    rocksdb_writebatch_destroy(writes);
}

/* Whole files are deleted at once, which frees their disk space; the rest gets tombstones. Dropping
 * the family and making it anew would be simpler, but a kill in between leaves a database that does
 * not open. */
bc_status bc_rocks_clear(bc_store *store, enum bc_family family, struct bc_err *err)
{
    struct bc_rocks *rocks = (struct bc_rocks *)store;
    struct bc_buf last = { 0 };
    char *text = NULL;
    bc_status rc;

    if (bc_rocks_refuse_if_broken(rocks, err) < 0)
        return BC_E_IO;
    rc = last_key(rocks, family, &last, &text);
    if (rc == BC_OK) {
        rocksdb_delete_file_in_range_cf(rocks->db, rocks->handles[family], "", 0,
                                        last.len ? last.at : "", last.len, &text);
        rc = text ? BC_DONE : last_key(rocks, family, &last, &text);
    }
    if (rc == BC_OK)
        delete_up_to(rocks, family, bc_buf_str(&last), &text);
    bc_buf_release(&last);
    return text ? bc_rocks_break(rocks, err, "clear a cache in the database", text) : BC_OK;
}

/* --- walking --- */

struct rocks_iter {
    struct bc_iter base;
    rocksdb_iterator_t *it;
    bool begun;
};

bc_status bc_rocks_iter_open(bc_iter **out, bc_store *store, enum bc_family family,
                             struct bc_str first, struct bc_err *err)
{
    struct bc_rocks *rocks = (struct bc_rocks *)store;
    struct rocks_iter *iter = bc_calloc(1, sizeof(*iter));

    (void)err;
    assert(rocks->handles[family]); /* opened for less than is asked */
    iter->base.store = store;
    iter->it = rocksdb_create_iterator_cf(rocks->db, rocks->walk, rocks->handles[family]);
    rocksdb_iter_seek(iter->it, first.at ? first.at : "", first.len);
    *out = &iter->base;
    return BC_OK;
}

bc_status bc_rocks_iter_next(bc_iter *base, struct bc_str *key, struct bc_str *value,
                             struct bc_err *err)
{
    struct rocks_iter *iter = (struct rocks_iter *)base;
    char *text = NULL;

    if (iter->begun && rocksdb_iter_valid(iter->it))
        rocksdb_iter_next(iter->it);
    iter->begun = true;
    if (rocksdb_iter_valid(iter->it)) {
        key->at = rocksdb_iter_key(iter->it, &key->len);
        value->at = rocksdb_iter_value(iter->it, &value->len);
        return BC_OK;
    }
    rocksdb_iter_get_error(iter->it, &text);
    return text ? bc_rocks_fail(err, "read the database", text) : BC_DONE;
}

void bc_rocks_iter_free(bc_iter *base)
{
    struct rocks_iter *iter = (struct rocks_iter *)base;

    rocksdb_iter_destroy(iter->it);
    free(iter);
}

bc_status bc_rocks_size_before(bc_store *store, enum bc_family family, struct bc_str key,
                               uint64_t *out, struct bc_err *err)
{
    struct bc_rocks *rocks = (struct bc_rocks *)store;
    const char *first = "", *end = key.at ? key.at : "";
    size_t first_len = 0;
    char *text = NULL;

    *out = 0;
    rocksdb_approximate_sizes_cf(rocks->db, rocks->handles[family], 1, &first, &first_len, &end,
                                 &key.len, out, &text);
    return text ? bc_rocks_fail(err, "read the database", text) : BC_OK;
}
