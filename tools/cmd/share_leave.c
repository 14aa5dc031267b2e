/* tools/cmd/share_leave.c - makes a replica a ledger for itself again. */
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/share_commands.h"
#include "tools/cmd/share_replicas.h"

#include <inttypes.h>

/* What others do not have is not to depend on a ledger that nobody counts on any more. */
static bc_status check_held(const struct share_opened *opened, const struct cmd_env *env,
                            struct bc_err *err)
{
    const uint64_t size = bc_log_head(opened->log)->size;
    struct share_replicas replicas = { 0 };
    struct bc_replica_state state;
    uint64_t held = 0;
    bc_status rc = bc_replica_compare(opened->replica, &state, err);

    if (rc == BC_OK)
        rc = share_replicas_read(&replicas, opened, state.shared.size, cmd_now_us(env), err);
    if (rc == BC_OK)
        held = share_held(&replicas, true);
    if (rc == BC_OK && replicas.n == 1)
        rc = bc_err_set(err, BC_E_USAGE,
                        "this is the last replica of the shared log %s; --force leaves all the "
                        "same",
                        opened->share.is.log);
    else if (rc == BC_OK && held < size)
        rc = bc_err_set(err, BC_E_USAGE,
                        "of its %" PRIu64 " events a majority of the other replicas has %" PRIu64
                        ", as far as they said: `backcast share catch-up` there; --force leaves "
                        "all the same",
                        size, held);
    share_replicas_release(&replicas);
    return rc;
}

/* That nobody is told is no reason to stay, where it is forced. */
static bc_status bear(const struct cmd_env *env, bc_status rc, const struct bc_err *err)
{
    if (rc != BC_E_REMOTE && rc != BC_E_DAMAGED && rc != BC_E_INPUT)
        return rc;
    fputs("backcast: warning: the others still count this replica: ", env->err);
    text_put(env->err, bc_str_of(err->message));
    fputc('\n', env->err);
    return BC_OK;
}

static bc_status leave(struct share_opened *opened, const struct cmd_env *env, const char *dir,
                       bool force, struct bc_err *err)
{
    bc_status rc = share_open(opened, env, dir, OPEN_WRITE, err);

    if (rc == BC_OK && !force)
        rc = check_held(opened, env, err);
    if (rc == BC_OK)
        rc = bc_replica_leave(opened->replica, err);
    if (rc < 0 && force)
        rc = bear(env, rc, err);
    return rc >= 0 ? bc_joined_remove(opened->dir, err) : rc;
}

static void print(const struct cmd_env *env, const struct share_opened *opened)
{
    text_put(env->out, bc_str_of(opened->dir));
    fputs(" is a ledger for itself again", env->out);
    if (opened->log)
        fprintf(env->out, ", with %" PRIu64 " events", bc_log_head(opened->log)->size);
    fputc('\n', env->out);
}

int share_leave(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL;
    bool force = false;
    const struct opt opts[] = {
        { "force", NULL, .flag = &force,
          .help = "also where others lack its events, or the shared log is not reached" },
        OPT_LEDGER(&dir),
        { 0 },
    };
    struct share_opened opened = { 0 };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast share leave"), env, argc, argv, &err);

    if (rc == BC_OK) {
        rc = leave(&opened, env, dir, force, &err);
        if (rc >= 0)
            print(env, &opened);
        rc = rc < 0 ? rc : BC_OK;
    }
    share_close(&opened);
    return cmd_exit(env, rc, &err);
}
