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
bc_status taken_back_read(struct taken_back *out, bc_log *log, struct bc_err *err)
{
    bc_status rc = bc_retractions_read(&out->all, log, err);

    if (rc < 0)
        return rc;
    out->targets = bc_retractions_targets(&out->all);
    out->counts = bc_calloc(out->all.n + 1, sizeof(*out->counts));
    for (size_t i = out->all.n; i-- > 0;)
        out->counts[i] = !taken_back_by(out, out->all.at[i].seq);
    return BC_OK;
}

void taken_back_release(struct taken_back *taken)
{
    bc_retractions_release(&taken->all);
    free(taken->targets);
    free(taken->counts);
    *taken = (struct taken_back){ 0 };
}
