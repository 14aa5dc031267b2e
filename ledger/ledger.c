#include "ledger/base/aside.h"
#include "ledger/base/dir.h"
#include "ledger/base/umask.h"
#include "ledger/ledger_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* What stays open with a ledger that is written to. */
struct writer {
    char dir[PATH_MAX];
    struct bc_buf origin;
    int lock;
};

/* --- the head file --- */

bc_status bc_ledger_publish(const char *dir, struct bc_str origin, const struct bc_head *head,
                            struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bc_status rc;

    bc_head_text(&text, origin, head);
    rc = bc_dir_write(dir, "head", bc_buf_str(&text), err);
    bc_buf_release(&text);
    return rc;
}

static bc_status publish(void *payload, const struct bc_head *head, struct bc_err *err)
{
    const struct writer *writer = payload;

    return bc_ledger_publish(writer->dir, bc_buf_str(&writer->origin), head, err);
}

static void writer_free(void *payload)
{
    struct writer *writer = payload;

    if (writer->lock >= 0)
        (void)close(writer->lock);
    bc_buf_release(&writer->origin);
    free(writer);
}

static const char signed_name[] = "signed";

/* --- opening one --- */

/* The number in a format file; too large a number counts as newer than any. 0: there is none. */
static uint64_t format_version(struct bc_str text)
{
    const struct bc_str word = BC_STR(BC_LEDGER_FORMAT_WORDS);
    struct bc_str line;
    uint64_t version = 0;

    if (!bc_line_take(&text, &line) || line.len <= word.len ||
        memcmp(line.at, word.at, word.len) != 0)
        return 0;
    for (size_t i = word.len; i < line.len; i++) {
        if (line.at[i] < '0' || line.at[i] > '9')
            return 0;
        if (__builtin_mul_overflow(version, 10, &version) ||
            __builtin_add_overflow(version, (uint64_t)(line.at[i] - '0'), &version))
            return UINT64_MAX;
    }
    return version;
}

/* There is no format file. */
static bc_status no_ledger(const char *dir, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    bool making = bc_dir_read(&text, dir, BC_LEDGER_MAKING_FILE, NULL) == BC_OK;

    bc_buf_release(&text);
    if (making)
        return bc_err_set(
            err, BC_E_INPUT,
            "%s is not a ledger yet: it is still being made, or that was interrupted; "
            "run the same command again",
            dir);
    return bc_err_set(err, BC_E_INPUT, "%s is no ledger, expected a folder made by backcast init",
                      dir);
}

static bc_status check_format(const char *dir, const char *format, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    uint64_t version;
    bc_status rc = bc_dir_read(&text, dir, format, err);

    if (rc == BC_DONE) {
        rc = no_ledger(dir, err);
    } else if (rc == BC_OK) {
        version = format_version(bc_buf_str(&text));
        if (version == 0)
            rc = bc_err_damaged(err, "%s/%s does not name a ledger format", dir, format);
        else if (version > BC_LEDGER_FORMAT)
            rc = bc_err_set(err, BC_E_NEWER,
                            "%s has format %" PRIu64 ", this program reads formats up to %d", dir,
                            version, BC_LEDGER_FORMAT);
    }
    bc_buf_release(&text);
    return rc;
}

/* Adds the origin to `origin`. */
static bc_status read_head_file(struct bc_head *out, struct bc_buf *origin, const char *dir,
                                struct bc_err *err)
{
    struct bc_buf text = { 0 };
    struct bc_str name = { 0 };
    bc_status rc = bc_dir_read(&text, dir, "head", err);

    if (rc == BC_DONE)
        rc = bc_err_damaged(err, "%s/head is missing", dir);
    else if (rc == BC_OK && bc_head_parse(out, &name, NULL, bc_buf_str(&text), err) < 0)
        rc = bc_err_damaged(err, "%s/head does not hold a head", dir);
    if (rc == BC_OK)
        bc_buf_add_str(origin, name);
    bc_buf_release(&text);
    return rc;
}

