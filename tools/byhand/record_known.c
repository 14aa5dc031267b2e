#include "tools/byhand/record_known.h"

bc_status record_known(struct bc_str *deal, bc_log *log, enum bc_body begun, unsigned number,
                       struct bc_str name, bc_arena *arena, struct bc_err *err)
{
    bc_arena *scratch = bc_arena_new();
    struct bc_buf bytes = { 0 };
    struct bc_event event;
    bool found = false;
    bc_status rc = BC_OK;

    for (uint64_t seq = bc_log_head(log)->size; rc == BC_OK && !found && seq > 0; seq--) {
        bc_arena_reset(scratch);
        rc = bc_log_get(log, seq, &event, &bytes, scratch, err);
        found = rc == BC_OK && event.body == begun && bc_str_eq(event.value[number].text, name);
    }
    if (found)
        *deal = bc_arena_copy(arena, event.deal);
    bc_buf_release(&bytes);
    bc_arena_free(scratch);
    return rc < 0 ? rc : found ? BC_OK : BC_DONE;
}
