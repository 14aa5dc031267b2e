#include "ledger/ledger.h"

#include "ledger/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const char format_text[] = "backcast ledger 1\n";
static const struct bc_str origin_key = { "origin", 6 }; /* in family meta: the head file's, too */
enum { ORIGIN_BYTES = 16 };

/* What stays open with a ledger that is written to. */
struct writer {
    char dir[PATH_MAX];
    struct bc_buf origin;
    int lock;
};

/* --- the head file --- */

static bc_status publish(void *payload, const struct bc_head *head, struct bc_err *err)
{
    const struct writer *writer = payload;
    struct bc_buf text = { 0 };
    bc_status rc;

    bc_head_text(&text, bc_buf_str(&writer->origin), head);
    rc = bc_folder_write(writer->dir, "head", bc_buf_str(&text), err);
    bc_buf_release(&text);
    return rc;
}

static void writer_free(void *payload)
{
    struct writer *writer = payload;

    if (writer->lock >= 0)
        (void)close(writer->lock);
    bc_buf_release(&writer->origin);
    free(writer);
}

/* --- making one --- */

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

static bc_status make_database(struct writer *writer, struct bc_err *err)
{
    struct bc_batch batch = { 0 };
    struct bc_head empty = { 0 };
    char db[PATH_MAX];
    bc_store *store = NULL;
    bc_log *log = NULL;
    bc_status rc = bc_path_join(db, writer->dir, "db", err);

    if (rc == BC_OK)
        rc = bc_store_rocksdb(&store, db, true, true, err);
    if (rc < 0)
        return rc;
    bc_batch_add(&batch, BC_META, BC_PUT, origin_key, bc_buf_str(&writer->origin));
    rc = bc_store_write(store, &batch, true, err);
    bc_batch_release(&batch);
    if (rc == BC_OK)
        rc = bc_log_open(&log, store, true, NULL, err);
    if (rc < 0) {
        bc_store_close(store);
        return rc;
    }
    empty = *bc_log_head(log);
    rc = publish(writer, &empty, err);
    bc_log_close(log);
    return rc;
}

static bc_status make_contents(const char *dir, struct bc_str origin, struct bc_err *err)
{
    struct writer writer = { .lock = -1 };
    bc_status rc = BC_OK;

    (void)snprintf(writer.dir, sizeof(writer.dir), "%s", dir);
    bc_buf_add_str(&writer.origin, origin);
    if (origin.len == 0)
        rc = make_origin(&writer.origin, err);
    if (rc == BC_OK)
        rc = make_database(&writer, err);
    if (rc == BC_OK)
        rc = bc_folder_write(dir, "format", BC_STR(format_text), err);
    bc_buf_release(&writer.origin);
    return rc;
}

bc_status bc_ledger_init_as(const char *dir, struct bc_str origin, struct bc_err *err)
{
    bool made = mkdir(dir, 0777) == 0;
    bc_status rc;
    int fd;

    if (!made && errno != EEXIST)
        return bc_err_errno(err, "make the folder %s", dir);
    fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOTDIR ? bc_err_set(err, BC_E_INPUT, "%s is no folder", dir)
                                : bc_err_errno(err, "read %s", dir);
    /* Of two that make it at once, the loser must not clean up what the winner made. */
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        rc = bc_err_set(err, BC_E_BUSY, "another process is making %s", dir);
    } else if (!bc_folder_is_empty(dir)) {
        rc = bc_err_set(err, BC_E_INPUT, "%s is there and not empty, expected a new folder", dir);
    } else {
        rc = make_contents(dir, origin, err);
        if (rc == BC_OK && made)
            rc = bc_folder_sync_parent(dir, err);
        if (rc < 0)
            bc_folder_clear(dir);
        if (rc < 0 && made)
            (void)rmdir(dir);
    }
    (void)close(fd);
    return rc;
}

bc_status bc_ledger_init(const char *dir, struct bc_err *err)
{
    return bc_ledger_init_as(dir, (struct bc_str){ 0 }, err);
}

