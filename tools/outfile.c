/* tools/outfile.c - writing aside and renaming. */
#include "tools/outfile.h"

#include "ledger/base/mem.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A device or a pipe cannot be replaced, and a folder is for open() to refuse. */
static bool is_special(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

bc_status outfile_open(struct outfile *out, const char *path, struct bc_err *err)
{
    struct bc_buf aside = { 0 };
    int fd;

    *out = (struct outfile){ .path = path };
    if (!is_special(path)) {
        bc_buf_printf(&aside, "%s.%ld.part", path, (long)getpid());
        bc_buf_add_byte(&aside, '\0');
        out->aside = aside.at;
    }
    fd = open(out->aside ? out->aside : path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd >= 0)
        out->file = fdopen(fd, "w");
    if (!out->file) {
        bc_status rc = bc_err_errno(err, "write %s", path);
        if (fd >= 0)
            close(fd);
        free(out->aside);
        out->aside = NULL;
        return rc;
    }
    return BC_OK;
}

bc_status outfile_commit(struct outfile *out, struct bc_err *err)
{
    bool good = fflush(out->file) == 0 && !ferror(out->file) &&
                (!out->aside || fsync(fileno(out->file)) == 0);
    bc_status rc = good ? BC_OK : bc_err_errno(err, "write %s", out->path);

    if (fclose(out->file) != 0 && rc == BC_OK)
        rc = bc_err_errno(err, "write %s", out->path);
    out->file = NULL;
    if (rc == BC_OK && out->aside && rename(out->aside, out->path) != 0)
        rc = bc_err_errno(err, "write %s", out->path);
    if (rc == BC_OK) {
        free(out->aside);
        out->aside = NULL;
    }
    return rc;
}

void outfile_release(struct outfile *out)
{
    if (out->file)
        fclose(out->file);
    if (out->aside)
        unlink(out->aside);
    free(out->aside);
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
