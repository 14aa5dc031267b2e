#include "tools/cmd/share_opened.h"

bc_status share_open(struct share_opened *out, const struct cmd_env *env, const char *dir,
                     enum open_for what, struct bc_err *err)
{
    bc_status rc = open_dir(&out->dir, env, dir, err);

    if (rc == BC_OK)
        rc = share_read_must(&out->share, env, out->dir, err);
    if (rc == BC_OK)
        rc = open_ledger(&out->log, env, out->dir, what, err);
    return rc == BC_OK ? share_replica(&out->replica, out->log, &out->share, err) : rc;
}

void share_close(struct share_opened *opened)
{
    bc_replica_free(opened->replica);
    bc_log_close(opened->log);
    share_release(&opened->share);
    *opened = (struct share_opened){ 0 };
}

bc_status share_take(struct share_opened *opened, const struct cmd_env *env, uint64_t *taken,
                     struct bc_err *err)
{
    bc_status rc = share_catch_up(opened->replica, env, err);

    if (taken)
        *taken = bc_replica_taken(opened->replica);
    if (rc == BC_OK)
        rc = open_catch_up(opened->log, err);
    if (rc == BC_OK)
        share_report(opened->replica, env);
    return rc;
}
