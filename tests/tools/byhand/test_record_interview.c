/* tools/byhand/record_interview at a terminal: an answer stands beside its question, and where the
 * answers end (Ctrl-D) nothing is appended. Through a pipe: tests/cli/record-deal. */
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pty.h>

static char folder[FOLDER_PATH];

static int make_ledger(void **state)
{
    char script[FOLDER_PATH + 128];

    (void)state;
    folder_make(folder);
    snprintf(script, sizeof(script), BC_BINARY_DIR "/backcast init --ledger %s/ledger > /dev/null",
             folder);
    return system(script) == 0 ? 0 : -1;
}

static int remove_ledger(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

static pid_t begin(int *terminal, const char *line)
{
    struct winsize size = { .ws_row = 24, .ws_col = 80 };
    pid_t child = forkpty(terminal, NULL, NULL, &size);

    assert_true(child >= 0);
    if (child == 0) {
        setenv("TERM", "dumb", 1);
        setenv("BACKCAST_NOW", "2025-04-01T08:00:00Z", 1);
        setenv("BACKCAST_LEDGER", "ledger", 1);
        if (chdir(folder) == 0)
            execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    return child;
}

/* Gives an answer whenever a question stands there, then Ctrl-D; the exit code. */
static int talk(struct bc_buf *out, const char *line, const char *const *answers)
{
    int terminal, status;
    pid_t child = begin(&terminal, line);
    ssize_t n;

    do {
        n = read(terminal, bc_buf_room(out, 4096), 4096);
        out->len += n > 0 ? (size_t)n : 0;
        if (n > 0 && out->len > 2 && memcmp(out->at + out->len - 2, ": ", 2) == 0) {
            const char *answer = *answers ? *answers++ : "\004";

            assert_int_equal(write(terminal, answer, strlen(answer)), (ssize_t)strlen(answer));
        }
    } while (n > 0 || (n < 0 && errno == EINTR));
    bc_buf_add_byte(out, '\0');
    (void)close(terminal);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void must_have(const struct bc_buf *out, const char *text)
{
    if (!strstr(out->at, text))
        fail_msg("no \"%s\" in:\n%s", text, out->at);
}

#define DEAL BC_BINARY_DIR "/backcast record deal --interactive --actor ann"
#define SKIP "\n", "\n", "\n", "\n", "\n", "\n", "\n", "\n", "\n", "\n"

static void an_answer_stands_beside_its_question(void **state)
{
    static const char *const answers[] = { "larkness\n", "yesterday\n",  "Larkness\n",
                                           "nowhere\n",  "enrichment\n", SKIP,
                                           SKIP,         "yes\n",        NULL };
    struct bc_buf out = { 0 };

    (void)state;
    assert_int_equal(talk(&out, DEAL, answers), 0);
    must_have(&out, "deal (what names it for ever): larkness\r\n");
    must_have(&out, "stage (STAGE: the stage it began in, of `rules show`): nowhere\r\n  stage "
                    "'nowhere' is no stage");
    must_have(&out, "append all of it? (yes or no): yes\r\n");
    must_have(&out, "1 event recorded");
    bc_buf_release(&out);
}

static void where_the_answers_end_nothing_is_appended(void **state)
{
    static const char *const answers[] = { "larkness\n", "yesterday\n", "Larkness\n", NULL };
    struct bc_buf out = { 0 }, count = { 0 };

    (void)state;
    assert_int_equal(talk(&out, DEAL, answers), 1);
    must_have(&out, "\r\nbackcast: nothing was appended\r\n");
    assert_int_equal(talk(&count, BC_BINARY_DIR "/backcast head --count", answers), 0);
    assert_string_equal(count.at, "0\r\n");
    bc_buf_release(&count);
    bc_buf_release(&out);
}

static void what_is_undone_is_asked_for(void **state)
{
    static const char *const no[] = { "\n", "no\n", NULL }, *const yes[] = { "yes\n", NULL };
    struct bc_buf out = { 0 };

    (void)state;
    assert_int_equal(talk(&out, BC_BINARY_DIR "/backcast record learningRecorded --text t", no), 0);
    assert_int_equal(talk(&out, BC_BINARY_DIR "/backcast record undo", no), 1);
    must_have(&out, "learningRecorded recorded");
    out.len = 0;
    assert_int_equal(talk(&out, BC_BINARY_DIR "/backcast record undo", yes), 0);
    must_have(&out, "take it back? (yes or no): yes\r\ntaken back by event 2");
    bc_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_stands_beside_its_question, make_ledger,
                                        remove_ledger),
        cmocka_unit_test_setup_teardown(where_the_answers_end_nothing_is_appended, make_ledger,
                                        remove_ledger),
        cmocka_unit_test_setup_teardown(what_is_undone_is_asked_for, make_ledger, remove_ledger),
    };

    return cmocka_run_group_tests_name("tools/byhand/record_interview", tests, NULL, NULL);
}
