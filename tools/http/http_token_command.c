/* tools/http/http_token_command.c - a secret that a command prints. */
#include "tools/http/http.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>

#define TOKEN_MAX 4096

/* The first line, at most TOKEN_MAX bytes and one more, which shows that it is too long; the rest
 * is read and dropped, so that the command can end. */
static size_t read_line(char line[TOKEN_MAX + 1], FILE *from)
{
    size_t len = 0;
    bool first = true;
    int c;

    while ((c = getc(from)) != EOF) {
        if (c == '\n')
            first = false;
        else if (first && len <= TOKEN_MAX)
            line[len++] = (char)c;
    }
    while (len && strchr("\r \t", line[len - 1]))
        len--;
    return len;
}

static bc_status judge_end(int status, struct bc_err *err)
{
    if (status < 0)
        return bc_err_errno(err, "run the token command");
    if (WIFSIGNALED(status))
        return bc_err_set(err, BC_E_IO, "the token command was ended by signal %d",
                          WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        return bc_err_set(err, BC_E_IO, "the token command ended with exit code %d",
                          WEXITSTATUS(status));
    return BC_OK;
}

bc_status http_token_run(char **out, const char *command, struct bc_err *err)
{
    char line[TOKEN_MAX + 1];
    FILE *from = popen(command, "re");
    size_t len;
    bc_status rc;

    if (!from)
        return bc_err_errno(err, "run the token command");
    setvbuf(from, NULL, _IONBF, 0); /* no copy of the secret in a buffer that nobody wipes */
    len = read_line(line, from);
    rc = judge_end(pclose(from), err);
    if (rc == BC_OK && (len == 0 || len > TOKEN_MAX || memchr(line, '\0', len)))
        rc = bc_err_set(err, BC_E_INPUT,
                        "the token command printed no token, expected it as the first line");
    if (rc == BC_OK)
        *out = bc_strdup((struct bc_str){ line, len });
    explicit_bzero(line, sizeof(line));
    return rc;
}
