#include "tools/show/taken_back.h"

#include <stdlib.h>

uint64_t taken_back_by(const struct taken_back *taken, uint64_t seq)
{
    uint64_t by = 0;

    if (!taken->targets)
        return 0;
    for (size_t at = bc_retracted_from(taken->targets, taken->all.n, seq);
         taken->targets[at].seq == seq; at++) {
        const size_t i = taken->targets[at].by;

        if (taken->counts[i] && taken->all.at[i].seq > by)
            by = taken->all.at[i].seq;
    }
    return by;
}

/* What takes a retraction back comes after it, so the last one is known first. */
static void weigh(struct taken_back *out)
{
    for (size_t i = out->all.n; i-- > 0;)
        out->counts[i] &= !taken_back_by(out, out->all.at[i].seq);
}

static bc_status begin(struct taken_back *out, bc_log *log, struct bc_err *err)
{
    bc_status rc = bc_retractions_read(&out->all, log, err);

    if (rc < 0)
        return rc;
    out->targets = bc_retractions_targets(&out->all);
    out->counts = bc_calloc(out->all.n + 1, sizeof(*out->counts));
    return BC_OK;
}

bc_status taken_back_read(struct taken_back *out, bc_log *log, struct bc_err *err)
{
    bc_status rc = begin(out, log, err);

    for (size_t i = 0; rc == BC_OK && i < out->all.n; i++)
        out->counts[i] = true;
    if (rc == BC_OK)
        weigh(out);
    return rc;
}

/* Retractions, and what is known of them. */
struct known {
    struct taken_back *out;
    const struct bc_visible *visible;
};

static bc_status see(void *payload, size_t i, const struct bc_event *event, struct bc_err *err)
{
    const struct known *known = payload;

    (void)err;
    known->out->counts[i] = bc_visible_has(
        known->visible, event->seq, event->has_source_recorded ? &event->source_recorded_us : NULL);
    return BC_OK;
}

bc_status taken_back_known(struct taken_back *out, bc_log *log, const struct bc_visible *visible,
                           struct bc_err *err)
{
    struct known known = { out, visible };
    struct bc_wanted *wanted;
    bc_status rc = begin(out, log, err);

    if (rc < 0)
        return rc;
    wanted = bc_calloc(out->all.n + 1, sizeof(*wanted));
    for (size_t i = 0; i < out->all.n; i++)
        wanted[i] = (struct bc_wanted){ out->all.at[i].seq, i };
    rc = bc_log_read_each(log, wanted, out->all.n, see, &known, err);
    free(wanted);
    if (rc == BC_OK)
        weigh(out);
    return rc;
}

void taken_back_release(struct taken_back *taken)
{
    bc_retractions_release(&taken->all);
    free(taken->targets);
    free(taken->counts);
    *taken = (struct taken_back){ 0 };
}
