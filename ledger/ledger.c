#include "ledger/ledger.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ftw.h>

static const char format_text[] = "backcast ledger 1\n";
enum { FILE_MOST = 4096, ORIGIN_BYTES = 16 };

/* What stays open with a ledger that is written to. */
struct writer {
    char dir[PATH_MAX];
    struct bc_buf origin;
    int lock;
};

/* --- small files --- */

static bc_status join_path(char out[PATH_MAX], const char *dir, const char *name,
                           struct bc_err *err)
{
    if (snprintf(out, PATH_MAX, "%s/%s", dir, name) >= PATH_MAX)
        return bc_err_set(err, BC_E_IO, "the path %.200s... is too long", dir);
    return BC_OK;
}

/* Reads a small file whole; BC_DONE: it is not there. */
static bc_status read_file(struct bc_buf *out, const char *dir, const char *name,
                           struct bc_err *err)
{
    char path[PATH_MAX];
    ssize_t n;
    int fd;

    if (join_path(path, dir, name, err) < 0)
        return BC_E_IO;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? BC_DONE : bc_err_errno(err, "read %s", path);
    n = read(fd, bc_buf_room(out, FILE_MOST), FILE_MOST);
    if (n < 0) {
        bc_status rc = bc_err_errno(err, "read %s", path);

        (void)close(fd);
        return rc;
    }
    (void)close(fd);
    out->len += (size_t)n;
    return BC_OK;
}

static bc_status sync_folder(const char *dir, struct bc_err *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bc_status rc = BC_OK;

    if (fd < 0 || fsync(fd) != 0)
        rc = bc_err_errno(err, "sync the folder %s", dir);
    if (fd >= 0)
        (void)close(fd);
    return rc;
}

/* Puts a file in place whole or not at all, on disk when it returns. */
static bc_status write_file(const char *dir, const char *name, struct bc_str text,
                            struct bc_err *err)
{
    char path[PATH_MAX], aside[PATH_MAX];
    bc_status rc = BC_OK;
    int fd;

    if (join_path(path, dir, name, err) < 0 ||
        snprintf(aside, sizeof(aside), "%s.new", path) >= (int)sizeof(aside))
        return BC_E_IO;
    fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return bc_err_errno(err, "write %s", aside);
    errno = ENOSPC; /* what a write that stops short means, without saying so */
    if (write(fd, text.at, text.len) != (ssize_t)text.len || fsync(fd) != 0)
        rc = bc_err_errno(err, "write %s", aside);
    if (close(fd) != 0 && rc == BC_OK)
        rc = bc_err_errno(err, "write %s", aside);
    if (rc == BC_OK && rename(aside, path) != 0)
        rc = bc_err_errno(err, "rename %s", aside);
    return rc == BC_OK ? sync_folder(dir, err) : rc;
}

/* --- the head file --- */

/* Takes one line off the front of *text. */
static bool take_line(struct bc_str *text, struct bc_str *out)
{
    const char *end = text->len ? memchr(text->at, '\n', text->len) : NULL;

    if (!end)
        return false;
    *out = (struct bc_str){ text->at, (size_t)(end - text->at) };
    text->at += out->len + 1;
    text->len -= out->len + 1;
    return true;
}

/* A decimal number without leading zeros. */
static bool parse_size(uint64_t *out, struct bc_str text)
{
    uint64_t value = 0;

    if (text.len == 0 || text.len > 19 || (text.len > 1 && text.at[0] == '0'))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.at[i] - '0');
    }
    *out = value;
    return true;
}

bc_status bc_head_parse(struct bc_head *out, struct bc_str *origin, struct bc_str text,
                        struct bc_err *err)
{
    struct bc_str name, size, root;
    struct bc_head head;

    if (!take_line(&text, &name) || !take_line(&text, &size) || !take_line(&text, &root) ||
        name.len == 0 || !parse_size(&head.size, size) || !bc_hash_parse(&head.root, root))
        return bc_err_set(err, BC_E_INPUT,
                          "this is no head, expected three lines: origin, size, root");
    *out = head;
    if (origin)
        *origin = name;
    return BC_OK;
}

