#include "ledger/making.h"

#include "ledger/base/aside.h"
#include "ledger/base/dir.h"
#include "ledger/base/umask.h"
#include "ledger/ledger_impl.h"
#include "ledger/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ORIGIN_BYTES = 16 };

struct bc_making {
    char dir[PATH_MAX];
    int folder;         /* locked */
    mode_t mode_before; /* of a folder that existed */
    bool made;          /* it did not exist */
    bool ours;          /* what is in it may be removed */
    bool finished;
};

/* --- the folder --- */

struct found {
    bool any, making, parts, others;
};

static bool is_making(const char *name)
{
    return strcmp(name, BC_LEDGER_MAKING_FILE) == 0;
}

static bool is_part(const char *name)
{
    static const char *const names[] = { "head", "lock", "db", BC_LEDGER_SHARE_FILE };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(name, names[i]) == 0 || bc_aside_is_of(name, names[i]))
            return true;
    return false;
}

static bool note_name(void *payload, const char *name)
{
    struct found *found = payload;

    found->any = true;
    if (is_making(name))
        found->making = true;
    else if (is_part(name))
        found->parts = true;
    else if (!bc_aside_is_of(name, BC_LEDGER_MAKING_FILE))
        found->others = true;
    return true;
}

/* The file `making` is made first and removed last, and a finished ledger has none. */
static bool is_left(const char *dir, const struct found *found)
{
    struct bc_buf text = { 0 };
    bool left = !found->parts;

    if (found->others)
        return false;
    if (found->making) {
        left = bc_dir_read(&text, dir, BC_LEDGER_MAKING_FILE, NULL) == BC_OK &&
               bc_str_eq(bc_buf_str(&text), BC_STR(BC_LEDGER_FORMAT_TEXT));
        bc_buf_release(&text);
    }
    return left;
}

/* It is empty, or holds only the leftovers of a killed making. */
static bc_status check_empty(const char *dir, struct bc_err *err)
{
    struct found found = { 0 };
    bc_status rc = bc_dir_each(dir, note_name, &found, err);

    if (rc >= 0 && found.any && !is_left(dir, &found))
        rc = bc_err_set(err, BC_E_INPUT, "%s exists and is not empty, expected a new folder", dir);
    return rc < 0 ? rc : BC_OK;
}

static bool remove_part(void *payload, const char *name)
{
    char path[PATH_MAX];

    if (!is_making(name) && bc_path_join(path, payload, name, NULL) == BC_OK)
        bc_dir_remove(path);
    return true;
}

static bc_status open_folder(bc_making *making, struct bc_err *err)
{
    const char *dir = making->dir;

    making->made = mkdir(dir, 0700) == 0;
    if (!making->made && errno != EEXIST)
        return bc_err_errno(err, "make the folder %s", dir);
    making->folder = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (making->folder < 0)
        return errno == ENOTDIR || errno == ELOOP
                   ? bc_err_set(err, BC_E_INPUT, "%s is no folder", dir)
                   : bc_err_errno(err, "read %s", dir);
    return BC_OK;
}

/* Of two processes that make one at once, the loser must not remove what the winner made; and the
 * winner may have given up and removed what the loser has opened. */
static bc_status lock_folder(bc_making *making, struct stat *status, struct bc_err *err)
{
    struct stat there;

    if (flock(making->folder, LOCK_EX | LOCK_NB) != 0 || stat(making->dir, &there) != 0 ||
        fstat(making->folder, status) != 0 || there.st_ino != status->st_ino ||
        there.st_dev != status->st_dev)
        return bc_err_set(err, BC_E_BUSY, "another process is making %s", making->dir);
    return BC_OK;
}

/* Closes the folder to others, so that nothing can be added to it afterwards. */
static bc_status take_folder(bc_making *making, mode_t mode, struct bc_err *err)
{
    const char *dir = making->dir;
    struct stat status;
    bc_status rc = lock_folder(making, &status, err);

    if (rc == BC_OK)
        rc = check_empty(dir, err);
    if (rc < 0)
        return rc;
    making->mode_before = status.st_mode & 07777;
    if (status.st_uid != geteuid())
        return bc_err_set(err, BC_E_IO,
                          "%s belongs to another user (uid %lu), expected a new folder", dir,
                          (unsigned long)status.st_uid);
    if (fchmod(making->folder, mode) != 0)
        return bc_err_errno(err, "change the mode of %s", dir);
    rc = check_empty(dir, err);
    if (rc < 0)
        (void)fchmod(making->folder, making->mode_before);
    making->ours = rc == BC_OK;
    return rc;
}

/* --- what is in it --- */

static bc_status make_origin(struct bc_buf *out, struct bc_err *err)
{
    uint8_t random[ORIGIN_BYTES];

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return bc_err_errno(err, "read random bytes");
    bc_buf_add_str(out, BC_STR(BC_LEDGER_NAMES));
    for (size_t i = 0; i < sizeof(random); i++)
        bc_buf_printf(out, "%02x", random[i]);
    return BC_OK;
}

