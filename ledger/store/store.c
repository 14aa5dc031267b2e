#include "ledger/store/store.h"

#include "ledger/store/store_impl.h"

#include <stdlib.h>

void bc_batch_add(struct bc_batch *batch, enum bc_family family, enum bc_op op, struct bc_str key,
                  struct bc_str value)
{
    struct bc_batch_entry *entry;

    BC_GROW(batch->entries, batch->n, batch->cap);
    entry = &batch->entries[batch->n++];
    *entry = (struct bc_batch_entry){ .family = family,
                                      .op = op,
                                      .key_at = batch->bytes.len,
                                      .key_len = key.len,
                                      .value_at = batch->bytes.len + key.len,
                                      .value_len = value.len };
    (void)bc_buf_room(&batch->bytes, 1); /* an empty key must not be NULL */
    bc_buf_add_str(&batch->bytes, key);
    bc_buf_add_str(&batch->bytes, value);
}

void bc_batch_clear(struct bc_batch *batch)
{
    batch->n = 0;
    batch->bytes.len = 0;
}

void bc_batch_release(struct bc_batch *batch)
{
    free(batch->entries);
    bc_buf_release(&batch->bytes);
    *batch = (struct bc_batch){ 0 };
}

void bc_store_close(bc_store *store)
{
    if (store)
        store->ops->close(store);
}

const char *bc_store_aside(const bc_store *store)
{
    return store->ops->aside(store);
}

bc_status bc_store_get(bc_store *store, enum bc_family family, struct bc_str key,
                       struct bc_buf *value, struct bc_err *err)
{
    value->len = 0;
    return store->ops->get(store, family, key, value, err);
}

bc_status bc_store_write(bc_store *store, const struct bc_batch *batch, bool sync,
                         struct bc_err *err)
{
    return store->ops->write(store, batch, sync, err);
}

bc_status bc_store_settle(bc_store *store, struct bc_err *err)
{
    return store->ops->settle(store, err);
}

bc_status bc_store_clear(bc_store *store, enum bc_family family, struct bc_err *err)
{
    return store->ops->clear(store, family, err);
}

bc_status bc_iter_open(bc_iter **out, bc_store *store, enum bc_family family, struct bc_str first,
                       struct bc_err *err)
{
    return store->ops->iter_open(out, store, family, first, err);
}

bc_status bc_iter_next(bc_iter *iter, struct bc_str *key, struct bc_str *value, struct bc_err *err)
{
    return iter->store->ops->iter_next(iter, key, value, err);
}

void bc_iter_free(bc_iter *iter)
{
    if (iter)
        iter->store->ops->iter_free(iter);
}

void bc_store_stays(bc_store *store)
{
    if (store->ops->stays)
        store->ops->stays(store);
}

bc_status bc_store_size_before(bc_store *store, enum bc_family family, struct bc_str key,
                               uint64_t *out, struct bc_err *err)
{
    return store->ops->size_before(store, family, key, out, err);
}

bc_status bc_bulk_open(bc_bulk **out, bc_store *store, enum bc_family family, const char *name,
                       struct bc_err *err)
{
    return store->ops->bulk_open(out, store, family, name, err);
}

bc_status bc_bulk_add(bc_bulk *bulk, struct bc_str key, struct bc_str value, struct bc_err *err)
{
    return bulk->store->ops->bulk_add(bulk, key, value, err);
}

bc_status bc_bulk_finish(bc_bulk *bulk, struct bc_err *err)
{
    return bulk->store->ops->bulk_finish(bulk, err);
}

bc_status bc_bulk_ingest(bc_bulk *bulk, struct bc_err *err)
{
    return bulk->store->ops->bulk_ingest(bulk, err);
}

void bc_bulk_free(bc_bulk *bulk)
{
    if (bulk)
        bulk->store->ops->bulk_free(bulk);
}
