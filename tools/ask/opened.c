#include "tools/ask/opened.h"

#include "ledger/base/dir.h"
#include "tools/ask/open.h"

#include <inttypes.h>
#include <limits.h>
#include <sys/stat.h>

/* Every acknowledged append writes another head; and another database, or more files of it (a cache
 * that was brought up to date), shows in the times of its folder. */
static bc_status look(struct bc_buf *stamp, const char *dir, struct bc_err *err)
{
    char db[PATH_MAX];
    struct stat status = { 0 };
    bc_status rc = bc_path_join(db, dir, "db", err);

    if (rc == BC_OK)
        rc = bc_dir_read(stamp, dir, "head", err);
    if (rc < 0)
        return rc;
    (void)stat(db, &status); /* where there is none, the opening says so */
    bc_buf_printf(stamp, "%ju %ju %jd %ld", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino,
                  (intmax_t)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    return BC_OK;
}

static void close_both(struct opened *opened)
{
    bc_timelines_free(opened->timelines);
    bc_log_close(opened->log);
    opened->timelines = NULL;
    opened->log = NULL;
}

/* Looked at before it is opened, so that what comes meanwhile shows at the next call. */
bc_status opened_now(struct opened *opened, const struct cmd_env *env, bool *anew,
                     struct bc_err *err)
{
    struct bc_buf stamp = { 0 };
    bc_status rc = look(&stamp, opened->dir, err);
    const bool changed = !opened->log || !bc_str_eq(bc_buf_str(&stamp), bc_buf_str(&opened->stamp));

    if (anew)
        *anew = changed;
    if (rc == BC_OK && changed) {
        close_both(opened);
        rc = open_ledger(&opened->log, env, opened->dir, OPEN_READ_ALL, err);
        if (rc == BC_OK) {
            bc_log_stays(opened->log);
            (void)bc_timelines_open(&opened->timelines, opened->log, BC_FROM_CACHE, NULL);
        }
    }
    bc_buf_release(&opened->stamp);
    opened->stamp = stamp;
    return rc;
}

void opened_close(struct opened *opened)
{
    close_both(opened);
    bc_buf_release(&opened->stamp);
}
