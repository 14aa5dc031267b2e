/* tools/cmd/share_join.c - makes a ledger with all events of a shared log, and a replica of it. */
#include "ledger/ledger.h"
#include "tools/ask/open.h"
#include "tools/ask/share.h"
#include "tools/ask/share_address.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cmd/made_ledger.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/share_commands.h"

#include <inttypes.h>

struct join {
    const struct cmd_env *env;
    const char *dir;
    bool shared_group, again;
    struct share_typed typed;
    struct share share;
    bc_making *making;
    struct bc_head head; /* reached */
};

static bc_status parse(struct join *join, int argc, char **argv, struct bc_err *err)
{
    const struct opt opts[] = {
        OPT_SHARE_ADDRESS(&join->typed),
        { "again", NULL, .flag = &join->again,
          .help = "take the name of a replica that is there no more" },
        OPT_LEDGER(&join->dir),
        OPT_SHARED_GROUP(&join->shared_group),
        { 0 },
    };

    return opt_parse(opts, cmd_page("backcast share join"), join->env, argc, argv, err);
}

/* --- before anything is made --- */

static bc_status read_origin(struct join *join, const bc_shared_log *shared, struct bc_err *err)
{
    bc_status rc = bc_shared_log_origin(&join->share.origin, shared, err);

    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_INPUT,
                          "the shared log %s is of no ledger yet; `backcast share init` makes it "
                          "that of one",
                          join->share.is.log);
    return rc;
}

static bc_status see_name(void *payload, struct bc_str name, struct bc_str text, struct bc_err *err)
{
    const struct join *join = payload;

    (void)text;
    if (!bc_str_eq(name, bc_str_of(join->share.is.replica)))
        return BC_OK;
    return bc_err_set(err, BC_E_INPUT,
                      "there is a replica %s already: give this one another --name, or, if that "
                      "one is there no more, say --again",
                      join->share.is.replica);
}

/* On its own connection, so that a ledger is not begun where there is nothing to join. */
static bc_status look(struct join *join, struct bc_err *err)
{
    bc_shared_log shared;
    bc_status rc =
        share_address_read(&join->share.is, &join->typed, join->env, join->share.arena, err);

    if (rc == BC_OK)
        rc = share_reach(&shared, &join->share.is, err);
    if (rc != BC_OK)
        return rc;
    rc = read_origin(join, &shared, err);
    if (rc == BC_OK && !join->again)
        rc = shared.ops->each_replica(shared.self, see_name, join, err);
    shared.ops->close(shared.self);
    return rc < 0 ? rc : BC_OK;
}

/* --- the ledger --- */

static bc_status take(struct join *join, struct bc_err *err)
{
    bc_replica *replica = NULL;
    bc_log *log = NULL;
    bc_status rc = bc_making_open(&log, join->making, true, err);

    if (rc == BC_OK)
        rc = share_replica(&replica, log, &join->share, err);
    if (rc == BC_OK)
        rc = share_catch_up(replica, join->env, err);
    if (rc == BC_OK)
        rc = bc_joined_write(join->dir, &join->share.is, err);
    if (log)
        join->head = *bc_log_head(log);
    bc_replica_free(replica);
    bc_log_close(log);
    return rc;
}

static bc_status make(struct join *join, struct bc_err *err)
{
    const struct bc_making_as as = { .origin = bc_buf_str(&join->share.origin),
                                     .shared = join->shared_group };
    bc_status rc = bc_making_begin(&join->making, join->dir, &as, err);

    if (rc == BC_OK)
        rc = take(join, err);
    if (rc == BC_OK)
        rc = made_ledger_finish(join->making, &join->head, join->share.is.log, join->env, err);
    bc_making_free(join->making);
    return rc;
}

/* It is a replica now, and the others count it. */
static bc_status report(struct join *join, struct bc_err *err)
{
    bc_replica *replica = NULL;
    bc_log *log = NULL;
    bc_status rc = open_ledger(&log, join->env, join->dir, OPEN_READ, err);

    if (rc == BC_OK)
        rc = share_replica(&replica, log, &join->share, err);
    if (rc == BC_OK)
        share_report(replica, join->env);
    bc_replica_free(replica);
    bc_log_close(log);
    return rc;
}

static void print(const struct join *join)
{
    FILE *out = join->env->out;
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &join->head.root);
    text_put(out, bc_str_of(join->dir));
    fputs(" is the replica ", out);
    text_put(out, bc_str_of(join->share.is.replica));
    fputs(" of the shared log ", out);
    text_put(out, bc_str_of(join->share.is.log));
    fprintf(out, ": %" PRIu64 " event%s, verified, root %s\n", join->head.size,
            text_plural(join->head.size), root);
}

int share_join(const struct cmd_env *env, int argc, char **argv)
{
    struct join join = { .env = env, .share.arena = bc_arena_new() };
    struct bc_err err = { 0 };
    bc_status rc = parse(&join, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_dir(&join.dir, env, join.dir, &err);
    if (rc == BC_OK)
        rc = look(&join, &err);
    if (rc == BC_OK)
        rc = make(&join, &err);
    if (rc == BC_OK)
        rc = report(&join, &err);
    if (rc == BC_OK)
        print(&join);
    share_release(&join.share);
    return cmd_exit(env, rc, &err);
}
