/* tools/cmd/backup.c - a second ledger with the same events, and back: the same copy both ways.
 *
 * The copy is made in its final place, and is no ledger before it was verified. */
#include "ledger/copy.h"
#include "tools/ask/open.h"
#include "tools/cli/opt.h"
#include "tools/cli/progress.h"
#include "tools/cli/text.h"
#include "tools/cmd/made_ledger.h"
#include "tools/cmd/pages.h"
#include "tools/show/head.h"

#include <inttypes.h>

struct copying {
    const struct cmd_env *env;
    const char *from, *to; /* folders */
    bool shared;
    bc_log *log; /* of `from` */
    bc_making *making;
    struct bc_buf origin;
    struct bc_head head;
};

/* Checks both ends, so that a fault of either is reported before the work begins. */
static bc_status begin(struct copying *copying, struct bc_err *err)
{
    struct bc_making_as as = { .shared = copying->shared };
    bc_status rc = bc_ledger_open(&copying->log, copying->from, false, err);

    if (rc == BC_OK)
        rc = bc_ledger_origin(&copying->origin, copying->from, err);
    if (rc < 0)
        return rc;
    copying->head = *bc_log_head(copying->log);
    as.origin = bc_buf_str(&copying->origin);
    return bc_making_begin(&copying->making, copying->to, &as, err);
}

static bc_status copy_log(const struct copying *copying, struct bc_err *err)
{
    struct progress_events watch = { progress_begin(copying->env, "copying"), copying->head.size };
    bc_status rc = bc_ledger_copy(copying->making, copying->log, progress_events_done, &watch, err);

    progress_end(&watch.progress);
    return rc;
}

static bc_status copy(struct copying *copying, struct bc_err *err)
{
    bc_status rc = begin(copying, err);

    if (rc == BC_OK)
        rc = copy_log(copying, err);
    bc_log_close(copying->log);
    if (rc == BC_OK)
        rc = made_ledger_finish(copying->making, &copying->head, copying->from, copying->env, err);
    bc_making_free(copying->making); /* if unfinished, it is removed */
    return rc;
}

static void print(const struct copying *copying, bool as_json)
{
    FILE *out = copying->env->out;
    char root[BC_HASH_TEXT_LEN];

    if (as_json) {
        head_json(copying->env, &copying->head);
        return;
    }
    bc_hash_print(root, &copying->head.root);
    text_put(out, bc_str_of(copying->to));
    fprintf(out, ": %" PRIu64 " event%s, verified, root %s\n", copying->head.size,
            text_plural(copying->head.size), root);
}

static int run(const struct cmd_env *env, const struct page *page, const char *help, bool restore,
               int argc, char **argv)
{
    struct copying copying = { .env = env };
    const char *dir = NULL, *ledger = NULL;
    bool json = false;
    const struct opt opts[] = {
        { NULL, "DIR", .text = &dir, .required = true, .help = help },
        OPT_LEDGER(&ledger),
        OPT_SHARED_GROUP(&copying.shared),
        OPT_JSON(&json),
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_status rc = opt_parse(opts, page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_dir(&ledger, env, ledger, &err);
    if (rc == BC_OK) {
        copying.from = restore ? dir : ledger;
        copying.to = restore ? ledger : dir;
        rc = copy(&copying, &err);
    }
    if (rc == BC_OK)
        print(&copying, json);
    bc_buf_release(&copying.origin);
    return cmd_exit(env, rc, &err);
}

int cmd_backup(const struct cmd_env *env, int argc, char **argv)
{

    return run(env, cmd_page("backcast backup"), "where to; a new folder", false, argc, argv);
}

int cmd_restore(const struct cmd_env *env, int argc, char **argv)
{

    return run(env, cmd_page("backcast restore"), "the backup", true, argc, argv);
}
