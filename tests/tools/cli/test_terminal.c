/* The program on a terminal: colours unless they are not wanted, tables as wide as it is, long
 * answers in a pager, and no bytes that are no text. */
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tests/support/screen.h"
#include "tools/cli/names.h"
#include "tools/cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[FOLDER_PATH];

/* A ledger with rules whose red lines are ok and breached, and the sample, which is long. */
static const char made[] =
    "export PATH=" BC_BINARY_DIR ":$PATH BACKCAST_NOW=2026-03-30T08:00:00Z\n"
    ". " BC_SOURCE_DIR "/tests/cli/prelude.sh; cd %s; exec > /dev/null; take_story\n"
    "backcast rules show | sed 's/needs: .*/needs: 1/; s/threshold: 0.25/threshold: 0/' > r.yaml\n"
    "backcast init --ledger sample\n"
    "backcast import jsonl --ledger sample --keep-recorded-at " BC_SOURCE_DIR
    "/tests/sample/sample.jsonl 2> /dev/null\n";

static int make_ledger(void **state)
{
    char script[sizeof(made) + FOLDER_PATH];

    (void)state;
    folder_make(folder);
    snprintf(script, sizeof(script), made, folder);
    return system(script) == 0 ? 0 : -1;
}

static int remove_ledger(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

/* Runs a line of the shell on a terminal 80 columns wide; its exit code. No pager but by the line.
 */
static int run(struct bc_buf *out, const char *line, const char *keys)
{
    const struct screen screen = { .rows = 24, .columns = 80, .keys = keys };
    struct bc_buf script = { 0 };
    char *argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, NULL, NULL };
    int code;

    bc_buf_printf(&script,
                  "export PATH=" BC_BINARY_DIR ":$PATH TERM=xterm BACKCAST_LEDGER=ledger\n"
                  "export BACKCAST_NOW=2026-03-30T08:00:00Z; cd '%s'\n"
                  "unset NO_COLOR PAGER LESS; BACKCAST_PAGER=; export BACKCAST_PAGER\n%s\n",
                  folder, line);
    bc_buf_add_byte(&script, '\0');
    argv[2] = script.at;
    code = screen_run(&screen, argv, out);
    bc_buf_add_byte(out, '\0');
    bc_buf_release(&script);
    return code;
}

/* --- the options --- */

static struct taken {
    const char *name, *argv[8], *left[8];
    bool wide, no_pager;
    const char *color;
} takens[] = {
    { "none", { "backcast", "log" }, { "backcast", "log" }, false, false, NULL },
    { "before the command",
      { "backcast", "--wide", "log" },
      { "backcast", "log" },
      true,
      false,
      NULL },
    { "after it",
      { "backcast", "log", "--no-pager", "--limit", "2", "--wide" },
      { "backcast", "log", "--limit", "2" },
      true,
      true,
      NULL },
    { "a value of its own",
      { "backcast", "log", "--color", "never" },
      { "backcast", "log" },
      false,
      false,
      "never" },
    { "a value after =",
      { "backcast", "--color=always", "log" },
      { "backcast", "log" },
      false,
      false,
      "always" },
    { "the last one counts",
      { "backcast", "--color=always", "log", "--color", "auto" },
      { "backcast", "log" },
      false,
      false,
      "auto" },
    { "after -- they are the command's",
      { "backcast", "history", "--", "--wide" },
      { "backcast", "history", "--", "--wide" },
      false,
      false,
      NULL },
    { "what only begins so is the command's",
      { "backcast", "log", "--wider", "--colors" },
      { "backcast", "log", "--wider", "--colors" },
      false,
      false,
      NULL },
};

static void takes_its_options(void **state)
{
    const struct taken *taken = *state;
    struct terminal terminal = { 0 };
    char *argv[9] = { NULL };
    int argc = 0, left = 0;
    struct bc_err err;

    for (; argc < 8 && taken->argv[argc]; argc++)
        argv[argc] = (char *)(uintptr_t)taken->argv[argc];
    check_ok(terminal_options(&terminal, &argc, argv, &err), &err);
    assert_int_equal(terminal.wide, taken->wide);
    assert_int_equal(terminal.no_pager, taken->no_pager);
    if (taken->color)
        assert_string_equal(terminal.color, taken->color);
    else
        assert_null(terminal.color);
    for (; left < 8 && taken->left[left]; left++)
        assert_string_equal(argv[left], taken->left[left]);
    assert_int_equal(argc, left);
    assert_null(argv[argc]);
}

static void names_are_left_out_where_not_wanted(void **state)
{
    static char program[] = "backcast", option[] = "--no-names";
    struct names names = { 0 };
    struct cmd_env env = { .names = &names };
    struct terminal terminal = { 0 };
    char *argv[] = { program, option, NULL };
    struct bc_err err = { 0 };
    int argc = 1;

    (void)state;
    check_ok(terminal_options(&terminal, &argc, argv, &err), &err);
    terminal_look(&env, &terminal);
    assert_false(names.off);
    argc = 2;
    argv[1] = option;
    check_ok(terminal_options(&terminal, &argc, argv, &err), &err);
    assert_int_equal(argc, 1);
    terminal_look(&env, &terminal);
    assert_true(names.off);
}

