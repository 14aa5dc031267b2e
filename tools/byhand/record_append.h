/* tools/byhand/record_append.h - events by hand into the log, all of them or none. */
#ifndef BC_TOOLS_BYHAND_RECORD_APPEND_H
#define BC_TOOLS_BYHAND_RECORD_APPEND_H

#include "ledger/log/log.h"

#define RECORD_ID_LEN (sizeof("manual:") + 32)
/* "manual:" and 32 random digits. */
bc_status record_new_id(char out[RECORD_ID_LEN], struct bc_err *err);

/* What became of an event: its place in the log; false: it was there. */
struct record_taken {
    uint64_t seq;
    bool added;
};

/* Appends events[0..n) in one; out[i] is what became of each. Where one is refused, *bad is its
 * number and *where its part. */
bc_status record_append(struct record_taken *out, bc_log *log, const struct bc_event *events,
                        size_t n, int64_t now_us, size_t *bad, struct bc_where *where,
                        struct bc_err *err);

#endif
