#include "tools/ask/verify_all.h"

#include "projections/timelines/timelines.h"
#include "tools/cli/progress.h"

const char verify_all_said[] =
    "backcast: the log, its indexes and what is computed from it were verified first\n";

bc_status verify_all(bc_log *log, const struct cmd_env *env, unsigned threads, struct bc_err *err)
{
    struct progress_events watch = { progress_begin(env, "verifying"), bc_log_head(log)->size };
    const struct bc_verify_options options = { .threads = threads,
                                               .progress = progress_events_done,
                                               .progress_payload = &watch };
    bc_status rc = bc_timelines_verify(log, &options, err);

    progress_end(&watch.progress);
    return rc;
}

void verify_note(struct notes *notes)
{
    notes_add(notes, "verified", "the log, its indexes and what is computed from it, just now");
}

bc_status verify_noted(struct notes *notes, bc_log *log, const struct cmd_env *env,
                       unsigned threads, struct bc_err *err)
{
    bc_status rc = verify_all(log, env, threads, err);

    if (rc == BC_OK)
        verify_note(notes);
    return rc;
}
