/* tools/cmd/share_repair.c - puts back what the shared log lost of this replica. */
#include "tools/cli/opt.h"
#include "tools/cli/progress.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/share_commands.h"
#include "tools/cmd/share_opened.h"

#include <inttypes.h>

static bc_status refill(struct share_opened *opened, const struct cmd_env *env, uint64_t *added,
                        struct bc_err *err)
{
    struct progress_events watch = { progress_begin(env, "putting back"),
                                     bc_log_head(opened->log)->size };
    bc_status rc = bc_replica_refill(opened->replica, added, progress_events_done, &watch, err);

    progress_end(&watch.progress);
    return rc;
}

static void print(const struct cmd_env *env, const struct share_opened *opened, uint64_t added)
{
    if (added)
        fprintf(env->out, "put back %" PRIu64 " event%s that ", added, text_plural(added));
    fputs("the shared log ", env->out);
    text_put(env->out, bc_str_of(opened->share.is.log));
    fprintf(env->out,
            added ? " had lost; it has %" PRIu64 " now\n"
                  : " has all %" PRIu64 " events of this replica\n",
            bc_log_head(opened->log)->size);
}

int share_repair(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL;
    const struct opt opts[] = { OPT_LEDGER(&dir), { 0 } };
    struct share_opened opened = { 0 };
    struct bc_err err = { 0 };
    uint64_t added = 0;
    bc_status rc = opt_parse(opts, cmd_page("backcast share repair"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = share_open(&opened, env, dir, OPEN_WRITE, &err);
    if (rc == BC_OK)
        rc = refill(&opened, env, &added, &err);
    if (rc == BC_OK) {
        print(env, &opened, added);
        share_report(opened.replica, env);
    }
    share_close(&opened);
    return cmd_exit(env, rc, &err);
}
