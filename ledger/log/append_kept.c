#include "ledger/log/append_kept.h"

#include "ledger/log/log_impl.h"

enum {
    HEADER = 8 + 1 + 8, /* place, whether its time is kept, length */
    BLOCK = 1 << 20,
};

void bc_append_kept_release(struct bc_append_kept *kept)
{
    if (kept->open)
        bc_temp_close(&kept->file);
    bc_buf_release(&kept->last);
    *kept = (struct bc_append_kept){ 0 };
}

static bc_status flush(struct bc_append_kept *kept, const char *folder, struct bc_err *err)
{
    bc_status rc = BC_OK;

    if (!kept->open)
        rc = bc_temp_open(&kept->file, folder, err);
    if (rc < 0)
        return rc;
    kept->open = true;
    rc = bc_temp_add(&kept->file, kept->last.at, kept->last.len, err);
    kept->last.len = 0;
    return rc;
}

bc_status bc_append_kept_add(struct bc_append_kept *kept, const char *folder,
                             const struct bc_kept_record *record, struct bc_err *err)
{
    char header[HEADER];

    bc_put_u64(header, record->place);
    header[8] = (char)record->keep_recorded;
    bc_put_u64(header + 9, record->record.len);
    bc_buf_add(&kept->last, header, sizeof(header));
    bc_buf_add_str(&kept->last, record->record);
    return kept->last.len < BLOCK ? BC_OK : flush(kept, folder, err);
}

/* Walks those in some bytes, which hold a whole number of them, or end within one: *used says how
 * far it came. */
static bc_status walk_bytes(struct bc_str bytes, size_t *used,
                            bc_status (*see)(void *payload, const struct bc_kept_record *kept,
                                             struct bc_err *err),
                            void *payload, struct bc_err *err)
{
    bc_status rc = BC_OK;

    *used = 0;
    while (rc >= 0 && bytes.len - *used >= HEADER) {
        const char *at = bytes.at + *used;
        const uint64_t len = bc_get_u64(at + 9);

        if (bytes.len - *used - HEADER < len)
            break;
        rc = see(payload,
                 &(struct bc_kept_record){ bc_get_u64(at), at[8], { at + HEADER, (size_t)len } },
                 err);
        *used += HEADER + (size_t)len;
    }
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_append_kept_each(const struct bc_append_kept *kept,
                              bc_status (*see)(void *payload, const struct bc_kept_record *kept,
                                               struct bc_err *err),
                              void *payload, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    size_t used;
    bc_status rc = BC_OK;

    for (uint64_t at = 0; rc == BC_OK && kept->open && at < kept->file.len;) {
        const uint64_t left = kept->file.len - at;
        const size_t len = left < BLOCK ? (size_t)left : BLOCK;

        rc = bc_temp_read(&kept->file, at, bc_buf_room(&bytes, len), len, err);
        if (rc < 0)
            break;
        bytes.len += len;
        at += len;
        rc = walk_bytes(bc_buf_str(&bytes), &used, see, payload, err);
        bytes.len -= used;
        memmove(bytes.at, bytes.at + used, bytes.len);
    }
    bc_buf_release(&bytes);
    return rc < 0 ? rc : walk_bytes(bc_buf_str(&kept->last), &used, see, payload, err);
}
