/* tools/cmd/rebuild.c - computes the cache anew. */
#include "projections/timelines/timelines.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"

#include <inttypes.h>

/* Nothing is computed from an altered log that would then look right. */
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
    const char *dir = NULL, *threads_text = NULL;
    const struct opt opts[] = { OPT_LEDGER(&dir), OPT_THREADS(&threads_text), { 0 } };
    unsigned threads = 1;
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, cmd_page("backcast rebuild"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = opt_threads(&threads, env, threads_text, &err);
    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, OPEN_WRITE, &err);
    if (rc == BC_OK) {
        bc_log_set_threads(log, threads);
        rc = rebuild(log, threads, &err);
    }
    if (rc == BC_OK) {
        const uint64_t size = bc_log_head(log)->size;

        fprintf(env->out, "rebuilt from %" PRIu64 " event%s\n", size, text_plural(size));
    }
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}
