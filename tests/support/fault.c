#include "tests/support/fault.h"

#include "ledger/store/store_impl.h"

#include <pthread.h>
#include <stdlib.h>

struct fault_top {
    struct bc_store base;
    bc_store *below;
    struct fault *fault;
    pthread_mutex_t lock; /* over *fault: bulks may be filled by threads */
};

struct fault_iter {
    struct bc_iter base;
    bc_iter *below;
};

struct fault_bulk {
    struct bc_bulk base;
    bc_bulk *below;
};

static struct fault_top *top_of(bc_store *store)
{
    return (struct fault_top *)store;
}

static bc_status broken(struct bc_err *err)
{
    return bc_err_set(err, BC_E_IO, "cannot reach the store: planted");
}

static bc_status count(struct fault *fault, bool writes, struct bc_err *err)
{
    if (fault->happened && (writes || fault->mode != FAULT_FAILS))
        return broken(err);
    if (fault->writes_only && !writes)
        return BC_OK;
    if (++fault->calls != fault->nth || fault->mode == FAULT_NONE)
        return BC_OK;
    fault->happened = true;
    return fault->mode == FAULT_KILL_AFTER ? BC_OK : broken(err);
}

/* Counts a call. BC_OK: make it. */
static bc_status before(bc_store *store, bool writes, struct bc_err *err)
{
    struct fault_top *top = top_of(store);
    bc_status rc;

    (void)pthread_mutex_lock(&top->lock);
    rc = count(top->fault, writes, err);
    (void)pthread_mutex_unlock(&top->lock);
    return rc;
}

/* What the caller gets for a call that was made. */
static bc_status after(bc_store *store, bc_status rc, struct bc_err *err)
{
    struct fault_top *top = top_of(store);
    bool killed;

    (void)pthread_mutex_lock(&top->lock);
    killed = top->fault->happened && top->fault->mode == FAULT_KILL_AFTER;
    (void)pthread_mutex_unlock(&top->lock);
    return killed ? broken(err) : rc;
}

static void fault_close(bc_store *store)
{
    (void)pthread_mutex_destroy(&top_of(store)->lock);
    free(store);
}

static const char *fault_aside(const bc_store *store)
{
    return bc_store_aside(((const struct fault_top *)store)->below);
}

static bc_status fault_get(bc_store *store, enum bc_family family, struct bc_str key,
                           struct bc_buf *value, struct bc_err *err)
{
    bc_status rc = before(store, false, err);

    if (rc < 0)
        return rc;
    return after(store, bc_store_get(top_of(store)->below, family, key, value, err), err);
}

static bc_status fault_write(bc_store *store, const struct bc_batch *batch, bool sync,
                             struct bc_err *err)
{
    bc_status rc = before(store, true, err);

    if (rc < 0)
        return rc;
    return after(store, bc_store_write(top_of(store)->below, batch, sync, err), err);
}

static bc_status fault_settle(bc_store *store, struct bc_err *err)
{
    bc_status rc = before(store, true, err);

    if (rc < 0)
        return rc;
    return after(store, bc_store_settle(top_of(store)->below, err), err);
}

static bc_status fault_clear(bc_store *store, enum bc_family family, struct bc_err *err)
{
    bc_status rc = before(store, true, err);

    if (rc < 0)
        return rc;
    return after(store, bc_store_clear(top_of(store)->below, family, err), err);
}

static bc_status fault_iter_open(bc_iter **out, bc_store *store, enum bc_family family,
                                 struct bc_str first, struct bc_err *err)
{
    struct fault_iter *iter;
    bc_iter *below;
    bc_status rc = before(store, false, err);

    if (rc == BC_OK)
        rc = bc_iter_open(&below, top_of(store)->below, family, first, err);
    if (rc < 0)
        return rc;
    iter = bc_calloc(1, sizeof(*iter));
    iter->base.store = store;
    iter->below = below;
    *out = &iter->base;
    return BC_OK;
}

static bc_status fault_iter_next(bc_iter *iter, struct bc_str *key, struct bc_str *value,
                                 struct bc_err *err)
{
    bc_status rc = before(iter->store, false, err);

    if (rc < 0)
        return rc;
    rc = bc_iter_next(((struct fault_iter *)iter)->below, key, value, err);
    return after(iter->store, rc, err);
}

static void fault_iter_free(bc_iter *iter)
{
    bc_iter_free(((struct fault_iter *)iter)->below);
    free(iter);
}

static bc_status fault_size_before(bc_store *store, enum bc_family family, struct bc_str key,
                                   uint64_t *out, struct bc_err *err)
{
    bc_status rc = before(store, false, err);

    if (rc < 0)
        return rc;
    rc = bc_store_size_before(top_of(store)->below, family, key, out, err);
    return after(store, rc, err);
}

static bc_status fault_bulk_open(bc_bulk **out, bc_store *store, enum bc_family family,
                                 const char *name, struct bc_err *err)
{
    struct fault_bulk *bulk;
    bc_bulk *below;
    bc_status rc = before(store, false, err);

    if (rc == BC_OK)
        rc = bc_bulk_open(&below, top_of(store)->below, family, name, err);
    if (rc < 0)
        return rc;
    bulk = bc_calloc(1, sizeof(*bulk));
    bulk->base.store = store;
    bulk->below = below;
    *out = &bulk->base;
    return BC_OK;
}

static bc_status fault_bulk_add(bc_bulk *bulk, struct bc_str key, struct bc_str value,
                                struct bc_err *err)
{
    bc_status rc = before(bulk->store, false, err);

    if (rc < 0)
        return rc;
    rc = bc_bulk_add(((struct fault_bulk *)bulk)->below, key, value, err);
    return after(bulk->store, rc, err);
}

static bc_status fault_bulk_finish(bc_bulk *bulk, struct bc_err *err)
{
    bc_status rc = before(bulk->store, false, err);

    if (rc < 0)
        return rc;
    return after(bulk->store, bc_bulk_finish(((struct fault_bulk *)bulk)->below, err), err);
}

static bc_status fault_bulk_ingest(bc_bulk *bulk, struct bc_err *err)
{
    bc_status rc = before(bulk->store, true, err);

    if (rc < 0)
        return rc;
    return after(bulk->store, bc_bulk_ingest(((struct fault_bulk *)bulk)->below, err), err);
}

static void fault_bulk_free(bc_bulk *bulk)
{
    bc_bulk_free(((struct fault_bulk *)bulk)->below);
    free(bulk);
}

static const struct bc_store_ops fault_ops = {
    .close = fault_close,
    .aside = fault_aside,
    .get = fault_get,
    .write = fault_write,
    .settle = fault_settle,
    .clear = fault_clear,
    .iter_open = fault_iter_open,
    .iter_next = fault_iter_next,
    .iter_free = fault_iter_free,
    .size_before = fault_size_before,
    .bulk_open = fault_bulk_open,
    .bulk_add = fault_bulk_add,
    .bulk_finish = fault_bulk_finish,
    .bulk_ingest = fault_bulk_ingest,
    .bulk_free = fault_bulk_free,
};

bc_store *fault_store(bc_store *below, struct fault *fault)
{
    struct fault_top *top = bc_calloc(1, sizeof(*top));

    top->base.ops = &fault_ops;
    top->below = below;
    top->fault = fault;
    (void)pthread_mutex_init(&top->lock, NULL);
    return &top->base;
}
