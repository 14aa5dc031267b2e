#include "tests/support/program.h"

#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MOST = 24 };

static char *filled(const char *word, const char *fill)
{
    struct bc_buf arg = { 0 };

    for (; *word; word++)
        bc_buf_add_str(&arg, *word == '%' ? bc_str_of(fill) : (struct bc_str){ word, 1 });
    bc_buf_add_byte(&arg, '\0');
    return arg.at;
}

static void read_all(struct bc_buf *out, FILE *file)
{
    size_t n = 1;

    rewind(file);
    while (n > 0) {
        n = fread(bc_buf_room(out, 4096), 1, 4096, file);
        out->len += n;
    }
    fclose(file);
}

static int run(char *const *argv, FILE *out, FILE *err)
{
    int status = 0;
    pid_t child;

    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (dup2(fileno(out), STDOUT_FILENO) < 0 || dup2(fileno(err), STDERR_FILENO) < 0)
            _exit(126);
        execv(argv[0], argv);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int program_run(const char *folder, const char *command, const char *fill, struct bc_buf *out,
                struct bc_buf *err)
{
    FILE *out_file = tmpfile(), *err_file = tmpfile();
    struct bc_buf words = { 0 };
    char *argv[WORDS_MOST + 1] = { 0 }, *rest;
    size_t n = 0;
    int code;

    assert_true(out_file && err_file);
    bc_buf_printf(&words, "%s/%s%c", folder, command, '\0');
    rest = words.at;
    for (char *word; (word = strsep(&rest, " ")); n++) {
        assert_true(n < WORDS_MOST);
        argv[n] = filled(word, fill);
    }
    code = run(argv, out_file, err_file);
    read_all(out, out_file);
    read_all(err, err_file);
    while (n > 0)
        free(argv[--n]);
    bc_buf_release(&words);
    return code;
}