static void a_colour_that_is_none_is_wrong_use(void **state)
{
    static const struct {
        const char *argv[3], *want;
    } wrong[] = {
        { { "backcast", "--color=blue" }, "--color is auto, always or never, not 'blue'" },
        { { "backcast", "--color", "" }, "--color is auto, always or never, not ''" },
        { { "backcast", "--color" }, "--color is auto, always or never" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct terminal terminal = { 0 };
        char *argv[4] = { NULL };
        int argc = 0;
        struct bc_err err;

        for (; argc < 3 && wrong[i].argv[argc]; argc++)
            argv[argc] = (char *)(uintptr_t)wrong[i].argv[argc];
        assert_int_equal(terminal_options(&terminal, &argc, argv, &err), BC_E_USAGE);
        assert_string_equal(err.message, wrong[i].want);
    }
}

/* --- colours --- */

#define METRICS "backcast metrics --as-of 2025-01-31 --rules ./r.yaml"

static struct color {
    const char *name, *line;
    bool colour;
} colors[] = {
    { "a red line has its colour", METRICS, true },
    { "NO_COLOR takes it away", "NO_COLOR=1 " METRICS, false },
    { "an empty NO_COLOR is none", "NO_COLOR= " METRICS, true },
    { "a dumb terminal has none", "TERM=dumb " METRICS, false },
    { "nor has a pipe", METRICS " | cat", false },
    { "--color never", METRICS " --color never", false },
    { "--color always, through a pipe", METRICS " --color always | cat", true },
    { "it is asked for, whatever NO_COLOR says", "NO_COLOR=1 " METRICS " --color=always", true },
    { "--color auto leaves it to the terminal", METRICS " --color auto | cat", false },
    { "a pager gets it, too", "BACKCAST_PAGER='sed p' " METRICS, true },
};

static void colour_row(void **state)
{
    const struct color *row = *state;
    struct bc_buf out = { 0 };

    assert_int_equal(run(&out, row->line, NULL), 0);
    assert_non_null(strstr(out.at, "outreach_conversion"));
    assert_non_null(strstr(out.at, "breached")); /* in words, too */
    if ((strstr(out.at, "\033[3") != NULL) != row->colour)
        fail_msg("%s", out.at);
    bc_buf_release(&out);
}

/* --- its width --- */

static size_t widest(char *text, size_t *lines)
{
    size_t most = 0;

    *lines = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"), (*lines)++) {
        size_t columns = 0;

        for (const char *at = line; *at; at++)
            columns += (*at & 0xc0) != 0x80;
        most = columns > most ? columns : most;
    }
    return most;
}

static struct width {
    const char *name, *line;
    bool narrow;
} widths[] = {
    { "lines end where the terminal does", "NO_COLOR=1 backcast log", true },
    { "not with --wide", "NO_COLOR=1 backcast log --wide", false },
    { "nor through a pipe", "NO_COLOR=1 backcast log | cat", false },
    { "in a pager they do", "NO_COLOR=1 BACKCAST_PAGER='sed n' backcast log", true },
};

static void width_row(void **state)
{
    const struct width *row = *state;
    struct bc_buf out = { 0 };
    size_t lines;

    assert_int_equal(run(&out, row->line, NULL), 0);
    assert_int_equal(widest(out.at, &lines) <= 80, row->narrow);
    assert_true(lines > 15);
    bc_buf_release(&out);
}

static void bytes_are_not_for_a_terminal(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    assert_int_equal(run(&out, "backcast export proto", NULL), 2);
    assert_string_equal(out.at, "backcast: this is no text for a terminal; give -o FILE, or send "
                                "it elsewhere\n");
    bc_buf_release(&out);
}

/* --- the pager --- */

#define LIST  "backcast rules list"
#define SAYS  "no rules were published; the built-in ones hold (`backcast rules show default`)\n"
#define MARKS "'sed s/^/A:/'"

