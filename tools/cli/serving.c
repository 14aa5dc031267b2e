#include "tools/cli/serving.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <spawn.h>

static sigset_t ends;

static void begin(void)
{
    struct sigaction hangup;
    struct rlimit files;

    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGINT);
    (void)sigaddset(&ends, SIGTERM);
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN) /* nohup's */
        (void)sigaddset(&ends, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, &ends, NULL);
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
}

static void wait_for_end(void)
{
    int number;

    (void)sigwait(&ends, &number);
    (void)pthread_sigmask(SIG_UNBLOCK, &ends, NULL);
}

static bool ended(unsigned wait_ms)
{
    const struct timespec most = { wait_ms / 1000, (long)(wait_ms % 1000) * 1000000 };

    if (sigtimedwait(&ends, NULL, &most) < 0)
        return false;
    (void)pthread_sigmask(SIG_UNBLOCK, &ends, NULL);
    return true;
}

/* In a session of its own: what ends us by the terminal is nothing to the browser. */
static int set_up(posix_spawn_file_actions_t *files, posix_spawnattr_t *how)
{
    sigset_t none, usual;
    int code = posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDWR, 0);

    if (code == 0)
        code = posix_spawn_file_actions_adddup2(files, STDIN_FILENO, STDOUT_FILENO);
    if (code == 0)
        code = posix_spawn_file_actions_adddup2(files, STDIN_FILENO, STDERR_FILENO);
    (void)sigemptyset(&none);
    (void)sigemptyset(&usual);
    (void)sigaddset(&usual, SIGPIPE);
    (void)sigaddset(&usual, SIGXFSZ);
    (void)posix_spawnattr_setsigmask(how, &none);
    (void)posix_spawnattr_setsigdefault(how, &usual);
    (void)posix_spawnattr_setflags(how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                            POSIX_SPAWN_SETSID);
    return code;
}

static bc_status open_browser(const char *address, struct bc_err *err)
{
    static char program[] = "xdg-open";
    char url[256];
    char *argv[] = { program, url, NULL };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    pid_t pid; /* what comes of it is the desktop's; its end is left to that of this process */
    int code;

    if (strlen(address) >= sizeof(url))
        return bc_err_set(err, BC_E_IO, "cannot open a browser: the address is too long");
    strcpy(url, address);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    code = set_up(&files, &how);
    if (code == 0)
        code = posix_spawnp(&pid, program, &files, &how, argv, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    errno = code;
    return code == 0 ? BC_OK : bc_err_errno(err, "open a browser with xdg-open");
}

const struct serving serving_of_process = { begin, wait_for_end, ended, open_browser };
