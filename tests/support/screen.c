#include "tests/support/screen.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pty.h>

static void type(int terminal, const char *keys)
{
    if (keys)
        (void)!write(terminal, keys, strlen(keys));
}

/* Until all have gone that write to it: then reading ends with EIO. */
static void read_terminal(struct bc_buf *out, int terminal, const char *keys)
{
    ssize_t n;

    do {
        n = read(terminal, bc_buf_room(out, 4096), 4096);
        if (n > 0 && out->len == 0)
            type(terminal, keys);
        out->len += n > 0 ? (size_t)n : 0;
    } while (n > 0 || (n < 0 && errno == EINTR));
}

static void drop_returns(struct bc_buf *out)
{
    size_t n = 0;

    for (size_t i = 0; i < out->len; i++)
        if (!(out->at[i] == '\r' && i + 1 < out->len && out->at[i + 1] == '\n'))
            out->at[n++] = out->at[i];
    out->len = n;
}

int screen_run(const struct screen *screen, char *const *argv, struct bc_buf *out)
{
    struct winsize size = { .ws_row = screen->rows, .ws_col = screen->columns };
    int terminal, status;
    pid_t child = forkpty(&terminal, NULL, NULL, &size);

    if (child < 0)
        return -1;
    if (child == 0) {
        (void)execvp(argv[0], argv);
        _exit(127);
    }
    read_terminal(out, terminal, screen->keys);
    (void)close(terminal);
    drop_returns(out);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