/* The log must reach the acknowledged head, and be the same up to there. It may be ahead of it: by
 * an append that was killed between its last write and the head file. */
static bc_status compare(bc_log *log, const struct bc_head *acknowledged, struct bc_err *err)
{
    const struct bc_head *head = bc_log_head(log);
    struct bc_head then;
    bc_status rc;

    if (head->size < acknowledged->size)
        return bc_err_set(err, BC_E_DAMAGED,
                          "the ledger is damaged or was rolled back: its log ends at event "
                          "%" PRIu64 ", its head says %" PRIu64,
                          head->size, acknowledged->size);
    rc = bc_log_head_at(log, acknowledged->size, &then, err);
    if (rc < 0)
        return rc;
    if (memcmp(&then.root, &acknowledged->root, sizeof(then.root)) != 0)
        return bc_err_set(err, BC_E_DAMAGED,
                          "the ledger is damaged or was rewritten: the root of its first %" PRIu64
                          " events is not the one in its head",
                          acknowledged->size);
    return BC_OK;
}

/* No record holds the ledger's name, so only this check notices a change of it. */
static bc_status compare_origin(bc_log *log, struct bc_str origin, struct bc_err *err)
{
    struct bc_buf stored = { 0 };
    bc_status rc = bc_meta_get(log, BC_META_LEDGER, &stored, err);

    if (rc == BC_OK && !bc_str_eq(bc_buf_str(&stored), origin))
        rc = bc_err_damaged(err, "its head file names the ledger %.*s, expected %.*s",
                            origin.len > 300 ? 300 : (int)origin.len, origin.at,
                            stored.len > 300 ? 300 : (int)stored.len, stored.len ? stored.at : "");
    bc_buf_release(&stored);
    return rc < 0 ? rc : BC_OK; /* older ledgers have none */
}

static bc_status open_reading(bc_log **out, const char *dir, bool all, struct bc_buf *origin,
                              struct bc_err *err)
{
    struct bc_head acknowledged = { 0 };
    bc_store *store = NULL;
    bc_log *log = NULL;
    char db[PATH_MAX];
    bc_status rc = bc_path_join(db, dir, "db", err);

    if (rc == BC_OK)
        rc = read_head_file(&acknowledged, origin, dir, err); /* before the database: see above */
    if (rc == BC_OK)
        rc = all ? bc_store_rocksdb_all(&store, db, err)
                 : bc_store_rocksdb(&store, db, false, false, err);
    if (rc < 0)
        return rc;
    rc = bc_log_open(&log, store, false, NULL, err);
    if (rc < 0) {
        bc_store_close(store);
        return rc;
    }
    rc = compare_origin(log, bc_buf_str(origin), err);
    if (rc == BC_OK)
        rc = compare(log, &acknowledged, err);
    if (rc < 0) {
        bc_log_close(log);
        return rc;
    }
    *out = log;
    return BC_OK;
}

static bc_status take_lock(struct writer *writer, struct bc_err *err)
{
    bc_status rc = bc_dir_open(&writer->lock, writer->dir, "lock", O_RDWR | O_CREAT, err);

    if (rc == BC_DONE)
        return bc_err_set(err, BC_E_IO, "cannot write %s/lock: the folder is gone", writer->dir);
    if (rc < 0 || flock(writer->lock, LOCK_EX | LOCK_NB) == 0)
        return rc;
    if (errno == EWOULDBLOCK)
        return bc_err_set(err, BC_E_BUSY, "another process is writing to %s", writer->dir);
    return bc_err_errno(err, "lock %s/lock", writer->dir);
}

/* From here on new files are as open as the folder. */
static bc_status follow_mode(const char *dir, struct bc_err *err)
{
    struct stat status;

    if (stat(dir, &status) != 0)
        return bc_err_errno(err, "read %s", dir);
    bc_umask_ledger(status.st_mode);
    return BC_OK;
}

