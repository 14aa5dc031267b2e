/* tools/http/http_token.c - a secret in a file, which only its owner may read. */
#include "tools/http/http.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOKEN_MAX 4096

/* Checks the open file: its name may come to mean another one in between. */
static bc_status check_mode(int fd, const char *path, struct bc_err *err)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return bc_err_errno(err, "look at %s", path);
    if (!S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode))
        return bc_err_set(err, BC_E_IO, "%s is no file", path);
    if (st.st_mode & (S_IRWXG | S_IRWXO))
        return bc_err_set(err, BC_E_IO,
                          "others than its owner may read or change %s (its mode is %03o); a "
                          "token's file has 600",
                          path, (unsigned)(st.st_mode & 0777));
    return BC_OK;
}

/* Up to TOKEN_MAX bytes and one more, which shows that it is too long. */
static bc_status read_bytes(char bytes[TOKEN_MAX + 1], size_t *len, int fd, const char *path,
                            struct bc_err *err)
{
    *len = 0;
    while (*len <= TOKEN_MAX) {
        ssize_t n = read(fd, bytes + *len, TOKEN_MAX + 1 - *len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return bc_err_errno(err, "read %s", path);
        if (n == 0)
            return BC_OK;
        *len += (size_t)n;
    }
    return bc_err_set(err, BC_E_INPUT, "%s is longer than a token can be", path);
}

bc_status http_token_read(char **out, const char *path, struct bc_err *err)
{
    char bytes[TOKEN_MAX + 1];
    size_t len = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return bc_err_errno(err, "open %s", path);
    bc_status rc = check_mode(fd, path, err);

    if (rc == BC_OK)
        rc = read_bytes(bytes, &len, fd, path, err);
    close(fd);
    while (rc == BC_OK && len && memchr("\r\n \t", bytes[len - 1], 4))
        len--;
    if (rc == BC_OK && (len == 0 || memchr(bytes, '\0', len)))
        rc = bc_err_set(err, BC_E_INPUT, "there is no token in %s", path);
    if (rc == BC_OK)
        *out = bc_strdup((struct bc_str){ bytes, len });
    explicit_bzero(bytes, sizeof(bytes));
    return rc;
}

void http_token_free(char *token)
{
    if (token)
        explicit_bzero(token, strlen(token));
    free(token);
}
