/* A store in memory: each family a sorted array. For unit tests. */
#include "ledger/base/search.h"
#include "ledger/store/store_impl.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

struct entry {
    struct bc_buf key, value;
};

struct family {
    struct entry *entries;
    size_t n, cap;
};

struct memory {
    struct bc_store base;
    struct family families[BC_FAMILY_N];
    atomic_uint walks; /* iterators that are open */
};

struct memory_iter {
    struct bc_iter base;
    const struct family *family;
    size_t at;
};

struct memory_bulk {
    struct bc_bulk base;
    struct bc_batch batch;
    enum bc_family family;
};

static void family_clear(struct family *family)
{
    for (size_t i = 0; i < family->n; i++) {
        bc_buf_release(&family->entries[i].key);
        bc_buf_release(&family->entries[i].value);
    }
    free(family->entries);
    *family = (struct family){ 0 };
}

/* The first entry whose key is >= key. */
static size_t lower_bound(const struct family *family, struct bc_str key)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, family->n, bc_str_cmp(bc_buf_str(&family->entries[at].key), key) < 0);
    return at;
}

static bool holds(const struct family *family, size_t at, struct bc_str key)
{
    return at < family->n && bc_str_eq(bc_buf_str(&family->entries[at].key), key);
}

static void memory_close(bc_store *store)
{
    struct memory *memory = (struct memory *)store;

    assert(memory->walks == 0);
    for (size_t i = 0; i < BC_FAMILY_N; i++)
        family_clear(&memory->families[i]);
    free(memory);
}

static const char *memory_aside(const bc_store *store)
{
    (void)store;
    return NULL;
}

static bc_status memory_get(bc_store *store, enum bc_family family_, struct bc_str key,
                            struct bc_buf *value, struct bc_err *err)
{
    const struct family *family = &((struct memory *)store)->families[family_];
    size_t at = lower_bound(family, key);

    (void)err;
    if (!holds(family, at, key))
        return BC_DONE;
    bc_buf_add_str(value, bc_buf_str(&family->entries[at].value));
    return BC_OK;
}

static void apply(struct family *family, enum bc_op op, struct bc_str key, struct bc_str value)
{
    size_t at = lower_bound(family, key);
    bool there = holds(family, at, key);

    if (op == BC_DELETE) {
        if (!there)
            return;
        bc_buf_release(&family->entries[at].key);
        bc_buf_release(&family->entries[at].value);
        family->n--;
        memmove(&family->entries[at], &family->entries[at + 1],
                (family->n - at) * sizeof(family->entries[0]));
        return;
    }
    if (!there) {
        BC_GROW(family->entries, family->n, family->cap);
        memmove(&family->entries[at + 1], &family->entries[at],
                (family->n - at) * sizeof(family->entries[0]));
        family->n++;
        family->entries[at] = (struct entry){ 0 };
        bc_buf_add_str(&family->entries[at].key, key);
    }
    if (op == BC_PUT)
        family->entries[at].value.len = 0;
    bc_buf_add_str(&family->entries[at].value, value);
}

static bc_status memory_write(bc_store *store, const struct bc_batch *batch, bool sync,
                              struct bc_err *err)
{
    struct memory *memory = (struct memory *)store;

    (void)sync;
    (void)err;
    assert(memory->walks == 0); /* an iterator shows one moment */
    for (size_t i = 0; i < batch->n; i++) {
        const struct bc_batch_entry *entry = &batch->entries[i];

        apply(&memory->families[entry->family], entry->op,
              (struct bc_str){ batch->bytes.at + entry->key_at, entry->key_len },
              (struct bc_str){ batch->bytes.at + entry->value_at, entry->value_len });
    }
    return BC_OK;
}

static bc_status memory_settle(bc_store *store, struct bc_err *err)
{
    (void)store;
    (void)err;
    return BC_OK;
}

