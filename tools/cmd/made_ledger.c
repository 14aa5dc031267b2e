#include "tools/cmd/made_ledger.h"

#include "tools/ask/open.h"
#include "tools/ask/verify_all.h"

static bc_status catch_up(const bc_making *making, const struct cmd_env *env, struct bc_err *err)
{
    bc_log *log = NULL;
    bc_status rc = bc_making_open(&log, making, true, err);

    if (rc == BC_OK)
        open_warn_recorded(env, log);
    if (rc == BC_OK)
        rc = open_catch_up(log, err);
    bc_log_close(log);
    return rc;
}

/* Opened anew, as any command will do. */
static bc_status verify(const bc_making *making, const struct bc_head *head, const char *from,
                        const struct cmd_env *env, struct bc_err *err)
{
    bc_log *log = NULL;
    bc_status rc = bc_making_open(&log, making, false, err);

    if (rc == BC_OK)
        rc = verify_all(log, env, env->threads, err);
    if (rc == BC_OK && !bc_head_eq(bc_log_head(log), head))
        rc = bc_err_set(err, BC_E_DAMAGED, "its head is not that of %s", from);
    bc_log_close(log);
    return rc < 0 ? bc_err_in(err, rc, "the copy") : BC_OK;
}

bc_status made_ledger_finish(bc_making *making, const struct bc_head *head, const char *from,
                             const struct cmd_env *env, struct bc_err *err)
{
    bc_status rc = catch_up(making, env, err);

    if (rc == BC_OK)
        rc = verify(making, head, from, env, err);
    return rc == BC_OK ? bc_making_finish(making, err) : rc;
}