/* --- opening one --- */

/* The number in a format file; one past all numbers is newer than any. 0: there is none. */
static uint64_t format_version(struct bc_str text)
{
    const struct bc_str word = BC_STR("backcast ledger ");
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

static bc_status check_format(const char *dir, struct bc_err *err)
{
    struct bc_buf text = { 0 };
    uint64_t version;
    bc_status rc = bc_folder_read(&text, dir, "format", err);

    if (rc == BC_DONE) {
        rc = bc_err_set(err, BC_E_INPUT, "%s is no ledger, expected a folder made by backcast init",
                        dir);
    } else if (rc == BC_OK) {
        version = format_version(bc_buf_str(&text));
        if (version == 0)
            rc = bc_err_set(err, BC_E_INPUT, "%s/format names no format of a ledger", dir);
        else if (version > BC_LEDGER_FORMAT)
            rc = bc_err_set(err, BC_E_NEWER,
                            "%s has format %" PRIu64 ", this program knows formats up to %d", dir,
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
    bc_status rc = bc_folder_read(&text, dir, "head", err);

    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_DAMAGED, "the ledger is damaged: %s/head is missing", dir);
    else if (rc == BC_OK && bc_head_parse(out, &name, NULL, bc_buf_str(&text), err) < 0)
        rc = bc_err_set(err, BC_E_DAMAGED, "the ledger is damaged: %s/head is no head", dir);
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

/* What names the ledger stands in no record, so that nothing but this finds it changed. */
static bc_status compare_origin(bc_log *log, struct bc_str origin, struct bc_err *err)
{
    struct bc_buf stored = { 0 };
    bc_status rc = bc_store_get(bc_log_store(log), BC_META, origin_key, &stored, err);

    if (rc == BC_OK && !bc_str_eq(bc_buf_str(&stored), origin))
        rc = bc_err_set(err, BC_E_DAMAGED,
                        "the ledger is damaged: its head file names the ledger %.*s, expected %.*s",
                        origin.len > 300 ? 300 : (int)origin.len, origin.at,
                        stored.len > 300 ? 300 : (int)stored.len, stored.len ? stored.at : "");
    bc_buf_release(&stored);
    return rc < 0 ? rc : BC_OK; /* there is none in a ledger that was made without */
}

static bc_status open_reading(bc_log **out, const char *dir, struct bc_buf *origin,
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
        rc = bc_store_rocksdb(&store, db, false, false, err);
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
    char path[PATH_MAX];

    if (bc_path_join(path, writer->dir, "lock", err) < 0)
        return BC_E_IO;
    writer->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (writer->lock < 0)
        return bc_err_errno(err, "write %s", path);
    if (flock(writer->lock, LOCK_EX | LOCK_NB) == 0)
        return BC_OK;
    if (errno == EWOULDBLOCK)
        return bc_err_set(err, BC_E_BUSY, "another process is writing to %s", writer->dir);
    return bc_err_errno(err, "lock %s", path);
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
        rc = take_lock(writer, err);
    if (rc == BC_OK) {
        rc = open_reading(&log, dir, &writer->origin, err); /* looks before it touches */
        bc_log_close(log);
        log = NULL;
    }
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
    rc = publish(writer, bc_log_head(log), err); /* may be one append behind */
    if (rc < 0) {
        bc_log_close(log);
        return rc;
    }
    *out = log;
    return BC_OK;
}

bc_status bc_ledger_open(bc_log **out, const char *dir, bool write, struct bc_err *err)
{
    struct bc_buf origin = { 0 };
    bc_status rc = check_format(dir, err);

    if (rc < 0)
        return rc;
    rc = write ? open_writing(out, dir, err) : open_reading(out, dir, &origin, err);
    bc_buf_release(&origin);
    return rc;
}

bc_status bc_ledger_origin(struct bc_buf *out, const char *dir, struct bc_err *err)
{
    struct bc_head unused;

    return read_head_file(&unused, out, dir, err);
}
