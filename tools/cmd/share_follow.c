/* tools/cmd/share_follow.c - takes what other machines append: once, and until it is stopped.
 *
 * While it waits it holds no ledger, so that commands of this machine append meanwhile. */
#include "tools/cli/opt.h"
#include "tools/cli/serving.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/share_commands.h"
#include "tools/cmd/share_opened.h"

#include <inttypes.h>

enum {
    WAIT_MS = 500,   /* for a commit, before it is looked whether to end */
    AGAIN_MS = 5000, /* after a failure that may pass */
    REPORT_S = 60,   /* where nothing comes */
};

static void print_taken(const struct cmd_env *env, const struct bc_head *head, uint64_t taken)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    fprintf(env->out, "took %" PRIu64 " event%s; it has %" PRIu64 " now, root %s\n", taken,
            text_plural(taken), head->size, root);
}

/* --- once --- */

int share_catch_up_once(const struct cmd_env *env, int argc, char **argv)
{
    const char *dir = NULL;
    const struct opt opts[] = { OPT_LEDGER(&dir), { 0 } };
    struct share_opened opened = { 0 };
    struct bc_err err = { 0 };
    uint64_t taken = 0;
    bc_status rc = opt_parse(opts, cmd_page("backcast share catch-up"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = share_open(&opened, env, dir, OPEN_WRITE, &err);
    if (rc == BC_OK)
        rc = share_take(&opened, env, &taken, &err);
    if (rc == BC_OK)
        print_taken(env, bc_log_head(opened.log), taken);
    share_close(&opened);
    return cmd_exit(env, rc, &err);
}

/* --- until it is stopped --- */

struct following {
    const struct cmd_env *env;
    const char *dir;
    struct share share;
    bc_shared_log shared; /* that is waited on; where it is reached */
    bool reached, ended;
    uint64_t position;   /* after which a commit is waited for */
    int64_t reported_us; /* when the others were told last, by the clock that only goes on */
    bool failing;        /* it was said why */
};

static int64_t elapsed_us(const struct following *following)
{
    return following->env->elapsed_us ? following->env->elapsed_us() : 0;
}

static void let_go(struct following *following)
{
    if (following->reached)
        following->shared.ops->close(following->shared.self);
    following->reached = false;
}

/* Takes all that is there. */
static bc_status take(struct following *following, struct bc_err *err)
{
    struct share_opened opened = { 0 };
    struct bc_replica_state state = { 0 };
    uint64_t taken = 0;
    bc_status rc = share_open(&opened, following->env, following->dir, OPEN_WRITE, err);

    if (rc == BC_OK)
        rc = bc_replica_compare(opened.replica, &state, err);
    if (rc == BC_OK)
        rc = share_take(&opened, following->env, &taken, err);
    if (rc == BC_OK) {
        following->position = state.position;
        following->reported_us = elapsed_us(following);
        if (taken)
            print_taken(following->env, bc_log_head(opened.log), taken);
        rc = cmd_written(following->env, err);
    }
    share_close(&opened);
    return rc;
}

/* Where nothing came for a while the others still see that it follows. */
static bc_status report(struct following *following, struct bc_err *err)
{
    struct share_opened opened = { 0 };
    bc_status rc = BC_OK;

    if (elapsed_us(following) - following->reported_us < INT64_C(1000000) * REPORT_S)
        return BC_OK;
    rc = share_open(&opened, following->env, following->dir, OPEN_READ, err);
    if (rc == BC_OK)
        share_report(opened.replica, following->env);
    following->reported_us = elapsed_us(following);
    share_close(&opened);
    return rc;
}

/* BC_DONE: nothing came yet. */
static bc_status wait(struct following *following, struct bc_err *err)
{
    struct bc_buf bytes = { 0 };
    uint64_t position;
    bc_status rc = BC_OK;

    if (!following->reached) {
        rc = share_reach(&following->shared, &following->share.is, err);
        following->reached = rc == BC_OK;
    }
    if (rc == BC_OK)
        rc = following->shared.ops->read(following->shared.self, following->position, WAIT_MS,
                                         &position, &bytes, err);
    bc_buf_release(&bytes);
    return rc;
}

/* What may pass is said once, and tried again. BC_OK: go on. */
static bc_status bear(struct following *following, bc_status rc, const struct bc_err *err)
{
    const struct cmd_env *env = following->env;

    if (rc != BC_E_REMOTE && rc != BC_E_BUSY)
        return rc;
    if (!following->failing && rc == BC_E_REMOTE) {
        fputs("backcast: ", env->err);
        text_put(env->err, bc_str_of(err->message));
        fputs("; trying again until it works\n", env->err);
        (void)fflush(env->err);
        following->failing = true;
    }
    let_go(following);
    following->ended = env->serving->ended(rc == BC_E_BUSY ? WAIT_MS : AGAIN_MS);
    return BC_OK;
}

static bc_status follow(struct following *following, struct bc_err *err)
{
    bc_status rc = take(following, err);

    while (!following->ended) {
        if (rc >= 0) {
            rc = wait(following, err);
            if (rc == BC_OK)
                rc = take(following, err);
            else if (rc == BC_DONE)
                rc = report(following, err);
        }
        if (rc >= 0)
            following->failing = false;
        else if (bear(following, rc, err) < 0)
            return rc;
        else if (!following->ended)
            rc = take(following, err);
        following->ended = following->ended || following->env->serving->ended(0);
    }
    return BC_OK;
}

int share_follow(const struct cmd_env *env, int argc, char **argv)
{
    struct following following = { .env = env };
    const char *dir = NULL;
    const struct opt opts[] = { OPT_LEDGER(&dir), { 0 } };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, cmd_page("backcast share follow"), env, argc, argv, &err);

    if (rc == BC_OK && !env->serving)
        rc = bc_err_set(&err, BC_E_USAGE, "a log is followed by the program alone");
    if (rc == BC_OK)
        rc = open_dir(&following.dir, env, dir, &err);
    if (rc == BC_OK) {
        env->serving->begin(); /* before there are threads */
        rc = share_read_must(&following.share, env, following.dir, &err);
    }
    if (rc == BC_OK)
        rc = follow(&following, &err);
    let_go(&following);
    share_release(&following.share);
    return cmd_exit(env, rc, &err);
}
