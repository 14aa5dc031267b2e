/* tools/http/http_token.c - a secret in a file, which only its owner may read. */
#include "ledger/base/mem.h"
#include "ledger/base/secret_file.h"
#include "tools/http/http.h"

#include <stdlib.h>
#include <unistd.h>

#define TOKEN_MAX 4096

bc_status http_token_read(char **out, const char *path, struct bc_err *err)
{
    char bytes[TOKEN_MAX + 1];
    size_t len = 0;
    int fd;
    bc_status rc = bc_secret_open(&fd, path, "a token", err);

    if (rc != BC_OK)
        return rc;
    rc = bc_secret_read(bytes, TOKEN_MAX, &len, fd, path, "a token", err);
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
