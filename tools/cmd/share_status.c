/* tools/cmd/share_status.c - a replica beside the shared log, and beside the other replicas. */
#include "tools/ask/share_address.h"
#include "tools/cli/opt.h"
#include "tools/cli/text.h"
#include "tools/cli/times.h"
#include "tools/cmd/pages.h"
#include "tools/cmd/share_commands.h"
#include "tools/cmd/share_replicas.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

#include <inttypes.h>

struct status {
    const struct cmd_env *env;
    struct share_opened opened;
    struct bc_replica_state state;
    bool differs;
    struct share_replicas replicas;
    struct bc_buf address;
};

static const char *const fits[] = {
    [SHARE_LEVEL] = "level",     [SHARE_BEHIND] = "behind",     [SHARE_AHEAD] = "ahead",
    [SHARE_DIFFERS] = "differs", [SHARE_UNREAD] = "unreadable",
};

/* --- what is found --- */

/* The events that the shared log lost, as far as some replica has them. */
static uint64_t lost(const struct status *status)
{
    uint64_t most = status->state.shared.size;

    for (size_t i = 0; i < status->replicas.n; i++)
        if (status->replicas.at[i].fit == SHARE_AHEAD && status->replicas.at[i].head.size > most)
            most = status->replicas.at[i].head.size;
    return most - status->state.shared.size;
}

static uint64_t to_take(const struct status *status)
{
    const struct bc_replica_state *state = &status->state;

    return state->shared.size > state->here.size ? state->shared.size - state->here.size : 0;
}

static const struct share_one *self_of(const struct status *status)
{
    const struct share_one *one = status->replicas.at;

    while (!one->self)
        one++;
    return one;
}

static const char *fit_of(const struct status *status)
{
    return fits[status->differs ? SHARE_DIFFERS : self_of(status)->fit];
}

/* --- rows --- */

/* "31 minutes ahead" */
static void clock_cell(struct row *row, const struct share_one *one)
{
    const int64_t minutes = (one->clock_us < 0 ? -one->clock_us : one->clock_us) / 60000000;

    if (!one->clock_us)
        row_null(row, "clock");
    else if (row_for_people(row))
        row_format(row, "clock", "%" PRId64 " minutes %s", minutes,
                   one->clock_us > 0 ? "ahead" : "behind");
    else
        row_integer(row, "clock", one->clock_us / 1000000);
}

static void fill_replica(struct row *row, const void *source, size_t i)
{
    const struct status *status = source;
    const struct share_one *one = &status->replicas.at[i];
    const uint64_t size = status->state.shared.size;

    row_text(row, "replica", one->name);
    if (row_for_programs(row))
        row_bool(row, "this", one->self);
    row_seq(row, "seq", one->head.size);
    row_count(row, "behind", one->head.size < size ? size - one->head.size : 0);
    row_word(row, "state", one->self ? fit_of(status) : fits[one->fit]);
    if (one->reported_us)
        row_instant(row, "reported", one->reported_us);
    else
        row_null(row, "reported");
    clock_cell(row, one);
}

static struct rows replicas_of(const struct status *status)
{
    return rows_of(fill_replica, status, status->replicas.n);
}

static void fill_majority(struct row *row, const void *source, size_t i)
{
    const struct share_replicas *replicas = source;

    (void)i;
    row_count(row, "replicas", replicas->n);
    row_count(row, "needs", share_majority(replicas->n));
    row_seq(row, "seq", share_held(replicas, false));
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct status *status = source;

    (void)i;
    row_text(row, "log", bc_buf_str(&status->address));
    row_word(row, "replica", status->opened.share.is.replica);
    row_head(row, "ledger", &status->state.here);
    row_head(row, "shared", &status->state.shared);
    row_word(row, "state", fit_of(status));
    row_count(row, "behind", to_take(status));
    row_count(row, "lost", lost(status));
    row_row(row, "majority", fill_majority, &status->replicas);
    row_rows(row, "replicas", replicas_of(status));
}

