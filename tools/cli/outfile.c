/* tools/cli/outfile.c - writes beside the file's place, and renames. */
#include "tools/cli/outfile.h"

#include "ledger/base/ledger_dir.h"
#include "ledger/base/umask.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdio_ext.h>

static bool same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether it is standard output's, as /dev/stdout is. */
static bool is_stdout(const struct stat *status)
{
    struct stat out;

    return fstat(STDOUT_FILENO, &out) == 0 && same(status, &out);
}

/* A device or a pipe cannot be replaced, and a folder is for open() to refuse. A link to such
 * (/dev/stdout, /dev/fd/3) is followed where nobody else can have put it there. */
static bool is_special(const char *path)
{
    struct stat itself, target;

    if (lstat(path, &itself) != 0 || stat(path, &target) != 0)
        return false;
    if (!S_ISLNK(itself.st_mode))
        return !S_ISREG(target.st_mode);
    if (itself.st_uid != 0 && itself.st_uid != geteuid())
        return false;
    return !S_ISREG(target.st_mode) || is_stdout(&target);
}

static int open_straight(const char *path)
{
    struct stat status;
    int fd;

    /* Opened again, a file would be written from its beginning, over what `>>` is to keep. */
    if (stat(path, &status) == 0 && is_stdout(&status))
        return fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
    fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (fd >= 0 && (fstat(fd, &status) != 0 || S_ISREG(status.st_mode))) {
        (void)close(fd); /* it became a file meanwhile: not ours to write over */
        errno = EEXIST;
        fd = -1;
    }
    return fd;
}

/* Made under the umask of a ledger, it gets the mode that the user's umask allows. */
static bc_status open_aside(struct outfile *out, const char *path, struct bc_err *err)
{
    mode_t mode = 0666 & ~bc_umask_user();
    struct stat status;
    bc_status rc = bc_aside_open(&out->aside, path, 0600, err);

    if (rc < 0)
        return rc;
    if (lstat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid())
        mode = status.st_mode & 0777;
    if (fchmod(out->aside.fd, mode) == 0)
        return BC_OK;
    rc = bc_err_errno(err, "change the mode of %s", path);
    bc_aside_close(&out->aside);
    return rc;
}

bc_status outfile_open(struct outfile *out, const char *path, struct bc_err *err)
{
    bc_status rc = BC_OK;
    int fd;

    *out = (struct outfile){ .path = path, .straight = is_special(path) };
    rc = bc_ledger_dir_refuse(path, err);
    if (rc == BC_OK && !out->straight)
        rc = open_aside(out, path, err);
    if (rc < 0)
        return rc;
    fd = out->straight ? open_straight(path) : fcntl(out->aside.fd, F_DUPFD_CLOEXEC, 0);
    if (fd >= 0)
        out->file = fdopen(fd, "w");
    if (out->file)
        return BC_OK;
    rc = bc_err_errno(err, "write %s", path);
    if (fd >= 0)
        (void)close(fd);
    bc_aside_close(&out->aside);
    return rc;
}

bc_status outfile_name(struct outfile *out, char name[PATH_MAX], struct bc_err *err)
{
    const char *slash = strrchr(out->path, '/');
    const int above = slash ? (int)(slash - out->path) + 1 : 0;

    if (out->straight)
        return bc_err_set(err, BC_E_USAGE, "%s is a device or a pipe, expected a file", out->path);
    if (snprintf(name, PATH_MAX, "%.*s%s", above, out->path, out->aside.name) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return bc_err_errno(err, "write %s", out->path);
    }
    out->named = true;
    return BC_OK;
}

/* What a full disk accepted of the rest is removed, as far as possible. */
static void cut_off(struct outfile *out)
{
    bool cut = true;

    if (out->named)
        return;
    __fpurge(out->file);
    if (out->aside.placed)
        cut = ftruncate(out->aside.fd, out->whole) == 0;
    (void)cut;
}

bc_status outfile_place(struct outfile *out, struct bc_err *err)
{
    if (fflush(out->file) != 0 || ferror(out->file)) {
        bc_status rc = bc_err_errno(err, "write %s", out->path);

        cut_off(out);
        return rc;
    }
    if (out->straight || (out->aside.placed && ftell(out->file) == out->whole))
        return BC_OK;
    if (bc_aside_place(&out->aside, NULL) < 0) {
        bc_status rc = bc_err_errno(err, "write %s", out->path);

        cut_off(out);
        return rc;
    }
    out->whole = ftell(out->file);
    return BC_OK;
}

bc_status outfile_commit(struct outfile *out, struct bc_err *err)
{
    bc_status rc = outfile_place(out, err);

    outfile_release(out);
    return rc;
}

void outfile_release(struct outfile *out)
{
    if (out->file && !out->straight)
        cut_off(out);
    if (out->file)
        (void)fclose(out->file);
    bc_aside_close(&out->aside);
    *out = (struct outfile){ 0 };
}

bc_status outfile_write(const struct cmd_env *env, const char *path, struct bc_str text,
                        struct bc_err *err)
{
    struct outfile file = { 0 };
    bc_status rc;

    if (!path || strcmp(path, "-") == 0) {
        fwrite(text.at, 1, text.len, env->out);
        return cmd_written(env, err);
    }
    rc = outfile_open(&file, path, err);
    if (rc == BC_OK) {
        fwrite(text.at, 1, text.len, file.file);
        rc = outfile_commit(&file, err);
    }
    outfile_release(&file);
    return rc;
}

bool outfile_flush(FILE *file, struct bc_buf *text)
{
    const bool written = text->len == 0 || fwrite(text->at, 1, text->len, file) == text->len;

    text->len = 0;
    return written;
}
