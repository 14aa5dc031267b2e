/* tools/cmd/share_init.c - makes the shared log of a ledger, which is its first replica. */
#include "ledger/ledger.h"
#include "ledger/share/jetstream.h"
#include "tools/ask/open.h"
#include "tools/ask/share.h"
#include "tools/ask/share_address.h"
#include "tools/cli/opt.h"
#include "tools/cli/progress.h"
#include "tools/cli/text.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/share_commands.h"

#include <inttypes.h>

struct init {
    const struct cmd_env *env;
    const char *dir;
    struct share_typed typed;
    struct share share;
    bc_log *log;
    bc_replica *replica;
    unsigned copies; /* 0: the log was there */
};

static bc_status parse(struct init *init, int argc, char **argv, struct bc_err *err)
{
    const struct opt opts[] = {
        OPT_SHARE_ADDRESS(&init->typed),
        OPT_LEDGER(&init->dir),
        { 0 },
    };

    return opt_parse(opts, cmd_page("backcast share init"), init->env, argc, argv, err);
}

/* What it will be joined to; it may be joined to nothing yet. */
static bc_status read_where(struct init *init, struct bc_err *err)
{
    bc_status rc = open_dir(&init->dir, init->env, init->dir, err);

    if (rc == BC_OK)
        rc = share_read(&init->share, init->env, init->dir, err);
    if (rc == BC_OK)
        return bc_err_set(err, BC_E_USAGE, "%s is a replica of the shared log %s already",
                          init->dir, init->share.is.log);
    if (rc == BC_DONE)
        rc = share_address_read(&init->share.is, &init->typed, init->env, init->share.arena, err);
    if (rc == BC_OK)
        rc = open_ledger(&init->log, init->env, init->dir, OPEN_WRITE, err);
    return rc == BC_OK ? bc_ledger_origin(&init->share.origin, init->dir, err) : rc;
}

static bc_status make_log(struct init *init, struct bc_err *err)
{
    const struct bc_joined *is = &init->share.is;
    const struct bc_jetstream_address address = { .servers = is->servers,
                                                  .name = is->log,
                                                  .ca_file = is->ca_file,
                                                  .creds_file = is->creds_file,
                                                  .nkey_file = is->nkey_file };
    bc_status rc = bc_jetstream_create(&address, &init->copies, err);

    return rc == BC_OK ? share_replica(&init->replica, init->log, &init->share, err) : rc;
}

/* Another replica is what a killed `share init` cannot have left. */
static bc_status see_other(void *payload, const struct bc_replica_report *report,
                           struct bc_err *err)
{
    const struct init *init = payload;
    const struct bc_joined *is = &init->share.is;

    if (bc_str_eq(report->name, bc_str_of(is->replica)))
        return BC_OK;
    return bc_err_set(err, BC_E_INPUT,
                      "there is a shared log %s already, with a replica %.*s; `backcast share "
                      "join` makes another one",
                      is->log, BC_STR_ARG(report->name));
}

/* The log is made, or one of this ledger that a killed `share init` began is gone on with. */
static bc_status reach(struct init *init, struct bc_err *err)
{
    struct bc_replica_state state;
    bc_status rc = share_replica(&init->replica, init->log, &init->share, err);

    if (rc == BC_E_INPUT)
        return make_log(init, err);
    if (rc == BC_OK)
        rc = bc_replica_each(init->replica, see_other, init, err);
    if (rc == BC_OK)
        rc = bc_replica_compare(init->replica, &state, err);
    if (rc == BC_OK && state.shared.size > state.here.size)
        rc = bc_err_set(err, BC_E_INPUT,
                        "there is a shared log %s already, with %" PRIu64
                        " events; `backcast share join` makes a replica of it",
                        init->share.is.log, state.shared.size);
    return rc;
}

static bc_status fill(struct init *init, struct bc_err *err)
{
    struct progress_events watch = { progress_begin(init->env, "sharing"),
                                     bc_log_head(init->log)->size };
    bc_status rc = bc_replica_refill(init->replica, NULL, progress_events_done, &watch, err);

    progress_end(&watch.progress);
    return rc;
}

static void print(const struct init *init)
{
    const uint64_t size = bc_log_head(init->log)->size;
    FILE *out = init->env->out;

    text_put(out, bc_str_of(init->dir));
    fputs(" is the replica ", out);
    text_put(out, bc_str_of(init->share.is.replica));
    fputs(" of the shared log ", out);
    text_put(out, bc_str_of(init->share.is.log));
    fprintf(out, ", which has %" PRIu64 " event%s", size, text_plural(size));
    if (init->copies)
        fprintf(out, " on %u server%s", init->copies, text_plural(init->copies));
    fputc('\n', out);
    if (init->copies && init->copies < BC_JETSTREAM_COPIES)
        fprintf(init->env->err,
                "backcast: warning: there are fewer than %d servers: where one is lost, appends "
                "wait for it or the log is lost with it\n",
                (int)BC_JETSTREAM_COPIES);
}

int share_init(const struct cmd_env *env, int argc, char **argv)
{
    struct init init = { .env = env };
    struct bc_err err = { 0 };
    bc_status rc = parse(&init, argc, argv, &err);

    if (rc == BC_OK)
        rc = read_where(&init, &err);
    if (rc == BC_OK)
        rc = reach(&init, &err);
    if (rc == BC_OK)
        rc = fill(&init, &err);
    if (rc == BC_OK)
        rc = bc_replica_report(init.replica, cmd_now_us(env), &err);
    if (rc == BC_OK)
        rc = bc_joined_write(init.dir, &init.share.is, &err);
    if (rc == BC_OK)
        print(&init);
    bc_replica_free(init.replica);
    bc_log_close(init.log);
    share_release(&init.share);
    return cmd_exit(env, rc, &err);
}
