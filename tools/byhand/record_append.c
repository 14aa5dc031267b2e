#include "tools/byhand/record_append.h"

#include <stdio.h>
#include <sys/random.h>

bc_status record_new_id(char out[RECORD_ID_LEN], struct bc_err *err)
{
    unsigned char random[16];

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return bc_err_errno(err, "draw a random id");
    strcpy(out, "manual:");
    for (size_t i = 0; i < sizeof(random); i++)
        snprintf(out + strlen("manual:") + 2 * i, 3, "%02x", random[i]);
    return BC_OK;
}

bc_status record_append(struct record_taken *out, bc_log *log, const struct bc_event *events,
                        size_t n, int64_t now_us, size_t *bad, struct bc_where *where,
                        struct bc_err *err)
{
    bc_append *append = NULL;
    bc_status rc = bc_append_open(&append, log, now_us, err);

    for (size_t i = 0; rc >= 0 && i < n; i++) {
        *bad = i;
        rc = bc_append_add(append, &events[i], i + 1, false, NULL, where, err);
        out[i].added = rc == BC_OK;
    }
    if (rc >= 0)
        rc = bc_append_commit(append, err);
    bc_append_free(append);
    for (size_t i = 0; rc >= 0 && i < n; i++)
        rc = bc_log_find(log, events[i].id, &out[i].seq, err);
    return rc;
}
