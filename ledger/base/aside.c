#include "ledger/base/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    TRIES = 100, /* chance repeats no name; only a guesser could bring it here */
    DIGITS = 16,
    BEGIN_MOST = NAME_MAX - DIGITS - 2, /* of NAME, less the dot and the hyphen */
};

/* The folder of a path, and the name in it; errno where it has none. */
static int split(int *folder, char target[NAME_MAX + 1], const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char above[PATH_MAX];

    if (!*name || strlen(name) > NAME_MAX || strlen(path) >= sizeof(above)) {
        errno = *name ? ENAMETOOLONG : EISDIR;
        return -1;
    }
    (void)snprintf(above, sizeof(above), "%.*s", slash ? (int)(slash - path) + 1 : 1,
                   slash ? path : ".");
    (void)strcpy(target, name);
    *folder = open(above, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return *folder;
}

static int make_name(char out[NAME_MAX + 1], const char *target)
{
    uint64_t random;

    if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
        return -1;
    (void)snprintf(out, NAME_MAX + 1, ".%.*s-%016" PRIx64, BEGIN_MOST, target, random);
    return 0;
}

bool bc_aside_is_of(const char *found, const char *name)
{
    size_t len = strnlen(name, BEGIN_MOST);

    return found[0] == '.' && strncmp(found + 1, name, len) == 0 && found[1 + len] == '-' &&
           strlen(found + 2 + len) == DIGITS &&
           strspn(found + 2 + len, "0123456789abcdef") == DIGITS;
}

bc_status bc_aside_open(struct bc_aside *out, const char *path, mode_t mode, struct bc_err *err)
{
    bc_status rc;

    *out = (struct bc_aside){ .fd = -1, .folder = -1 };
    if (split(&out->folder, out->target, path) < 0)
        return bc_err_errno(err, "write %s", path);
    for (int i = 0; out->fd < 0 && i < TRIES; i++) {
        if (make_name(out->name, out->target) != 0)
            break;
        out->fd = openat(out->folder, out->name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                         mode);
        if (out->fd < 0 && errno != EEXIST)
            break;
    }
    out->open = out->fd >= 0;
    if (out->open)
        return BC_OK;
    rc = bc_err_errno(err, "write %s", path);
    (void)close(out->folder);
    return rc;
}

bc_status bc_aside_place(struct bc_aside *aside, struct bc_err *err)
{
    if (fsync(aside->fd) != 0)
        return bc_err_errno(err, "write %s", aside->target);
    if (aside->placed)
        return BC_OK;
    if (renameat(aside->folder, aside->name, aside->folder, aside->target) != 0)
        return bc_err_errno(err, "write %s", aside->target);
    aside->placed = true;
    return BC_OK;
}

void bc_aside_close(struct bc_aside *aside)
{
    if (!aside->open)
        return;
    (void)close(aside->fd);
    if (!aside->placed)
        (void)unlinkat(aside->folder, aside->name, 0);
    (void)close(aside->folder);
    *aside = (struct bc_aside){ 0 };
}

bc_status bc_aside_folder(char out[PATH_MAX], const char *path, mode_t mode, struct bc_err *err)
{
    const char *slash = strrchr(path, '/'), *target = slash ? slash + 1 : path;
    char name[NAME_MAX + 1];

    for (int i = 0; i < TRIES; i++) {
        if (make_name(name, target) != 0)
            break;
        if (snprintf(out, PATH_MAX, "%.*s%s", (int)(target - path), path, name) >= PATH_MAX) {
            errno = ENAMETOOLONG;
            break;
        }
        if (mkdir(out, mode) == 0)
            return BC_OK;
        if (errno != EEXIST)
            break;
    }
    return bc_err_errno(err, "make a folder beside %s", path);
}