static bc_status memory_clear(bc_store *store, enum bc_family family, struct bc_err *err)
{
    struct memory *memory = (struct memory *)store;

    (void)err;
    assert(memory->walks == 0);
    family_clear(&memory->families[family]);
    return BC_OK;
}

static bc_status memory_iter_open(bc_iter **out, bc_store *store, enum bc_family family,
                                  struct bc_str first, struct bc_err *err)
{
    struct memory *memory = (struct memory *)store;
    struct memory_iter *iter = bc_malloc(sizeof(*iter));

    (void)err;
    *iter = (struct memory_iter){ .base.store = store,
                                  .family = &memory->families[family],
                                  .at = lower_bound(&memory->families[family], first) };
    memory->walks++;
    *out = &iter->base;
    return BC_OK;
}

static bc_status memory_iter_next(bc_iter *base, struct bc_str *key, struct bc_str *value,
                                  struct bc_err *err)
{
    struct memory_iter *iter = (struct memory_iter *)base;

    (void)err;
    if (iter->at >= iter->family->n)
        return BC_DONE;
    *key = bc_buf_str(&iter->family->entries[iter->at].key);
    *value = bc_buf_str(&iter->family->entries[iter->at].value);
    iter->at++;
    return BC_OK;
}

static void memory_iter_free(bc_iter *iter)
{
    ((struct memory *)iter->store)->walks--;
    free(iter);
}

static bc_status memory_size_before(bc_store *store, enum bc_family family_, struct bc_str key,
                                    uint64_t *out, struct bc_err *err)
{
    const struct family *family = &((struct memory *)store)->families[family_];
    size_t n = lower_bound(family, key);

    (void)err;
    *out = 0;
    for (size_t i = 0; i < n; i++)
        *out += family->entries[i].key.len + family->entries[i].value.len;
    return BC_OK;
}

static bc_status memory_bulk_open(bc_bulk **out, bc_store *store, enum bc_family family,
                                  const char *name, struct bc_err *err)
{
    struct memory_bulk *bulk = bc_calloc(1, sizeof(*bulk));

    (void)name;
    (void)err;
    bulk->base.store = store;
    bulk->family = family;
    *out = &bulk->base;
    return BC_OK;
}

static bc_status memory_bulk_add(bc_bulk *base, struct bc_str key, struct bc_str value,
                                 struct bc_err *err)
{
    struct memory_bulk *bulk = (struct memory_bulk *)base;

    (void)err;
    bc_batch_add(&bulk->batch, bulk->family, BC_PUT, key, value);
    return BC_OK;
}

static bc_status memory_bulk_finish(bc_bulk *base, struct bc_err *err)
{
    (void)base;
    (void)err;
    return BC_OK;
}

static bc_status memory_bulk_ingest(bc_bulk *base, struct bc_err *err)
{
    struct memory_bulk *bulk = (struct memory_bulk *)base;
    bc_status rc = memory_write(base->store, &bulk->batch, true, err);

    bc_batch_clear(&bulk->batch);
    return rc;
}

static void memory_bulk_free(bc_bulk *base)
{
    struct memory_bulk *bulk = (struct memory_bulk *)base;

    bc_batch_release(&bulk->batch);
    free(bulk);
}

static const struct bc_store_ops memory_ops = {
    .close = memory_close,
    .aside = memory_aside,
    .get = memory_get,
    .write = memory_write,
    .settle = memory_settle,
    .clear = memory_clear,
    .iter_open = memory_iter_open,
    .iter_next = memory_iter_next,
    .iter_free = memory_iter_free,
    .size_before = memory_size_before,
    .bulk_open = memory_bulk_open,
    .bulk_add = memory_bulk_add,
    .bulk_finish = memory_bulk_finish,
    .bulk_ingest = memory_bulk_ingest,
    .bulk_free = memory_bulk_free,
};

bc_store *bc_store_memory(void)
{
    struct memory *memory = bc_calloc(1, sizeof(*memory));

    memory->base.ops = &memory_ops;
    return &memory->base;
}