/* --- for people --- */

static void print_head(FILE *out, const char *label, struct bc_str name, const struct bc_head *head)
{
    char root[BC_HASH_TEXT_LEN];

    bc_hash_print(root, &head->root);
    fprintf(out, "%-13s ", label);
    text_put(out, name);
    fprintf(out, "\n%-13s %" PRIu64 " event%s, root %s\n", "", head->size, text_plural(head->size),
            root);
}

/* How the two stand to each other. */
static void print_fit(const struct status *status)
{
    FILE *out = status->env->out;
    const uint64_t n = lost(status), more = to_take(status);

    fprintf(out, "%-13s ", "");
    if (status->differs)
        fputs("their events differ\n", out);
    else if (more)
        fprintf(out, "%" PRIu64 " event%s to take\n", more, text_plural(more));
    else
        fputs("nothing to take\n", out);
    if (!n)
        return;
    fprintf(out,
            "%-13s the shared log has lost its end: %" PRIu64
            " event%s; `backcast share repair` puts\n%-13s back what a replica has\n",
            "", n, text_plural(n), "");
}

static void print(const struct status *status)
{
    static const struct column columns[] = {
        { "REPLICA", "replica", .fit = COLUMN_MIDDLE }, { "EVENTS", "seq", .right = true },
        { "BEHIND", "behind", .right = true },          { "STATE", "state", .dash = false },
        { "REPORTED", "reported", .dash = true },       { "CLOCK", "clock", .dash = true },
    };
    const struct share_replicas *replicas = &status->replicas;
    FILE *out = status->env->out;

    print_head(out, "shared log", bc_buf_str(&status->address), &status->state.shared);
    print_head(out, "this replica", bc_str_of(status->opened.share.is.replica),
               &status->state.here);
    print_fit(status);
    fprintf(out, "%-13s %zu of %zu replica%s have the first %" PRIu64 " events\n\n", "majority",
            share_majority(replicas->n), replicas->n, text_plural(replicas->n),
            share_held(replicas, false));
    print_table_of(status->env, COLUMNS_OF(columns), replicas_of(status));
    times_tell(status->env);
}

/* --- the command --- */

/* That the events differ is shown before it is an error. */
static bc_status look(struct status *status, const char *dir, struct bc_err *differ,
                      struct bc_err *err)
{
    const struct cmd_env *env = status->env;
    bc_status rc = share_open(&status->opened, env, dir, OPEN_READ, err);

    if (rc < 0)
        return rc;
    share_address_add(&status->address, &status->opened.share.is);
    rc = bc_replica_check(status->opened.replica, &status->state, err);
    if (rc == BC_E_DAMAGED && status->state.shared.size) {
        status->differs = true;
        *differ = *err;
        rc = BC_OK;
    }
    if (rc == BC_OK)
        rc = share_replicas_read(&status->replicas, &status->opened, status->state.shared.size,
                                 cmd_now_us(env), err);
    return rc < 0 ? rc : BC_OK;
}

int share_status(const struct cmd_env *env, int argc, char **argv)
{
    struct status status = { .env = env };
    const char *dir = NULL;
    bool json = false;
    const struct opt opts[] = { OPT_LEDGER(&dir), OPT_JSON(&json), { 0 } };
    struct bc_err err = { 0 }, differ;
    bc_status rc = opt_parse(opts, cmd_page("backcast share status"), env, argc, argv, &err);

    if (rc == BC_OK)
        rc = look(&status, dir, &differ, &err);
    if (rc == BC_OK && json)
        print_json_of(env, fill, &status);
    else if (rc == BC_OK)
        print(&status);
    if (rc == BC_OK && status.differs) {
        err = differ;
        rc = BC_E_DAMAGED;
    } else if (rc == BC_OK && lost(&status)) {
        rc = BC_NO;
    }
    share_replicas_release(&status.replicas);
    bc_buf_release(&status.address);
    share_close(&status.opened);
    return cmd_exit(env, rc, &err);
}
