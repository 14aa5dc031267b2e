#include "tools/export/tables_ids.h"

#include <stdio.h>

enum { PIECE = 1 << 16 }; /* bytes that are written together */

/* A text among all. */
struct place {
    uint64_t at;
    uint64_t len;
};

static struct bc_str id_of(const struct bc_event *event)
{
    if (event->body == BC_MEETING_LOGGED)
        return event->value[BC_MEETING_LOGGED_MEETING].text;
    if (event->body == BC_EMAIL_SENT)
        return event->value[BC_EMAIL_SENT_EMAIL].text;
    return (struct bc_str){ 0 };
}

static bc_status flush(struct tables_ids *ids, struct bc_err *err)
{
    const size_t len = ids->added.len;

    ids->added.len = 0;
    return len ? bc_temp_add(&ids->texts, ids->added.at, len, err) : BC_OK;
}

static bc_status add(struct tables_ids *ids, struct bc_str id, struct bc_err *err)
{
    const struct place place = { ids->texts.len + ids->added.len, id.len };
    bc_status rc = bc_spool_add(&ids->places, &place, err);

    if (id.len)
        bc_buf_add_str(&ids->added, id);
    if (rc == BC_OK && ids->added.len >= PIECE)
        rc = flush(ids, err);
    return rc;
}

bc_status tables_ids_read(struct tables_ids *out, bc_log *log, struct bc_err *err)
{
    const uint64_t size = bc_log_head(log)->size;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    bc_status rc = bc_temp_open(&out->texts, P_tmpdir, err);

    if (rc < 0)
        return rc;
    out->open = true;
    bc_spool_init(&out->places, P_tmpdir, sizeof(struct place));
    rc = size > 0 ? bc_cursor_open(&cursor, log, 1, size, err) : BC_DONE;
    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, err);
        if (rc == BC_OK)
            rc = add(out, id_of(event), err);
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : flush(out, err);
}

bc_status tables_ids_get(const struct tables_ids *ids, uint64_t seq, struct bc_buf *out,
                         struct bc_err *err)
{
    struct place place;
    bc_status rc;

    out->len = 0;
    if (seq == 0 || seq > ids->places.n)
        return BC_OK;
    rc = bc_spool_get(&ids->places, seq - 1, &place, err);
    if (rc < 0 || place.len == 0)
        return rc;
    rc = bc_temp_read(&ids->texts, place.at, bc_buf_room(out, place.len), place.len, err);
    out->len = rc == BC_OK ? place.len : 0;
    return rc;
}

void tables_ids_release(struct tables_ids *ids)
{
    bc_spool_release(&ids->places);
    if (ids->open)
        bc_temp_close(&ids->texts);
    bc_buf_release(&ids->added);
    *ids = (struct tables_ids){ 0 };
}
