/* ledger/store/store_impl.h - the table of functions that a store fills in; for the stores
 * themselves. */
#ifndef BC_LEDGER_STORE_STORE_IMPL_H
#define BC_LEDGER_STORE_STORE_IMPL_H

#include "ledger/store/store.h"

/* The functions of ledger/store/store.h, each without its prefix. The three structs below are the
 * first members of those of each store. */
struct bc_store_ops {
    void (*close)(bc_store *store);
    const char *(*aside)(const bc_store *store);
    bc_status (*get)(bc_store *store, enum bc_family family, struct bc_str key,
                     struct bc_buf *value, struct bc_err *err);
    bc_status (*write)(bc_store *store, const struct bc_batch *batch, bool sync,
                       struct bc_err *err);
    bc_status (*settle)(bc_store *store, struct bc_err *err);
    bc_status (*clear)(bc_store *store, enum bc_family family, struct bc_err *err);
    bc_status (*iter_open)(bc_iter **out, bc_store *store, enum bc_family family,
                           struct bc_str first, struct bc_err *err);
    bc_status (*iter_next)(bc_iter *iter, struct bc_str *key, struct bc_str *value,
                           struct bc_err *err);
    void (*iter_free)(bc_iter *iter);
    void (*stays)(bc_store *store); /* NULL: there is nothing to do */
    bc_status (*size_before)(bc_store *store, enum bc_family family, struct bc_str key,
                             uint64_t *out, struct bc_err *err);
    bc_status (*bulk_open)(bc_bulk **out, bc_store *store, enum bc_family family, const char *name,
                           struct bc_err *err);
    bc_status (*bulk_add)(bc_bulk *bulk, struct bc_str key, struct bc_str value,
                          struct bc_err *err);
    bc_status (*bulk_finish)(bc_bulk *bulk, struct bc_err *err);
    bc_status (*bulk_ingest)(bc_bulk *bulk, struct bc_err *err);
    void (*bulk_free)(bc_bulk *bulk);
};

struct bc_store {
    const struct bc_store_ops *ops;
};

struct bc_iter {
    bc_store *store;
};

struct bc_bulk {
    bc_store *store;
};

#endif