static bc_status publish(void *payload, const struct bc_head *head, struct bc_err *err)
{
    const struct writer *writer = payload;
    struct bc_buf text = { 0 };
    char root[BC_HASH_TEXT_LEN];
    bc_status rc;

    bc_hash_print(root, &head->root);
    bc_buf_add_str(&text, bc_buf_str(&writer->origin));
    bc_buf_printf(&text, "\n%" PRIu64 "\n%s\n", head->size, root);
    rc = write_file(writer->dir, "head", bc_buf_str(&text), err);
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

static bc_status make_contents(const char *dir, struct bc_err *err)
{
    struct writer writer = { .lock = -1 };
    struct bc_head empty = { 0 };
    uint8_t random[ORIGIN_BYTES];
    char db[PATH_MAX];
    bc_store *store = NULL;
    bc_log *log = NULL;
    bc_status rc;

    if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return bc_err_errno(err, "read random bytes");
    bc_buf_printf(&writer.origin, "backcast/ledger/");
    for (size_t i = 0; i < sizeof(random); i++)
        bc_buf_printf(&writer.origin, "%02x", random[i]);
    (void)snprintf(writer.dir, sizeof(writer.dir), "%s", dir);
    rc = join_path(db, dir, "db", err);
    if (rc == BC_OK)
        rc = bc_store_rocksdb(&store, db, true, true, err);
    if (rc == BC_OK) {
        rc = bc_log_open(&log, store, true, NULL, err);
        if (rc < 0)
            bc_store_close(store);
    }
    if (rc == BC_OK) {
        empty = *bc_log_head(log);
        rc = publish(&writer, &empty, err);
    }
    bc_log_close(log);
    if (rc == BC_OK)
        rc = write_file(dir, "format", BC_STR(format_text), err);
    bc_buf_release(&writer.origin);
    return rc;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    return place->level == 0 ? 0 : remove(path);
}

/* Makes the new folder itself last: the entry in the folder above. */
static bc_status sync_parent(const char *dir, struct bc_err *err)
{
    char above[PATH_MAX];
    bc_status rc = join_path(above, dir, "..", err);

    return rc == BC_OK ? sync_folder(above, err) : rc;
}

static bool folder_is_empty(const char *dir)
{
    struct dirent **names;
    int n = scandir(dir, &names, NULL, NULL);

    for (int i = 0; i < n; i++)
        free(names[i]);
    if (n >= 0)
        free(names);
    return n == 2; /* itself and its parent */
}

bc_status bc_ledger_init(const char *dir, struct bc_err *err)
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
    } else if (!folder_is_empty(dir)) {
        rc = bc_err_set(err, BC_E_INPUT, "%s is there and not empty, expected a new folder", dir);
    } else {
        rc = make_contents(dir, err);
        if (rc == BC_OK && made)
            rc = sync_parent(dir, err);
        if (rc < 0)
            (void)nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
        if (rc < 0 && made)
            (void)rmdir(dir);
    }
    (void)close(fd);
    return rc;
}

/* --- opening one --- */

/* The number in a format file; one past all numbers is newer than any. 0: there is none. */
static uint64_t format_version(struct bc_str text)
{
    const struct bc_str word = BC_STR("backcast ledger ");
    struct bc_str line;
    uint64_t version = 0;

    if (!take_line(&text, &line) || line.len <= word.len || memcmp(line.at, word.at, word.len) != 0)
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
    bc_status rc = read_file(&text, dir, "format", err);

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

static bc_status read_head_file(struct bc_head *out, struct bc_buf *origin, const char *dir,
                                struct bc_err *err)
{
    struct bc_buf text = { 0 };
    struct bc_str name;
    bc_status rc = read_file(&text, dir, "head", err);

    if (rc == BC_DONE)
        rc = bc_err_set(err, BC_E_DAMAGED, "the ledger is damaged: %s/head is missing", dir);
    else if (rc == BC_OK && bc_head_parse(out, &name, bc_buf_str(&text), err) < 0)
        rc = bc_err_set(err, BC_E_DAMAGED, "the ledger is damaged: %s/head is no head", dir);
    if (rc == BC_OK && origin)
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

static bc_status open_reading(bc_log **out, const char *dir, struct bc_buf *origin,
                              struct bc_err *err)
{
    struct bc_head acknowledged;
    bc_store *store = NULL;
    bc_log *log = NULL;
    char db[PATH_MAX];
    bc_status rc = join_path(db, dir, "db", err);

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

    if (join_path(path, writer->dir, "lock", err) < 0)
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
    rc = join_path(db, dir, "db", err);
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
    bc_status rc = check_format(dir, err);

    if (rc < 0)
        return rc;
    return write ? open_writing(out, dir, err) : open_reading(out, dir, NULL, err);
}
