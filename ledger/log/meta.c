#include "ledger/log/meta.h"

#include "ledger/log/log_impl.h"

#include <assert.h>

#include <endian.h>

/* They are on disk: a key that is here never changes. */
static const struct owner {
    const char *word;
    bool is_numbered, is_importer;
} owners[BC_META_OWNER_END] = {
    [BC_META_LOG] = { .word = "head" },
    [BC_META_LEDGER] = { .word = "origin" },
    [BC_META_TIMELINES] = { .word = "timelines" },
    [BC_META_WORDS] = { .word = "word", .is_numbered = true },
    [BC_META_QUIET] = { .word = "quiet", .is_importer = true },
    [BC_META_HUBSPOT] = { .word = "hubspot", .is_importer = true },
};

struct bc_str bc_meta_key(char room[BC_META_KEY_MAX], enum bc_meta_owner owner, uint32_t number)
{
    const size_t len = strlen(owners[owner].word);
    const uint32_t stored = htobe32(number); /* so that they are in order */

    assert(len + sizeof(stored) <= BC_META_KEY_MAX && (owners[owner].is_numbered || !number));
    memcpy(room, owners[owner].word, len);
    memcpy(room + len, &stored, sizeof(stored));
    return (struct bc_str){ room, len + (owners[owner].is_numbered ? sizeof(stored) : 0) };
}

bool bc_meta_is_of_importer(enum bc_meta_owner owner)
{
    return owners[owner].is_importer;
}

bc_status bc_meta_get(bc_log *log, enum bc_meta_owner owner, struct bc_buf *out, struct bc_err *err)
{
    char room[BC_META_KEY_MAX];

    return bc_store_get(log->store, BC_META, bc_meta_key(room, owner, 0), out, err);
}

void bc_meta_put(struct bc_batch *batch, enum bc_meta_owner owner, uint32_t number,
                 struct bc_str value)
{
    char room[BC_META_KEY_MAX];

    bc_batch_add(batch, BC_META, BC_PUT, bc_meta_key(room, owner, number), value);
}
