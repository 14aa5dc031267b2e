/* What an append keeps to be sent away, and to be added again. */
#include "ledger/log/append_via.h"

#include "ledger/log/append_impl.h"

#include <assert.h>

void bc_log_append_via(bc_log *log, const struct bc_append_via *via)
{
    assert(log->write && !log->via.commit);
    log->via = *via;
}

bool bc_log_has_via(const bc_log *log)
{
    return log->via.commit != NULL;
}

struct seeing {
    bc_status (*see)(void *payload, struct bc_str record, struct bc_err *err);
    void *payload;
};

static bc_status see_record(void *payload, const struct bc_kept_record *kept, struct bc_err *err)
{
    const struct seeing *seeing = payload;

    return seeing->see(seeing->payload, kept->record, err);
}

bc_status bc_append_each_record(bc_append *append,
                                bc_status (*see)(void *payload, struct bc_str record,
                                                 struct bc_err *err),
                                void *payload, struct bc_err *err)
{
    struct seeing seeing = { see, payload };

    return bc_append_kept_each(&append->kept, see_record, &seeing, err);
}

/* --- beside the events --- */

const struct bc_batch *bc_append_beside(const bc_append *append)
{
    return &append->beside;
}

bc_status bc_append_put_key(bc_append *append, struct bc_str key, struct bc_str value,
                            struct bc_err *err)
{
    if (!bc_meta_key_is_of_importer(key))
        return bc_err_damaged(err,
                              "a commit stores a value beside the events that is no importer's");
    bc_batch_add(&append->beside, BC_META, BC_PUT, key, value);
    return BC_OK;
}

bc_status bc_append_beside_now(const bc_append *append, struct bc_buf *out, struct bc_err *err)
{
    const struct bc_batch *beside = &append->beside;
    struct bc_buf value = { 0 };
    bc_status rc = BC_OK;

    for (size_t i = 0; rc >= 0 && i < beside->n; i++) {
        const struct bc_batch_entry *entry = &beside->entries[i];
        const struct bc_str key = { beside->bytes.at + entry->key_at, entry->key_len };

        rc = bc_store_get(append->log->store, BC_META, key, &value, err);
        bc_buf_printf(out, "%zu ", rc == BC_OK ? value.len + 1 : 0);
        if (rc == BC_OK)
            bc_buf_add_str(out, bc_buf_str(&value));
    }
    bc_buf_release(&value);
    return rc < 0 ? rc : BC_OK;
}

void bc_append_put_share(bc_append *append, struct bc_str value)
{
    bc_meta_put(&append->beside, BC_META_SHARE, 0, value);
}

/* --- once more --- */

void bc_append_step_back(bc_append *append)
{
    assert(!append->spent);
    bc_append_end(append);
}

struct again {
    bc_append *append;
    bc_arena *arena;
};

static bc_status add_again(void *payload, const struct bc_kept_record *kept, struct bc_err *err)
{
    const struct again *again = payload;
    struct bc_event event = { 0 };
    bc_status rc;

    bc_arena_reset(again->arena);
    rc = bc_decode(&event, kept->record, again->arena, err);
    if (rc == BC_OK)
        rc =
            bc_append_add(again->append, &event, kept->place, kept->keep_recorded, NULL, NULL, err);
    if (rc < 0)
        return bc_err_in(err, rc, "entry %llu", (unsigned long long)kept->place);
    return BC_OK;
}

bc_status bc_append_take_up(bc_append *append, struct bc_err *err)
{
    struct bc_append_kept kept = append->kept;
    struct again again = { append, NULL };
    bc_status rc;

    append->kept = (struct bc_append_kept){ 0 }; /* adding them keeps them again */
    append->sum.added = 0;
    append->settled = append->broken = false;
    bc_append_begin(append);
    again.arena = bc_arena_new();
    rc = bc_append_kept_each(&kept, add_again, &again, err);
    bc_arena_free(again.arena);
    bc_append_kept_release(&kept);
    append->spent = rc < 0;
    return rc;
}
