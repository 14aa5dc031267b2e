/* tools/cmd_verify.c - is the ledger what it was, and is what is computed from it right? */
#include "ledger/verify.h"
#include "projections/rules/published.h"
#include "projections/timelines.h"
#include "tools/json_out.h"
#include "tools/open.h"
#include "tools/opt.h"
#include "tools/progress.h"

#include <inttypes.h>

struct watch {
    struct progress progress;
    uint64_t size;
};

static void watch_done(void *payload, uint64_t done)
{
    struct watch *watch = payload;

    progress_now(&watch->progress, done, watch->size, "events");
}

static bc_status verify(bc_log *log, const struct cmd_env *env, struct bc_err *err)
{
    struct watch watch = { progress_begin(env, "verifying"), bc_log_head(log)->size };
    bc_status rc = bc_log_verify(log, watch_done, &watch, err);

    if (rc == BC_OK)
        rc = bc_published_verify(log, err);
    if (rc == BC_OK)
        rc = bc_timelines_verify(log, err);
    progress_end(&watch.progress);
    return rc;
}

static void print(const struct cmd_env *env, const struct bc_head *head, bool as_json)
{
    char root[BC_HASH_TEXT_LEN];

    if (as_json) {
        struct json_out json = json_out_begin(env->out);
        json_out_head(&json, NULL, head);
        json_out_line(&json);
        json_out_release(&json);
        return;
    }
    bc_hash_print(root, &head->root);
    fprintf(env->out, "no fault found: %" PRIu64 " events, root %s\n", head->size, root);
}

int cmd_verify(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast verify", NULL };
    static const struct opt_page page = {
        "backcast verify",
        "Reads the whole log, and compares it with its hash tree, "
        "its head file, its indexes and\nwhat is computed from "
        "it. The first event that is not what it was is named.",
        examples
    };
    const char *dir = NULL;
    bool json = false;
    const struct opt opts[] = {
        OPT_LEDGER(&dir),
        { "json", NULL, .flag = &json, .help = "print for programs" },
        { 0 },
    };
    struct bc_err err = { 0 };
    bc_log *log = NULL;
    bc_status rc = opt_parse(opts, &page, env, argc, argv, &err);

    if (rc == BC_OK)
        rc = open_ledger(&log, env, dir, false, &err);
    if (rc == BC_OK)
        rc = verify(log, env, &err);
    if (rc == BC_OK)
        print(env, bc_log_head(log), json);
    bc_log_close(log);
    return cmd_exit(env, rc, &err);
}