/* RocksDB would make the folder less open than a shared ledger is. */
static bc_status open_database(bc_store **out, const char *dir, struct bc_err *err)
{
    char db[PATH_MAX];
    bc_status rc = bc_path_join(db, dir, "db", err);

    if (rc < 0)
        return rc;
    if (mkdir(db, 0770) != 0)
        return bc_err_errno(err, "make the folder %s", db);
    return bc_store_rocksdb(out, db, true, true, err);
}

static bc_status make_database(const char *dir, struct bc_str origin, struct bc_err *err)
{
    struct bc_batch batch = { 0 };
    struct bc_head empty = { 0 };
    bc_store *store = NULL;
    bc_log *log = NULL;
    bc_status rc = open_database(&store, dir, err);

    if (rc < 0)
        return rc;
    bc_meta_put(&batch, BC_META_LEDGER, 0, origin);
    rc = bc_store_write(store, &batch, true, err);
    bc_batch_release(&batch);
    if (rc == BC_OK)
        rc = bc_log_open(&log, store, true, NULL, err);
    if (rc < 0) {
        bc_store_close(store);
        return rc;
    }
    empty = *bc_log_head(log);
    rc = bc_ledger_publish(dir, origin, &empty, err);
    bc_log_close(log);
    return rc;
}

static bc_status make_contents(char *dir, struct bc_str origin, struct bc_err *err)
{
    struct bc_buf name = { 0 };
    bc_status rc = bc_dir_each(dir, remove_part, dir, err); /* what a kill left */

    bc_buf_add_str(&name, origin);
    if (rc == BC_OK && origin.len == 0)
        rc = make_origin(&name, err);
    if (rc == BC_OK)
        rc = bc_dir_write(dir, BC_LEDGER_MAKING_FILE, BC_STR(BC_LEDGER_FORMAT_TEXT), err);
    if (rc == BC_OK)
        rc = make_database(dir, bc_buf_str(&name), err);
    bc_buf_release(&name);
    return rc;
}

/* --- from the beginning to the end --- */

bc_status bc_making_begin(bc_making **out, const char *dir, const struct bc_making_as *as,
                          struct bc_err *err)
{
    const mode_t mode = as->shared ? 02770 : 0700;
    bc_making *making = bc_calloc(1, sizeof(*making));
    bc_status rc = BC_OK;

    making->folder = -1;
    if (snprintf(making->dir, sizeof(making->dir), "%s", dir) >= (int)sizeof(making->dir))
        rc = bc_err_set(err, BC_E_IO, "the path %.200s... is too long", dir);
    if (rc == BC_OK)
        rc = bc_ledger_dir_refuse(dir, err);
    bc_umask_ledger(mode);
    if (rc == BC_OK)
        rc = open_folder(making, err);
    if (rc == BC_OK)
        rc = take_folder(making, mode, err);
    if (rc == BC_OK)
        rc = make_contents(making->dir, as->origin, err);
    if (rc < 0)
        bc_making_free(making);
    else
        *out = making;
    return rc;
}

bc_status bc_making_open(bc_log **out, const bc_making *making, bool write, struct bc_err *err)
{
    return bc_ledger_open_by(out, making->dir, BC_LEDGER_MAKING_FILE, write, err);
}

bc_status bc_making_finish(bc_making *making, struct bc_err *err)
{
    bc_status rc;

    if (renameat(making->folder, BC_LEDGER_MAKING_FILE, making->folder, BC_LEDGER_FORMAT_FILE) != 0)
        return bc_err_errno(err, "finish %s", making->dir);
    rc = bc_dir_sync(making->dir, err);
    if (rc == BC_OK && making->made)
        rc = bc_dir_sync_parent(making->dir, err);
    making->finished = rc == BC_OK;
    return rc;
}

void bc_making_free(bc_making *making)
{
    if (!making)
        return;
    if (making->ours && !making->finished) {
        (void)bc_dir_each(making->dir, remove_part, making->dir, NULL);
        (void)unlinkat(making->folder, BC_LEDGER_MAKING_FILE, 0);
        if (making->made)
            (void)rmdir(making->dir);
        else
            (void)fchmod(making->folder, making->mode_before);
    }
    if (making->folder >= 0)
        (void)close(making->folder);
    free(making);
}

bc_status bc_ledger_init(const char *dir, bool shared, struct bc_err *err)
{
    const struct bc_making_as as = { .shared = shared };
    bc_making *making = NULL;
    bc_status rc = bc_making_begin(&making, dir, &as, err);

    if (rc == BC_OK)
        rc = bc_making_finish(making, err);
    bc_making_free(making);
    return rc;
}
