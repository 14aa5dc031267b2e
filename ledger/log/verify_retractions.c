#include "ledger/log/verify_impl.h"

#include <inttypes.h>
#include <stdlib.h>

bc_status bc_verify_retractions_begin(struct bc_verify_retractions *out, bc_log *log,
                                      struct bc_digest seed, struct bc_err *err)
{
    bc_status rc = bc_retractions_read(&out->all, log, err);

    if (rc < 0)
        return rc;
    out->seed = seed;
    out->targets = bc_retractions_targets(&out->all);
    out->names = bc_calloc(out->all.n, sizeof(*out->names));
    return BC_OK;
}

void bc_verify_retractions_release(struct bc_verify_retractions *retractions)
{
    bc_retractions_release(&retractions->all);
    free(retractions->targets);
    free(retractions->names);
}

/* Never 0. */
static uint64_t name_of(const struct bc_verify_retractions *retractions, struct bc_str id)
{
    return bc_digest_of(retractions->seed, id).half[0] | 1;
}

/* Whether an entry is possible, by itself and by that of its target. */
static bool makes_sense(const struct bc_retractions *all, const struct bc_retraction *entry)
{
    const struct bc_retraction *named = bc_retractions_find(all, entry->target);

    return entry->target > 0 && entry->target < entry->seq &&
           entry->root == (named ? named->root : entry->target);
}

/* Says what is wrong with the entry of a retraction. */
static bc_status damaged(bc_log *log, uint64_t seq, struct bc_err *err)
{
    uint64_t target, root;
    bc_status rc = bc_log_retraction(log, seq, &target, &root, err);

    return rc < 0 ? rc : bc_err_damaged(err, "the entry of retraction %" PRIu64 " is wrong", seq);
}

bc_status bc_verify_retractions_see(struct bc_verify_retractions *retractions, size_t *next,
                                    bc_log *log, const struct bc_event *event, struct bc_err *err)
{
    const struct bc_retractions *all = &retractions->all;
    const struct bc_retraction *entry;

    for (; retractions->targets[*next].seq == event->seq; ++*next)
        retractions->names[retractions->targets[*next].by].is = name_of(retractions, event->id);
    if (event->body != BC_RETRACTED)
        return BC_OK;
    entry = bc_retractions_find(all, event->seq);
    if (!entry || !makes_sense(all, entry))
        return damaged(log, event->seq, err);
    retractions->names[entry - all->at].says =
        name_of(retractions, event->value[BC_RETRACTED_EVENT].text);
    return BC_OK;
}

bc_status bc_verify_retractions_check(struct bc_verify_retractions *retractions, bc_log *log,
                                      uint64_t last, struct bc_err *err)
{
    const struct bc_retractions *all = &retractions->all;

    for (; retractions->checked < all->n; retractions->checked++) {
        const struct bc_verify_names *names = &retractions->names[retractions->checked];
        uint64_t seq = all->at[retractions->checked].seq;

        if (seq > last)
            break;
        if (names->says && names->says != names->is) /* 0: of no retraction; see the count */
            return damaged(log, seq, err);
    }
    return BC_OK;
}
