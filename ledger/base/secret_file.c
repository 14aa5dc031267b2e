#include "ledger/base/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Checks the open file: its name may come to mean another one in between. */
static bc_status check_mode(int fd, const char *path, const char *what, struct bc_err *err)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return bc_err_errno(err, "look at %s", path);
    if (!S_ISREG(st.st_mode))
        return bc_err_set(err, BC_E_IO, "%s is no file, which a secret is kept in", path);
    if (st.st_mode & (S_IRWXG | S_IRWXO))
        return bc_err_set(err, BC_E_IO,
                          "others than its owner may read or change %s (its mode is %03o); %s's "
                          "file has 600",
                          path, (unsigned)(st.st_mode & 0777), what);
    return BC_OK;
}

bc_status bc_secret_open(int *out, const char *path, const char *what, struct bc_err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a pipe would wait */
    bc_status rc;

    if (fd < 0)
        return bc_err_errno(err, "open %s", path);
    rc = check_mode(fd, path, what, err);
    if (rc == BC_OK)
        *out = fd;
    else
        close(fd);
    return rc;
}

bc_status bc_secret_read(char *bytes, size_t most, size_t *len, int fd, const char *path,
                         const char *what, struct bc_err *err)
{
    *len = 0;
    while (*len <= most) { /* one more shows that it is too long */
        ssize_t n = read(fd, bytes + *len, most + 1 - *len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return bc_err_errno(err, "read %s", path);
        if (n == 0)
            return BC_OK;
        *len += (size_t)n;
    }
    return bc_err_set(err, BC_E_INPUT, "%s is longer than %s can be", path, what);
}
