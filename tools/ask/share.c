#include "tools/ask/share.h"

#include "ledger/ledger.h"
#include "ledger/share/jetstream.h"
#include "tools/ask/share_address.h"
#include "tools/cli/progress.h"
#include "tools/cli/text.h"

#include <inttypes.h>
#include <stdlib.h>

/* Servers that lost one of them may take ten seconds to agree on who leads. */
enum { PATIENCE_MS = 30000 };

/* --- what it is joined to --- */

bc_status share_read(struct share *out, const struct cmd_env *env, const char *dir,
                     struct bc_err *err)
{
    bc_status rc;

    *out = (struct share){ .arena = bc_arena_new() };
    rc = bc_joined_read(&out->is, dir, out->arena, err);
    if (rc == BC_OK)
        rc = share_address_files(&out->is, env, out->arena, err);
    if (rc == BC_OK)
        rc = bc_ledger_origin(&out->origin, dir, err);
    return rc;
}

bc_status share_read_must(struct share *out, const struct cmd_env *env, const char *dir,
                          struct bc_err *err)
{
    bc_status rc = share_read(out, env, dir, err);

    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_USAGE,
                          "%s is no replica of a shared log; `backcast share init` makes it the "
                          "first one, `backcast share join` makes another ledger",
                          dir);
    return rc;
}

void share_release(struct share *share)
{
    bc_buf_release(&share->origin);
    bc_arena_free(share->arena);
    *share = (struct share){ 0 };
}

bc_status share_reach(bc_shared_log *out, const struct bc_joined *is, struct bc_err *err)
{
    const struct bc_jetstream_address address = { .servers = is->servers,
                                                  .name = is->log,
                                                  .ca_file = is->ca_file,
                                                  .creds_file = is->creds_file,
                                                  .nkey_file = is->nkey_file,
                                                  .timeout_ms = PATIENCE_MS };

    return bc_jetstream_open(out, &address, err);
}

bc_status share_replica(bc_replica **out, bc_log *log, const struct share *share,
                        struct bc_err *err)
{
    const struct bc_replica_as as = { bc_buf_str(&share->origin), bc_str_of(share->is.replica) };
    bc_shared_log shared;
    bc_status rc = share_reach(&shared, &share->is, err);

    if (rc == BC_OK)
        *out = bc_replica_new(log, &shared, &as);
    return rc;
}

/* --- taking and reporting --- */

static void say_passed_over(const struct cmd_env *env, uint64_t n)
{
    if (n)
        fprintf(env->err,
                "backcast: warning: passed over %" PRIu64
                " message%s in the shared log: no commits, "
                "so something else put them there\n",
                n, text_plural(n));
}

bc_status share_catch_up(bc_replica *replica, const struct cmd_env *env, struct bc_err *err)
{
    struct progress_events watch = { progress_begin(env, "taking what other machines appended"),
                                     0 };
    bc_status rc = bc_replica_catch_up(replica, progress_events_done, &watch, err);

    progress_end(&watch.progress);
    say_passed_over(env, bc_replica_passed_over(replica));
    return rc;
}

void share_say_taken(const struct cmd_env *env, uint64_t taken, uint64_t said)
{
    const uint64_t n = taken - said;

    if (n)
        fprintf(env->err, "backcast: took %s%" PRIu64 " event%s that other machines appended\n",
                said ? "another " : "", n, text_plural(n));
}

void share_report(bc_replica *replica, const struct cmd_env *env)
{
    struct bc_err err = { 0 };

    if (bc_replica_report(replica, cmd_now_us(env), &err) >= 0)
        return;
    fputs("backcast: warning: the other machines do not know how far this replica is: ", env->err);
    text_put(env->err, bc_str_of(err.message));
    fputc('\n', env->err);
}

/* --- appending --- */

bc_status share_asked(struct share *out, const struct cmd_env *env, const char *dir, bool shared,
                      struct bc_err *err)
{
    const char *from = shared && env->shared.yes ? env->shared.from : "--shared";
    bc_status rc = share_read(out, env, dir, err);

    if (rc == BC_DONE && shared)
        return bc_err_set(err, BC_E_USAGE,
                          "%s: %s is no replica of a shared log; `backcast share init` makes it "
                          "the first one",
                          from, dir);
    if (rc == BC_OK && !shared)
        return bc_err_set(err, BC_E_USAGE,
                          "%s is a replica of the shared log %s, and would go its own way: append "
                          "with --shared, or set BACKCAST_SHARED=yes; `backcast share leave` makes "
                          "it a ledger for itself again",
                          dir, out->is.log);
    return rc;
}

struct appending {
    const struct cmd_env *env;
    uint64_t said;
};

static void end_appending(void *payload, bc_replica *replica)
{
    struct appending *appending = payload;

    share_say_taken(appending->env, bc_replica_taken(replica), appending->said);
    share_report(replica, appending->env);
    free(appending);
}

bc_status share_append(bc_log *log, const struct share *share, const struct cmd_env *env,
                       struct bc_err *err)
{
    bc_replica *replica = NULL;
    struct appending *appending;
    bc_status rc = share_replica(&replica, log, share, err);

    if (rc == BC_OK)
        rc = share_catch_up(replica, env, err);
    if (rc < 0) {
        bc_replica_free(replica);
        return bc_err_in(err, rc, "the shared log %s", share->is.log);
    }
    share_say_taken(env, bc_replica_taken(replica), 0);
    appending = bc_malloc(sizeof(*appending));
    *appending = (struct appending){ env, bc_replica_taken(replica) };
    bc_replica_appends(replica, end_appending, appending);
    return BC_OK;
}
