/* tools/verify_all.c - one check after the other, floor by floor. */
#include "tools/verify_all.h"

#include "ledger/verify.h"
#include "projections/timelines.h"
#include "tools/progress.h"

struct watch {
    struct progress progress;
    uint64_t size;
};

static void watch_done(void *payload, uint64_t done)
{
    struct watch *watch = payload;

    progress_now(&watch->progress, done, watch->size, "events");
}

bc_status verify_all(bc_log *log, const struct cmd_env *env, struct bc_err *err)
{
    struct watch watch = { progress_begin(env, "verifying"), bc_log_head(log)->size };
    bc_status rc = bc_log_verify(log, watch_done, &watch, err);

    if (rc == BC_OK)
        rc = bc_timelines_verify(log, err);
    progress_end(&watch.progress);
    return rc;
}
