#include "ledger/copy.h"

#include "ledger/record/head.h"

#include <inttypes.h>

/* Events of one commit: an append knows its ids in memory. */
enum { PART = 1 << 20 };

struct copy {
    bc_log *from, *to;
    bc_cursor *cursor;
    uint64_t done, size;
    void (*progress)(void *payload, uint64_t done);
    void *payload;
};

static bc_status copy_part(struct copy *copy, struct bc_err *err)
{
    const struct bc_event *event;
    bc_append *append = NULL;
    struct bc_str stored;
    bc_status rc = bc_append_open(&append, copy->to, 0, err);

    for (size_t n = 0; rc == BC_OK && n < PART && copy->done < copy->size; n++) {
        rc = bc_cursor_next(copy->cursor, &event, &stored, err);
        if (rc == BC_OK)
            rc = bc_append_add_stored(append, event, stored, err);
        if (rc != BC_OK)
            break;
        copy->done = event->seq;
        if (copy->progress && copy->done % 4096 == 0)
            copy->progress(copy->payload, copy->done);
    }
    if (rc == BC_OK)
        rc = bc_append_commit(append, err);
    bc_append_free(append);
    return rc;
}

static bc_status copy_events(struct copy *copy, struct bc_err *err)
{
    const struct bc_head *want = bc_log_head(copy->from), *got;
    bc_status rc = BC_OK;

    copy->size = want->size;
    if (copy->size > 0)
        rc = bc_cursor_open(&copy->cursor, copy->from, 1, copy->size, err);
    while (rc == BC_OK && copy->done < copy->size)
        rc = copy_part(copy, err);
    bc_cursor_free(copy->cursor);
    if (rc < 0)
        return rc;
    got = bc_log_head(copy->to);
    if (!bc_head_eq(got, want))
        return bc_err_damaged(
            err, "its %" PRIu64 " events have another root than its head; run backcast verify",
            copy->size);
    return BC_OK;
}

bc_status bc_ledger_copy(const bc_making *making, bc_log *from,
                         void (*progress)(void *payload, uint64_t done), void *payload,
                         struct bc_err *err)
{
    struct copy copy = { .from = from, .progress = progress, .payload = payload };
    bc_status rc = bc_making_open(&copy.to, making, true, err);

    if (rc == BC_OK)
        rc = copy_events(&copy, err);
    bc_log_close(copy.to);
    return rc;
}
