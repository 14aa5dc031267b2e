#include "tests/support/process.h"

#include "tests/support/check.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGS_MOST = 16 };

pid_t process_start(const char *const *args)
{
    char *argv[ARGS_MOST + 2] = { (char *)(uintptr_t) "child" };
    pid_t child;

    for (size_t i = 0; args[i]; i++) {
        assert_true(i < ARGS_MOST);
        argv[i + 1] = (char *)(uintptr_t)args[i];
    }
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);

        (void)dup2(null, STDERR_FILENO);
        (void)execv("/proc/self/exe", argv);
        _exit(127);
    }
    return child;
}

static int code_of(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int process_wait(pid_t child)
{
    int status;

    assert_int_equal(waitpid(child, &status, 0), child);
    return code_of(status);
}

bool process_ended(pid_t child, int *code)
{
    int status;
    pid_t done = waitpid(child, &status, WNOHANG);

    assert_true(done == 0 || done == child);
    if (done == child)
        *code = code_of(status);
    return done == child;
}
