/* The program on a terminal: colours unless they are not wanted, tables as wide as it is, and no
 * bytes that are no text. */
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pty.h>

static char folder[FOLDER_PATH];

/* A ledger with rules whose red lines are ok and breached. */
static const char made[] =
    "export PATH=" BC_BINARY_DIR ":$PATH BACKCAST_NOW=2025-04-01T08:00:00Z\n"
    ". " BC_SOURCE_DIR "/tests/cli/prelude.sh; cd %s; take_story\n"
    "backcast rules show | sed 's/needs: .*/needs: 1/; s/threshold: 0.25/threshold: 0/' > r.yaml\n";

static int make_ledger(void **state)
{
    char script[sizeof(made) + FOLDER_PATH + 32];

    (void)state;
    folder_make(folder);
    snprintf(script, sizeof(script), made, folder);
    strcat(script, "exec > /dev/null");
    return system(script) == 0 ? 0 : -1;
}

static int remove_ledger(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

/* What stays on the terminal of a child: reading ends with EIO when it has gone. */
static void read_terminal(struct bc_buf *out, int terminal)
{
    ssize_t n;

    do {
        n = read(terminal, bc_buf_room(out, 4096), 4096);
        out->len += n > 0 ? (size_t)n : 0;
    } while (n > 0 || (n < 0 && errno == EINTR));
    bc_buf_add_byte(out, '\0');
}

/* Runs a line of the shell on a terminal 80 columns wide; its exit code. */
static int run(struct bc_buf *out, const char *line)
{
    struct winsize size = { .ws_row = 24, .ws_col = 80 };
    int terminal, status;
    pid_t child = forkpty(&terminal, NULL, NULL, &size);

    assert_true(child >= 0);
    if (child == 0) {
        setenv("TERM", "xterm", 1);
        setenv("BACKCAST_NOW", "2025-04-01T08:00:00Z", 1);
        setenv("BACKCAST_LEDGER", "ledger", 1);
        unsetenv("NO_COLOR");
        if (chdir(folder) == 0)
            execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    read_terminal(out, terminal);
    (void)close(terminal);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define METRICS BC_BINARY_DIR "/backcast metrics --as-of 2025-01-31 --rules ./r.yaml"

static struct row {
    const char *name, *line;
    bool colour;
} rows[] = {
    { "a red line has its colour", METRICS, true },
    { "NO_COLOR takes it away", "NO_COLOR=1 " METRICS, false },
    { "an empty NO_COLOR is none", "NO_COLOR= " METRICS, true },
    { "a dumb terminal has none", "TERM=dumb " METRICS, false },
    { "nor has a pipe", METRICS " | cat", false },
};

static void colour_row(void **state)
{
    const struct row *row = *state;
    struct bc_buf out = { 0 };

    assert_int_equal(run(&out, row->line), 0);
    assert_non_null(strstr(out.at, "outreach_conversion"));
    if ((strstr(out.at, "\033[3") != NULL) != row->colour)
        fail_msg("%s", out.at);
    bc_buf_release(&out);
}

/* Cells are cut, with a mark, where a line would be wider than the terminal. */
static void lines_end_where_the_terminal_does(void **state)
{
    struct bc_buf out = { 0 };
    size_t n = 0;

    (void)state;
    assert_int_equal(run(&out, "NO_COLOR=1 " BC_BINARY_DIR "/backcast log"), 0);
    for (char *line = strtok(out.at, "\r\n"); line; line = strtok(NULL, "\r\n"), n++) {
        size_t columns = 0;

        for (const char *at = line; *at; at++)
            columns += (*at & 0xc0) != 0x80;
        if (columns > 80)
            fail_msg("%zu columns: %s", columns, line);
    }
    assert_true(n > 15);
    bc_buf_release(&out);
}

static void bytes_are_not_for_a_terminal(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    assert_int_equal(run(&out, BC_BINARY_DIR "/backcast export proto"), 2);
    assert_string_equal(out.at, "backcast: this is no text for a terminal; give -o FILE, or send "
                                "it elsewhere\r\n");
    bc_buf_release(&out);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2] = {
        cmocka_unit_test(lines_end_where_the_terminal_does),
        cmocka_unit_test(bytes_are_not_for_a_terminal),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[2 + i] = (struct CMUnitTest){ rows[i].name, colour_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/cli/terminal", tests, make_ledger, remove_ledger);
}
