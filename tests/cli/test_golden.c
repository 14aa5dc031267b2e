/* cli/golden: what the program prints, word for word.
 *
 * Each folder beside this file is a case: `cmd`, a shell script that is run in an empty scratch
 * directory after prelude.sh, and what it has to print: `stdout`, `stderr`, `exit` (left out:
 * nothing, nothing, 0). With BC_UPDATE=1 they are rewritten, to be read in the diff. The clock
 * stands still, and the zone and the locale are odd ones, since no answer may depend on them. */
#include "ledger/base/mem.h"
#include "tests/support/check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CASES BC_SOURCE_DIR "/tests/cli"
#define NOW   "2025-04-01T08:00:00Z"

static char *join(const char *folder, const char *name)
{
    struct bc_buf path = { 0 };

    bc_buf_printf(&path, "%s/%s", folder, name);
    bc_buf_add_byte(&path, '\0');
    return path.at;
}

/* A file's text; of one that is not there, nothing. */
static char *slurp(const char *folder, const char *name)
{
    char *path = join(folder, name);
    FILE *file = fopen(path, "re");
    struct bc_buf text = { 0 };
    size_t n = 1;

    while (file && n > 0) {
        n = fread(bc_buf_room(&text, 4096), 1, 4096, file);
        text.len += n;
    }
    if (file)
        fclose(file);
    bc_buf_add_byte(&text, '\0');
    free(path);
    return text.at;
}

static void write_expected(const char *folder, const char *name, const char *text)
{
    char *path = join(folder, name);

    if (text[0] == '\0') {
        (void)unlink(path);
    } else {
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        fputs(text, file);
        assert_int_equal(fclose(file), 0);
    }
    free(path);
}

/* In the child: streams into files beside the scratch directory, then the script. */
static void run_script(const char *folder, const char *scratch, const char *work)
{
    char *out = join(scratch, "stdout"), *err = join(scratch, "stderr"), *cmd = join(folder, "cmd");
    struct bc_buf path = { 0 };

    bc_buf_printf(&path, "%s:%s/tests:%s", BC_BINARY_DIR, BC_BINARY_DIR, getenv("PATH"));
    bc_buf_add_byte(&path, '\0');
    if (!freopen("/dev/null", "r", stdin) || !freopen(out, "w", stdout) ||
        !freopen(err, "w", stderr) || chdir(work) != 0)
        _exit(126);
    setenv("PATH", path.at, 1);
    setenv("BACKCAST_NOW", NOW, 1);
    setenv("TZ", "Pacific/Apia", 1);
    setenv("LC_ALL", "C", 1);
    setenv("CASE", folder, 1);
    setenv("SOURCE", BC_SOURCE_DIR, 1);
    unsetenv("NO_COLOR");
    setenv("BACKCAST_PAGER", "", 1);
    execl("/bin/sh", "sh", "-c", ". \"$0\"; . \"$1\"", CASES "/prelude.sh", cmd, (char *)NULL);
    _exit(127);
}

static int run_case(const char *folder, const char *scratch)
{
    char *work = join(scratch, "work");
    int status = 0;
    pid_t child;

    assert_int_equal(mkdir(work, 0700), 0);
    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_script(folder, scratch, work);
    assert_int_equal(waitpid(child, &status, 0), child);
    free(work);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void remove_tree(const char *path)
{
    char *const argv[] = { (char[]){ "rm" }, (char[]){ "-rf" }, bc_strdup(bc_str_of(path)), NULL };
    pid_t child = fork();

    if (child == 0) {
        execvp("rm", argv);
        _exit(127);
    }
    waitpid(child, NULL, 0);
    free(argv[2]);
}

static bool check_text(const char *folder, const char *name, const char *got)
{
    char *want = slurp(folder, name);
    bool same = strcmp(got, want) == 0;

    if (!same && getenv("BC_UPDATE"))
        write_expected(folder, name, got);
    else if (!same)
        print_error("%s of %s\n--- wanted\n%s--- got\n%s", name, folder, want, got);
    free(want);
    return same || getenv("BC_UPDATE");
}

static void golden(void **state)
{
    char *folder = join(CASES, *state), *out, *err;
    char scratch[] = "/tmp/backcast-cli-XXXXXX", code[16] = "";
    bool good;
    int status;

    assert_non_null(mkdtemp(scratch));
    status = run_case(folder, scratch);
    if (status != 0)
        snprintf(code, sizeof(code), "%d\n", status);
    out = slurp(scratch, "stdout");
    err = slurp(scratch, "stderr");
    remove_tree(scratch);
    good = check_text(folder, "stdout", out);
    good = check_text(folder, "stderr", err) && good;
    good = check_text(folder, "exit", code) && good;
    free(out);
    free(err);
    free(folder);
    assert_true(good);
}

static int is_case(const struct dirent *entry)
{
    char *folder = join(CASES, entry->d_name), *cmd = join(folder, "cmd");
    int found = entry->d_name[0] != '.' && access(cmd, R_OK) == 0;

    free(folder);
    free(cmd);
    return found;
}

int main(void)
{
    struct dirent **entries = NULL;
    int n = scandir(CASES, &entries, is_case, alphasort), failed;
    struct CMUnitTest *tests;

    if (n <= 0) {
        fprintf(stderr, "no cases in %s\n", CASES);
        return 1;
    }
    tests = bc_calloc((size_t)n, sizeof(*tests));
    for (int i = 0; i < n; i++)
        tests[i] =
            (struct CMUnitTest){ entries[i]->d_name, golden, NULL, NULL, entries[i]->d_name };
    failed = _cmocka_run_group_tests("cli/golden", tests, (size_t)n, NULL, NULL);
    for (int i = 0; i < n; i++)
        free(entries[i]);
    free(entries);
    free(tests);
    return failed;
}
