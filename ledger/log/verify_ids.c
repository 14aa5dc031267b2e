#include "ledger/base/parallel.h"
#include "ledger/log/verify_impl.h"

#include <inttypes.h>
#include <stdlib.h>

void bc_verify_ids_add(struct bc_sum *sum, struct bc_digest seed, struct bc_str id, uint64_t seq)
{
    const struct bc_str number = { (const char *)&seq, sizeof(seq) };

    bc_sum_add(sum, bc_digest_of(bc_digest_of(seed, number), id));
}

struct reading {
    bc_log *log;
    struct bc_digest seed;
    const struct bc_str *bounds;
    size_t n;
    struct bc_sum *sums; /* of each range */
};

static bc_status read_range(void *payload, size_t range, struct bc_err *err)
{
    struct reading *reading = payload;
    struct bc_str first = range ? reading->bounds[range - 1] : (struct bc_str){ 0 }, key, value;
    uint64_t size = reading->log->head.size;
    struct bc_sum sum = { 0 };
    bc_iter *iter = NULL;
    bc_status rc = bc_iter_open(&iter, reading->log->store, BC_IDS, first, err);

    while (rc == BC_OK && (rc = bc_iter_next(iter, &key, &value, err)) == BC_OK) {
        if (range < reading->n && bc_str_cmp(key, reading->bounds[range]) >= 0)
            break;
        if (value.len != BC_SEQ_LEN || key.len > BC_ID_MAX)
            sum.n++; /* no entry that an event could have */
        else if (bc_get_u64(value.at) <= size)
            bc_verify_ids_add(&sum, reading->seed, key, bc_get_u64(value.at));
        /* else after the head: of an append under way, or killed */
    }
    bc_iter_free(iter);
    reading->sums[range] = sum;
    return rc < 0 ? rc : BC_OK;
}

/* Names the first event whose id has a wrong entry, or none. */
static bc_status name_wrong_id(bc_log *log, struct bc_err *err)
{
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    uint64_t seq = 0;
    bc_status rc = bc_cursor_open(&cursor, log, 1, log->head.size, err);

    while (rc == BC_OK && (rc = bc_cursor_next(cursor, &event, NULL, err)) == BC_OK) {
        rc = bc_log_find(log, event->id, &seq, err);
        if (rc < 0)
            break;
        if (rc == BC_DONE || seq != event->seq) {
            rc = bc_err_damaged(err, "the id of event %" PRIu64 " has no valid entry", event->seq);
            break;
        }
    }
    bc_cursor_free(cursor);
    return rc < 0 ? rc : bc_err_damaged(err, "there are ids that no event of the log has");
}

bc_status bc_verify_ids(bc_log *log, struct bc_digest seed, const struct bc_sum *want,
                        const struct bc_str *bounds, size_t n, unsigned threads, struct bc_err *err)
{
    struct reading reading = { log, seed, bounds, n, bc_calloc(n + 1, sizeof(*reading.sums)) };
    struct bc_sum found = { 0 };
    bc_status rc = bc_parallel(threads, n + 1, read_range, &reading, err);

    for (size_t i = 0; i <= n; i++)
        bc_sum_join(&found, &reading.sums[i]);
    free(reading.sums);
    if (rc == BC_OK && !bc_sum_eq(&found, want))
        rc = name_wrong_id(log, err);
    return rc;
}
