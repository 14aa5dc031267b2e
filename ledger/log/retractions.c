#include "ledger/log/retractions.h"

#include "ledger/base/search.h"
#include "ledger/log/log_impl.h"

#include <stdlib.h>

bc_status bc_retractions_read(struct bc_retractions *out, bc_log *log, struct bc_err *err)
{
    struct bc_str key, value;
    bc_iter *iter = NULL;
    bc_status rc = bc_iter_open(&iter, log->store, BC_RETRACTIONS, (struct bc_str){ 0 }, err);

    *out = (struct bc_retractions){ 0 };
    while (rc == BC_OK && (rc = bc_iter_next(iter, &key, &value, err)) == BC_OK) {
        if (key.len != BC_SEQ_LEN || value.len != 2 * (size_t)BC_SEQ_LEN ||
            bc_get_u64(key.at) > log->head.size)
            continue;
        BC_GROW(out->at, out->n, out->cap);
        out->at[out->n++] = (struct bc_retraction){ bc_get_u64(key.at), bc_get_u64(value.at),
                                                    bc_get_u64(value.at + BC_SEQ_LEN) };
    }
    bc_iter_free(iter);
    if (rc < 0)
        bc_retractions_release(out);
    return rc < 0 ? rc : BC_OK;
}

void bc_retractions_release(struct bc_retractions *retractions)
{
    free(retractions->at);
    *retractions = (struct bc_retractions){ 0 };
}

static int seq_cmp(const void *key, const void *entry)
{
    uint64_t seq = *(const uint64_t *)key, other = ((const struct bc_retraction *)entry)->seq;

    return (seq > other) - (seq < other);
}

const struct bc_retraction *bc_retractions_find(const struct bc_retractions *retractions,
                                                uint64_t seq)
{
    return retractions->n
               ? bsearch(&seq, retractions->at, retractions->n, sizeof(*retractions->at), seq_cmp)
               : NULL;
}

static int by_seq(const void *a, const void *b)
{
    const struct bc_retracted *left = a, *right = b;

    if (left->seq != right->seq)
        return left->seq < right->seq ? -1 : 1;
    return (left->by > right->by) - (left->by < right->by);
}

static struct bc_retracted *retracted(const struct bc_retractions *retractions, bool roots)
{
    struct bc_retracted *out = bc_reallocarray(NULL, retractions->n + 1, sizeof(*out));

    for (size_t i = 0; i < retractions->n; i++)
        out[i] =
            (struct bc_retracted){ roots ? retractions->at[i].root : retractions->at[i].target, i };
    out[retractions->n] = (struct bc_retracted){ UINT64_MAX, retractions->n };
    qsort(out, retractions->n, sizeof(*out), by_seq);
    return out;
}

struct bc_retracted *bc_retractions_targets(const struct bc_retractions *retractions)
{
    return retracted(retractions, false);
}

struct bc_retracted *bc_retractions_roots(const struct bc_retractions *retractions)
{
    return retracted(retractions, true);
}

size_t bc_retracted_from(const struct bc_retracted *retracted, size_t n, uint64_t seq)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, n, retracted[at].seq < seq);
    return at;
}