static struct paged {
    const char *name, *line;
    int code;
    const char *want;
} pagers[] = {
    { "what is printed goes through it", "BACKCAST_PAGER=" MARKS " " LIST, 0, "A:" SAYS },
    { "PAGER where there is no BACKCAST_PAGER", "unset BACKCAST_PAGER; PAGER=" MARKS " " LIST, 0,
      "A:" SAYS },
    { "BACKCAST_PAGER is asked first", "BACKCAST_PAGER='sed s/^/B:/' PAGER=" MARKS " " LIST, 0,
      "B:" SAYS },
    { "an empty one is none", "BACKCAST_PAGER= PAGER=" MARKS " " LIST, 0, SAYS },
    { "nor is one of blanks", "BACKCAST_PAGER=' ' " LIST, 0, SAYS },
    { "--no-pager", "BACKCAST_PAGER=" MARKS " " LIST " --no-pager", 0, SAYS },
    { "cat is no pager", "unset BACKCAST_PAGER; PAGER=cat " LIST, 0, SAYS },
    { "nor is one that is not there", "BACKCAST_PAGER=no-such-pager " LIST, 0, SAYS },
    { "nor one at a path that is not there", "BACKCAST_PAGER=./no-such-pager " LIST, 0, SAYS },
    { "where no program is to be found",
      "p=$(command -v backcast); PATH= BACKCAST_PAGER=sed $p rules list", 0, SAYS },
    { "a pager by its path", "BACKCAST_PAGER=\"$(command -v sed) s/^/A:/\" " LIST, 0, "A:" SAYS },
    { "a pager that is given something", "BACKCAST_PAGER='X=1 sed s/^/A:/' " LIST, 0, "A:" SAYS },
    { "a dumb terminal has none", "TERM=dumb BACKCAST_PAGER=" MARKS " " LIST, 0, SAYS },
    { "a pipe is not read in one", "BACKCAST_PAGER=" MARKS " " LIST " | cat", 0, SAYS },
    { "nor is what a command says that answers nothing",
      "BACKCAST_PAGER=" MARKS " backcast init --ledger other", 0,
      "made an empty ledger in other\n" },
    { "an error's code and words are as they are", "BACKCAST_PAGER=" MARKS " " LIST " --limit", 2,
      "backcast: no option '--limit'; `backcast rules list --help` lists them\n" },
    { "the answer no is one, too",
      "BACKCAST_PAGER='sed d' backcast audit --as-of 2025-01-31 --fail-on-findings", 1, "" },
    { "and so it is where nobody reads on",
      "BACKCAST_PAGER=true backcast audit --all --json --fail-on-findings --ledger sample", 1, "" },
    { "findings that nobody asked to fail for, and nobody reads",
      "BACKCAST_PAGER=true backcast audit --all --json --ledger sample", 0, "" },
    { "one that ends at once", "BACKCAST_PAGER=true " LIST, 0, "" },
    { "one that fails", "BACKCAST_PAGER='sed d; false' " LIST, 0, "" },
    { "one that is left when it has read a line of many",
      "BACKCAST_PAGER='sed -n \"1{s/:.*//p;q}\"' backcast log --json --ledger sample", 0,
      "{\"id\"\n" },
};

static void pager_row(void **state)
{
    const struct paged *row = *state;
    struct bc_buf out = { 0 };

    assert_int_equal(run(&out, row->line, NULL), row->code);
    assert_string_equal(out.at, row->want);
    bc_buf_release(&out);
}

static void needs_less(void)
{
    if (system("command -v less > /dev/null") != 0)
        skip();
}

/* Nobody types anything: less ends by itself. */
static void less_shows_at_once_what_one_screen_holds(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    needs_less();
    assert_int_equal(run(&out, "unset BACKCAST_PAGER; " LIST, NULL), 0);
    assert_non_null(strstr(out.at, "no rules were published"));
    bc_buf_release(&out);
}

static void less_is_left_with_q(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    needs_less();
    assert_int_equal(run(&out, "unset BACKCAST_PAGER; backcast log --ledger sample", "q"), 0);
    assert_non_null(strstr(out.at, "dealCreated"));
    assert_true(out.len < 20000);
    bc_buf_release(&out);
}

/* The pager has the terminal until it is left, as less goes on at an interrupt. */
static void an_interrupt_waits_for_the_pager(void **state)
{
    const char *left, *after;
    struct bc_buf out = { 0 };

    (void)state;
    assert_int_equal(run(&out,
                         "trap '' INT; export BACKCAST_PAGER='sed 1q; sleep 1; echo left'\n"
                         "backcast log --ledger sample; echo after $?",
                         "\003"),
                     0);
    left = strstr(out.at, "left");
    after = strstr(out.at, "after 130");
    if (!left || !after || after < left)
        fail_msg("%s", out.at);
    bc_buf_release(&out);
}

/* --- all of it --- */

#define EACH(rows, test)                                                                           \
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)                                                   \
        tests[n++] = (struct CMUnitTest)                                                           \
        {                                                                                          \
            (rows)[i].name, test, NULL, NULL, &(rows)[i]                                           \
        }

int main(void)
{
    struct CMUnitTest
        tests[6 + ARRAY_LEN(takens) + ARRAY_LEN(colors) + ARRAY_LEN(widths) + ARRAY_LEN(pagers)] = {
            cmocka_unit_test(a_colour_that_is_none_is_wrong_use),
            cmocka_unit_test(names_are_left_out_where_not_wanted),
            cmocka_unit_test(bytes_are_not_for_a_terminal),
            cmocka_unit_test(less_shows_at_once_what_one_screen_holds),
            cmocka_unit_test(less_is_left_with_q),
            cmocka_unit_test(an_interrupt_waits_for_the_pager),
        };
    size_t n = 6;

    (void)alarm(300); /* a pager that waits for ever for a key */
    EACH(takens, takes_its_options);
    EACH(colors, colour_row);
    EACH(widths, width_row);
    EACH(pagers, pager_row);
    return cmocka_run_group_tests_name("tools/cli/terminal", tests, make_ledger, remove_ledger);
}
