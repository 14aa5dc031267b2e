/* tools/cmd_backup.c - a second ledger with the same events, and back: both ways the same copying.
 *
 * The copy is made beside the place where it is to be, verified there, and renamed: what stands
 * under its name is whole. */
#include "ledger/copy.h"
#include "ledger/folder.h"
#include "tools/json_out.h"
#include "tools/open.h"
#include "tools/opt.h"
#include "tools/progress.h"
#include "tools/text.h"
#include "tools/verify_all.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libgen.h>

struct copying {
    const struct cmd_env *env;
    const char *from, *to; /* folders */
    struct bc_buf aside;   /* beside `to`; ends with a NUL */
    struct bc_buf origin;
    struct bc_head head;
};

static bool parent_is_there(const char *dir)
{
    char *path = bc_strdup(bc_str_of(dir));
    bool there = access(dirname(path), F_OK) == 0;

    free(path);
    return there;
}

/* Says it before the work is done and not after it. */
static bc_status check_place(const char *dir, struct bc_err *err)
{
    struct stat status;

    if (stat(dir, &status) != 0) {
        if (errno == ENOENT && parent_is_there(dir))
            return BC_OK;
        return bc_err_errno(err, "write %s", dir);
    }
    if (!S_ISDIR(status.st_mode) || !bc_folder_is_empty(dir))
        return bc_err_set(err, BC_E_INPUT, "%s is there and not empty, expected a new folder", dir);
    return BC_OK;
}

static void name_aside(struct copying *copying)
{
    size_t len = strlen(copying->to);

    while (len > 1 && copying->to[len - 1] == '/')
        len--;
    bc_buf_printf(&copying->aside, "%.*s.%ld.part%c", (int)len, copying->to, (long)getpid(), '\0');
}

static bc_status copy_log(struct copying *copying, struct bc_err *err)
{
    struct progress_events watch = { progress_begin(copying->env, "copying"), 0 };
    bc_log *log = NULL;
    bc_status rc = bc_ledger_open(&log, copying->from, false, err);

    if (rc == BC_OK)
        rc = bc_ledger_origin(&copying->origin, copying->from, err);
    if (rc == BC_OK) {
        copying->head = *bc_log_head(log);
        watch.total = copying->head.size;
        rc = bc_ledger_copy(copying->aside.at, bc_buf_str(&copying->origin), log,
                            progress_events_done, &watch, err);
    }
    progress_end(&watch.progress);
    bc_log_close(log);
    return rc;
}

static bc_status finish_copy(const struct copying *copying, struct bc_err *err)
{
    bc_log *log = NULL;
    bc_status rc = bc_ledger_open(&log, copying->aside.at, true, err);

    if (rc == BC_OK)
        rc = open_catch_up(log, err);
    bc_log_close(log);
    return rc;
}

/* As any command will find it: opened anew. */
static bc_status verify_copy(const struct copying *copying, struct bc_err *err)
{
    bc_log *log = NULL;
    bc_status rc = bc_ledger_open(&log, copying->aside.at, false, err);

    if (rc == BC_OK)
        rc = verify_all(log, copying->env, copying->env->threads, err);
    if (rc == BC_OK && !bc_head_eq(bc_log_head(log), &copying->head))
        rc = bc_err_set(err, BC_E_DAMAGED, "its head is not that of %s", copying->from);
    bc_log_close(log);
    return rc < 0 ? bc_err_in(err, rc, "the copy") : BC_OK;
}

static bc_status put_in_place(const struct copying *copying, struct bc_err *err)
{
    bc_status rc;

    if (rename(copying->aside.at, copying->to) != 0) {
        rc = bc_err_errno(err, "rename the copy to %s", copying->to);
        bc_folder_clear(copying->aside.at);
        (void)rmdir(copying->aside.at);
        return rc;
    }
    return bc_folder_sync_parent(copying->to, err);
}

static bc_status copy(struct copying *copying, struct bc_err *err)
{
    bc_status rc = check_place(copying->to, err);

    if (rc < 0)
        return rc;
    name_aside(copying);
    rc = copy_log(copying, err); /* where it fails it leaves nothing */
    if (rc < 0)
        return rc;
    rc = finish_copy(copying, err);
    if (rc == BC_OK)
        rc = verify_copy(copying, err);
    if (rc == BC_OK)
        return put_in_place(copying, err);
    bc_folder_clear(copying->aside.at);
    (void)rmdir(copying->aside.at);
    return rc;
}

static void print(const struct copying *copying, bool as_json)
{
    FILE *out = copying->env->out;
    char root[BC_HASH_TEXT_LEN];

    if (as_json) {
        struct json_out json = json_out_begin(out);
        json_out_head(&json, NULL, &copying->head);
        json_out_line(&json);
        json_out_release(&json);
        return;
    }
    bc_hash_print(root, &copying->head.root);
    text_put(out, bc_str_of(copying->to));
    fprintf(out, ": %" PRIu64 " event%s, verified, root %s\n", copying->head.size,
            copying->head.size == 1 ? "" : "s", root);
}

static int run(const struct cmd_env *env, const struct opt_page *page, const char *help,
               bool restore, int argc, char **argv)
{
    struct copying copying = { .env = env };
    const char *dir = NULL, *ledger = NULL;
    bool json = false;
    const struct opt opts[] = {
        { NULL, "DIR", .text = &dir, .required = true, .help = help },
        OPT_LEDGER(&ledger),
        { "json", NULL, .flag = &json, .help = "print for programs" },
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
    bc_buf_release(&copying.aside);
    bc_buf_release(&copying.origin);
    return cmd_exit(env, rc, &err);
}

int cmd_backup(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = { "backcast backup /mnt/backups/2025-03-31", NULL };
    static const struct opt_page page = {
        "backcast backup",
        "Copies the ledger as it stands, also while it is being written to, and verifies the "
        "copy. The copy\nis a ledger like any other: `backcast --ledger DIR metrics` asks it.",
        examples
    };

    return run(env, &page, "where to; a new folder", false, argc, argv);
}

int cmd_restore(const struct cmd_env *env, int argc, char **argv)
{
    static const char *const examples[] = {
        "backcast restore /mnt/backups/2025-03-31 --ledger deals", NULL
    };
    static const struct opt_page page = {
        "backcast restore",
        "Makes the ledger anew from a backup, and verifies it. The ledger's folder must not be "
        "there or be\nempty: move a damaged one away first.",
        examples
    };

    return run(env, &page, "the backup", true, argc, argv);
}
