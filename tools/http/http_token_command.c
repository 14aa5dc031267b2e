/* tools/http/http_token_command.c - a secret that a command prints. */
#include "tools/http/http.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <poll.h>
#include <spawn.h>

enum { TOKEN_MAX = 4096, DROPPED_MAX = 1 << 20, TICK_MS = 20, LIMIT_S = 120 };
#define LIMIT_US (LIMIT_S * INT64_C(1000000))

extern char **environ;

struct running {
    pid_t pid;
    int fd;                   /* what it prints, or -1 at the end of that */
    char line[TOKEN_MAX + 1]; /* the first one; a byte more shows that it is too long */
    size_t len, dropped;      /* what comes after that is read, so that the command can end */
    bool over;                /* the first line has ended */
};

/* It stays in our process group, so that it may ask for a password. */
static bc_status begin(struct running *out, const char *command, struct bc_err *err)
{
    char *const argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, bc_strdup(bc_str_of(command)),
                           NULL };
    posix_spawn_file_actions_t actions;
    int ends[2], code;

    if (pipe2(ends, O_CLOEXEC) != 0) {
        free(argv[2]);
        return bc_err_errno(err, "run the token command");
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    code = posix_spawn(&out->pid, "/bin/sh", &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    free(argv[2]);
    (void)close(ends[1]);
    out->fd = ends[0];
    if (code == 0)
        return BC_OK;
    (void)close(ends[0]);
    errno = code;
    return bc_err_errno(err, "run the token command");
}

static void take(struct running *running, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!running->over && bytes[i] != '\n' && running->len <= TOKEN_MAX)
            running->line[running->len++] = bytes[i];
        else
            running->dropped++;
        running->over = running->over || bytes[i] == '\n';
    }
}

/* Waits for output, at most so long. false: there is none. */
static bool read_some(struct running *running, int wait_ms)
{
    struct pollfd poll_fd = { .fd = running->fd, .events = POLLIN }; /* -1 is passed over */
    char bytes[TOKEN_MAX];
    ssize_t n;

    if (poll(&poll_fd, 1, wait_ms) <= 0 || running->fd < 0)
        return false;
    n = read(running->fd, bytes, sizeof(bytes));
    if (n > 0)
        take(running, bytes, (size_t)n);
    explicit_bzero(bytes, sizeof(bytes));
    if (n == 0 || (n < 0 && errno != EINTR)) {
        (void)close(running->fd);
        running->fd = -1;
    }
    return n > 0;
}

/* Waits for its end, and not for that of what it leaves running with the same output. */
static bc_status wait_for(struct running *running, const struct http_clock *clock, int *status,
                          struct bc_err *err)
{
    const int64_t begun_us = clock->now_us(clock->state);
    pid_t ended;

    while ((ended = waitpid(running->pid, status, WNOHANG)) == 0) {
        const bool late = clock->now_us(clock->state) - begun_us > LIMIT_US;

        (void)read_some(running, TICK_MS);
        if (!late && running->dropped <= DROPPED_MAX)
            continue;
        (void)kill(running->pid, SIGKILL);
        (void)waitpid(running->pid, status, 0);
        return late ? bc_err_set(err, BC_E_IO, "the token command did not end within %d seconds",
                                 LIMIT_S)
                    : bc_err_set(err, BC_E_IO,
                                 "the token command printed more than 1 MiB, expected a token");
    }
    if (ended < 0)
        return bc_err_errno(err, "run the token command");
    while (running->dropped <= DROPPED_MAX && read_some(running, 0))
        continue;
    return BC_OK;
}

static bc_status judge_end(int status, struct bc_err *err)
{
    if (WIFSIGNALED(status))
        return bc_err_set(err, BC_E_IO, "the token command was ended by signal %d",
                          WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        return bc_err_set(err, BC_E_IO, "the token command ended with exit code %d",
                          WEXITSTATUS(status));
    return BC_OK;
}

static bc_status judge_line(struct running *running, struct bc_err *err)
{
    while (running->len && memchr("\r \t", running->line[running->len - 1], 3))
        running->len--;
    if (running->len == 0)
        return bc_err_set(err, BC_E_INPUT,
                          "the token command printed no token, expected it as the first line");
    if (running->len > TOKEN_MAX)
        return bc_err_set(err, BC_E_INPUT,
                          "the first line that the token command printed is longer than a token "
                          "can be");
    if (memchr(running->line, '\0', running->len))
        return bc_err_set(err, BC_E_INPUT,
                          "the first line that the token command printed is no token: it holds "
                          "U+0000");
    return BC_OK;
}

bc_status http_token_run(char **out, const char *command, const struct http_clock *clock,
                         struct bc_err *err)
{
    struct running running = { .fd = -1 };
    int status = 0;
    bc_status rc = begin(&running, command, err);

    if (rc < 0)
        return rc;
    rc = wait_for(&running, clock ? clock : &http_clock_system, &status, err);
    if (running.fd >= 0)
        (void)close(running.fd);
    if (rc == BC_OK)
        rc = judge_end(status, err);
    if (rc == BC_OK)
        rc = judge_line(&running, err);
    if (rc == BC_OK)
        *out = bc_strdup((struct bc_str){ running.line, running.len });
    explicit_bzero(&running, sizeof(running));
    return rc;
}