bc_status bc_ledger_signed_read(struct bc_buf *out, const char *dir, struct bc_err *err)
{
    return bc_dir_read(out, dir, signed_name, err);
}

bc_status bc_ledger_signed_write(const char *dir, struct bc_str note, struct bc_err *err)
{
    bc_status rc = follow_mode(dir, err);

    return rc == BC_OK ? bc_dir_write(dir, signed_name, note, err) : rc;
}

static bool remove_left(void *payload, const char *name)
{
    const char *dir = payload;
    char path[PATH_MAX];

    if ((bc_aside_is_of(name, "head") || bc_aside_is_of(name, signed_name) ||
         bc_aside_is_of(name, BC_LEDGER_SHARE_FILE) || strcmp(name, "head.new") == 0) &&
        bc_path_join(path, dir, name, NULL) == BC_OK)
        (void)unlink(path);
    return true;
}

static bc_status open_writing(bc_log **out, const char *dir, struct bc_err *err)
{
    struct writer *writer = bc_calloc(1, sizeof(*writer));
    struct bc_head_sink sink = { publish, writer_free, writer };
    bc_store *store = NULL;
    bc_log *log = NULL;
    char db[PATH_MAX];
    bc_status rc;

    writer->lock = -1;
    (void)snprintf(writer->dir, sizeof(writer->dir), "%s", dir);
    rc = bc_path_join(db, dir, "db", err);
    if (rc == BC_OK)
        rc = follow_mode(dir, err);
    if (rc == BC_OK)
        rc = take_lock(writer, err);
    if (rc == BC_OK) {
        rc = open_reading(&log, dir, false, &writer->origin,
                          err); /* checks before it changes anything */
        bc_log_close(log);
        log = NULL;
    }
    if (rc == BC_OK)
        rc = bc_dir_each(dir, remove_left, writer->dir, err); /* of a killed writer */
    if (rc == BC_OK)
        rc = bc_store_rocksdb(&store, db, true, false, err);
    if (rc < 0) {
        writer_free(writer);
        return rc;
    }
    rc = bc_log_open(&log, store, true, &sink, err);
    if (rc < 0) {
        bc_store_close(store);
        writer_free(writer);
        return rc;
    }
    rc = publish(writer, bc_log_head(log), err); /* may lag by one append */
    if (rc < 0) {
        bc_log_close(log);
        return rc;
    }
    *out = log;
    return BC_OK;
}

static bc_status read_by(bc_log **out, const char *dir, const char *format, bool all,
                         struct bc_err *err)
{
    struct bc_buf origin = { 0 };
    bc_status rc = check_format(dir, format, err);

    if (rc == BC_OK)
        rc = open_reading(out, dir, all, &origin, err);
    bc_buf_release(&origin);
    return rc;
}

bc_status bc_ledger_open_by(bc_log **out, const char *dir, const char *format, bool write,
                            struct bc_err *err)
{
    bc_status rc;

    if (!write)
        return read_by(out, dir, format, true, err);
    rc = check_format(dir, format, err);
    return rc < 0 ? rc : open_writing(out, dir, err);
}

bc_status bc_ledger_open(bc_log **out, const char *dir, bool write, struct bc_err *err)
{
    return write ? bc_ledger_open_by(out, dir, BC_LEDGER_FORMAT_FILE, true, err)
                 : read_by(out, dir, BC_LEDGER_FORMAT_FILE, false, err);
}

bc_status bc_ledger_open_all(bc_log **out, const char *dir, struct bc_err *err)
{
    return read_by(out, dir, BC_LEDGER_FORMAT_FILE, true, err);
}

bc_status bc_ledger_origin(struct bc_buf *out, const char *dir, struct bc_err *err)
{
    struct bc_head unused;

    return read_head_file(&unused, out, dir, err);
}
