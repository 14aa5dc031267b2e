#include "ledger/log/meta.h"

#include "ledger/log/log_impl.h"

#include <assert.h>

#include <endian.h>

/* They are on disk: a key that is here never changes. */
static const struct owner {
    const char *word;
    bool is_numbered, is_named, is_importer;
} owners[BC_META_OWNER_END] = {
    [BC_META_LOG] = { .word = "head" },
    [BC_META_LEDGER] = { .word = "origin" },
    [BC_META_TIMELINES] = { .word = "timelines" },
    [BC_META_WORDS] = { .word = "word", .is_numbered = true },
    [BC_META_QUIET] = { .word = "quiet", .is_importer = true },
    [BC_META_HUBSPOT] = { .word = "hubspot", .is_importer = true },
    [BC_META_SOURCE] = { .word = "source", .is_named = true, .is_importer = true },
    [BC_META_SHARE] = { .word = "share" },
    [BC_META_UNTIED] = { .word = "untied", .is_named = true, .is_importer = true },
};

struct bc_str bc_meta_key(char room[BC_META_KEY_MAX], enum bc_meta_owner owner, uint32_t number)
{
    const size_t len = strlen(owners[owner].word);
    const uint32_t stored = htobe32(number); /* so that they are in order */

    assert(!owners[owner].is_named);
    assert(len + sizeof(stored) <= BC_META_KEY_MAX && (owners[owner].is_numbered || !number));
    memcpy(room, owners[owner].word, len);
    memcpy(room + len, &stored, sizeof(stored));
    return (struct bc_str){ room, len + (owners[owner].is_numbered ? sizeof(stored) : 0) };
}

bool bc_meta_is_of_importer(enum bc_meta_owner owner)
{
    return owners[owner].is_importer;
}

bool bc_meta_key_is_of_importer(struct bc_str key)
{
    for (size_t i = 0; i < BC_META_OWNER_END; i++) {
        const struct bc_str word = bc_str_of(owners[i].word);

        if (!owners[i].is_importer || !bc_str_begins(key, word))
            continue;
        if (!owners[i].is_named && key.len == word.len)
            return true;
        if (owners[i].is_named && key.len > word.len + 1 && key.at[word.len] == '/' &&
            key.len - word.len - 1 <= BC_META_NAME_MAX)
            return true;
    }
    return false;
}

bc_status bc_meta_each_of_importers(bc_log *log,
                                    bc_status (*see)(void *payload, struct bc_str key,
                                                     struct bc_str value, struct bc_err *err),
                                    void *payload, struct bc_err *err)
{
    struct bc_iter *iter = NULL;
    struct bc_str key, value;
    bc_status rc = bc_iter_open(&iter, log->store, BC_META, (struct bc_str){ 0 }, err);

    while (rc == BC_OK) {
        rc = bc_iter_next(iter, &key, &value, err);
        if (rc == BC_OK && bc_meta_key_is_of_importer(key))
            rc = see(payload, key, value, err);
    }
    bc_iter_free(iter);
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_meta_get(bc_log *log, enum bc_meta_owner owner, struct bc_buf *out, struct bc_err *err)
{
    char room[BC_META_KEY_MAX];

    return bc_store_get(log->store, BC_META, bc_meta_key(room, owner, 0), out, err);
}

void bc_meta_key_named(struct bc_buf *key, enum bc_meta_owner owner, struct bc_str name)
{
    assert(owners[owner].is_named && name.len <= BC_META_NAME_MAX);
    bc_buf_add_str(key, bc_str_of(owners[owner].word));
    bc_buf_add_byte(key, '/');
    bc_buf_add_str(key, name);
}

bc_status bc_meta_get_named(bc_log *log, enum bc_meta_owner owner, struct bc_str name,
                            struct bc_buf *out, struct bc_err *err)
{
    struct bc_buf key = { 0 };
    bc_status rc;

    bc_meta_key_named(&key, owner, name);
    rc = bc_store_get(log->store, BC_META, bc_buf_str(&key), out, err);
    bc_buf_release(&key);
    return rc;
}

bc_status bc_meta_each_named(bc_log *log, enum bc_meta_owner owner,
                             bc_status (*see)(void *payload, struct bc_str name,
                                              struct bc_str value, struct bc_err *err),
                             void *payload, struct bc_err *err)
{
    struct bc_buf first = { 0 };
    struct bc_iter *iter = NULL;
    struct bc_str key, value;
    bc_status rc;

    bc_meta_key_named(&first, owner, (struct bc_str){ 0 });
    rc = bc_iter_open(&iter, log->store, BC_META, bc_buf_str(&first), err);
    while (rc == BC_OK) {
        rc = bc_iter_next(iter, &key, &value, err);
        if (rc != BC_OK || !bc_str_begins(key, bc_buf_str(&first)))
            break;
        rc = see(payload, bc_str_part(key, first.len, key.len), value, err);
    }
    bc_iter_free(iter);
    bc_buf_release(&first);
    return rc < 0 ? rc : BC_OK;
}

void bc_meta_put_named(struct bc_batch *batch, enum bc_meta_owner owner, struct bc_str name,
                       struct bc_str value)
{
    struct bc_buf key = { 0 };

    bc_meta_key_named(&key, owner, name);
    bc_batch_add(batch, BC_META, BC_PUT, bc_buf_str(&key), value);
    bc_buf_release(&key);
}

void bc_meta_put(struct bc_batch *batch, enum bc_meta_owner owner, uint32_t number,
                 struct bc_str value)
{
    char room[BC_META_KEY_MAX];

    bc_batch_add(batch, BC_META, BC_PUT, bc_meta_key(room, owner, number), value);
}
