/* tools/ask/open.c - opening a ledger by its folder. */
#include "tools/ask/open.h"

#include "tools/ask/notes.h"
#include "tools/ask/share.h"
#include "tools/cli/opt.h"

bc_status open_dir(const char **out, const struct cmd_env *env, const char *dir, struct bc_err *err)
{
    const char *found = dir ? dir : env->ledger_dir;

    if (!found || found[0] == '\0')
        return bc_err_set(
            err, BC_E_USAGE,
            "which ledger? give --ledger DIR, set BACKCAST_LEDGER, or write `ledger: DIR` "
            "into your backcast.yaml (`backcast config` says where)");
    *out = found;
    return BC_OK;
}

bc_status open_ledger(bc_log **out, const struct cmd_env *env, const char *dir, enum open_for what,
                      struct bc_err *err)
{
    unsigned threads = 1;
    bc_status rc = open_dir(&dir, env, dir, err);

    if (rc == BC_OK && what == OPEN_WRITE && env->only_asks)
        rc = bc_err_set(err, BC_E_USAGE, "a question writes to no ledger");
    if (rc == BC_OK)
        rc = opt_threads(&threads, env, NULL, err); /* an option of the command may change it */
    if (rc == BC_OK && env->opened && dir == env->ledger_dir && what != OPEN_WRITE) {
        bc_log_keep(env->opened);
        *out = env->opened;
    } else if (rc == BC_OK) {
        rc = what == OPEN_READ_ALL ? bc_ledger_open_all(out, dir, err)
                                   : bc_ledger_open(out, dir, what == OPEN_WRITE, err);
    }
    if (rc == BC_OK)
        bc_log_set_threads(*out, threads);
    return rc;
}

bc_status open_timelines(bc_timelines **out, const struct cmd_env *env, bc_log *log,
                         struct bc_err *err)
{
    if (!env->timelines || log != env->opened)
        return bc_timelines_open(out, log, BC_FROM_CACHE, err);
    bc_timelines_keep(env->timelines);
    *out = env->timelines;
    return BC_OK;
}

void open_warn_recorded(const struct cmd_env *env, const bc_log *log)
{
    struct notes notes = { 0 };

    notes_add_recorded(&notes, log, env);
    if (notes.n)
        fprintf(env->err, "backcast: warning: %s\n", notes.at[0].text);
    notes_release(&notes);
}

bc_status open_to_append(bc_log **out, const struct cmd_env *env, const char *dir, bool shared,
                         struct bc_err *err)
{
    struct share share = { 0 };
    bc_status rc = open_dir(&dir, env, dir, err);
    bc_status asked = rc == BC_OK ? share_asked(&share, env, dir, shared, err) : rc;

    if (asked >= 0)
        rc = open_ledger(out, env, dir, OPEN_WRITE, err);
    if (rc == BC_OK && asked == BC_OK)
        rc = share_append(*out, &share, env, err);
    if (rc == BC_OK && asked >= 0)
        open_warn_recorded(env, *out);
    share_release(&share);
    return asked < 0 ? asked : rc;
}

bc_status open_before_answer(const struct cmd_env *env, const char *dir, bool shared,
                             struct bc_err *err)
{
    struct share share = { 0 };
    bc_log *log = NULL;
    bc_status rc = open_dir(&dir, env, dir, err);

    if (rc == BC_OK && !shared) {
        rc = share_asked(&share, env, dir, false, err);
        share_release(&share);
        return rc < 0 ? rc : BC_OK;
    }
    if (rc == BC_OK)
        rc = open_to_append(&log, env, dir, true, err);
    if (rc == BC_OK)
        rc = open_catch_up(log, err);
    bc_log_close(log);
    return rc;
}

bc_status open_caught_up(bc_status rc, struct bc_err *err)
{
    return rc < 0 ? bc_err_in(err, rc, "the events were appended, but the cache was not updated")
                  : rc;
}

bc_status open_catch_up(bc_log *log, struct bc_err *err)
{
    return open_caught_up(bc_timelines_update(log, err), err);
}
