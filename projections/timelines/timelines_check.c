/* Checks a family against its sum, for callers that do not walk over all facts. */
#include "ledger/base/parallel.h"
#include "ledger/store/split.h"
#include "projections/timelines/timelines_impl.h"

#include <stdlib.h>

struct adding {
    bc_log *log;
    enum bc_family family;
    const struct bc_split *split;
    struct bc_timelines_sum *parts;
};

static bc_status add_part(void *payload, size_t part, struct bc_err *err)
{
    const struct adding *adding = payload;
    const struct bc_split *split = adding->split;
    const struct bc_str first = part ? split->keys[part - 1] : (struct bc_str){ 0 };
    struct bc_timelines_sum sum = { 0 };
    struct bc_str key, value;
    bc_iter *iter = NULL;
    bc_status rc = bc_iter_open(&iter, bc_log_store(adding->log), adding->family, first, err);

    while (rc == BC_OK) {
        rc = bc_iter_next(iter, &key, &value, err);
        if (rc != BC_OK || (part < split->n && bc_str_cmp(key, split->keys[part]) >= 0))
            break;
        if (!(adding->family == BC_DEALS ? bc_timelines_sum_seqs
                                         : bc_timelines_sum_facts)(&sum, key, value))
            rc = bc_timelines_damaged(err, "the timelines do not match their checksum");
    }
    bc_iter_free(iter);
    adding->parts[part] = sum;
    return rc < 0 ? rc : BC_OK;
}

bc_status bc_timelines_family_sum(struct bc_timelines_sum *out, bc_log *log, enum bc_family family,
                                  struct bc_err *err)
{
    const unsigned threads = bc_log_threads(log);
    struct bc_split split = { 0 };
    struct adding adding = { .log = log, .family = family, .split = &split };
    bc_status rc = bc_split_make(&split, bc_log_store(log), family, threads, err);

    *out = (struct bc_timelines_sum){ 0 };
    if (rc == BC_OK) {
        adding.parts = bc_calloc(split.n + 1, sizeof(*adding.parts));
        rc = bc_parallel(threads, split.n + 1, add_part, &adding, err);
    }
    for (size_t i = 0; rc == BC_OK && i <= split.n; i++)
        bc_timelines_sum_join(out, &adding.parts[i]);
    free(adding.parts);
    bc_split_release(&split);
    return rc;
}
