/* tools/cmd/rebuild.c - what is computed from the log and kept beside it, computed anew. */
#include "projections/timelines/timelines.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"

#include <inttypes.h>

/* Out of a log that was altered nothing is computed that would then look sound. */
static bc_status rebuild(bc_log *log, unsigned threads, struct bc_err *err)
{
    const struct bc_verify_options options = { .threads = threads };
    bc_status rc = bc_log_verify(log, &options, err);

    if (rc == BC_OK)
        rc = bc_timelines_drop(log, err);
    return rc < 0 ? rc : bc_timelines_update(log, err);
}

int cmd_rebuild(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast rebuild", NULL };
    static const struct opt_page page = {
        "backcast rebuild",
        "Throws away what is computed from the log and kept beside it, and computes it anew: the\n"
        "facts of each deal, the lists of their events. The log stays as it is, and is verified\n"
        "first. Of use where `backcast verify` finds what is kept beside it damaged; killed\n"
        "half-way, the next command that writes goes on.",
        examples
    };
    const char *dir = NULL, *threads_text = NULL;
    const struct opt opts[] = { OPT_LEDGER(&dir), OPT_THREADS(&threads_text), { 0 } };
    unsigned threads = 1;
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = opt_threads(&threads, env, threads_text, &err);
    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, true, &err);
    if (rc == BC_OK) {
        bc_log_set_threads(log, threads);
        rc = rebuild(log, threads, &err);
    }
    if (rc == BC_OK) {
        const uint64_t size = bc_log_head(log)->size;

        fprintf(env->out, "rebuilt from %" PRIu64 " event%s\n", size, size == 1 ? "" : "s");
    }
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}
