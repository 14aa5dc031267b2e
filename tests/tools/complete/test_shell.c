/* tools/complete/shell: a word of bash's is read as bash reads it, but nothing is expanded; and
 * what is printed for bash means itself when bash reads it. */
#include "tests/support/check.h"
#include "tools/complete/shell.h"

#include <stdio.h>
#include <stdlib.h>

static struct row {
    const char *name, *typed, *means;
    char open;
} rows[] = {
    { "a plain word", "abc", "abc", 0 },
    { "nothing", "", "", 0 },
    { "a quoted blank", "a\\ b", "a b", 0 },
    { "within quotes", "'a b'c", "a bc", 0 },
    { "a quote that is open", "'a b", "a b", '\'' },
    { "the other quote", "\"a b", "a b", '"' },
    { "a quote within the other", "\"it's", "it's", '"' },
    { "quoted within double quotes", "\"a\\$b\"", "a$b", 0 },
    { "no escape within single quotes", "'a\\b'", "a\\b", 0 },
    { "a backslash at the end", "a\\", "a\\", 0 },
    { "what would be expanded is not", "$(touch x)`y`$HOME", "$(touch x)`y`$HOME", 0 },
};

static void read_row(void **state)
{
    const struct row *row = *state;
    struct bc_buf means = { 0 };
    char open;

    shell_word_read(&means, &open, row->typed);
    bc_buf_add_byte(&means, '\0');
    assert_string_equal(means.at, row->means);
    assert_int_equal(open, row->open);
    bc_buf_release(&means);
}

static char *print(enum shell shell, char open, const char *text, const char *help)
{
    struct complete complete;
    char *printed = NULL;
    size_t len;
    FILE *out = open_memstream(&printed, &len);

    complete_begin(&complete, "");
    complete_add(&complete, bc_str_of(text), bc_str_of(help));
    shell_print(out, shell, open, &complete, VALUES_FILES);
    fclose(out);
    complete_release(&complete);
    return printed;
}

static void check_print(enum shell shell, char open, const char *text, const char *want)
{
    char *printed = print(shell, open, text, "what it is");

    assert_string_equal(printed, want);
    free(printed);
}

static void bash_gets_quoted_words(void **state)
{
    (void)state;
    check_print(SHELL_BASH, 0, "165-larkness", "files\n165-larkness\n");
    check_print(SHELL_BASH, 0, "--at=a,b:c/d", "files\n--at=a,b:c/d\n");
    check_print(SHELL_BASH, 0, "é", "files\né\n");
    check_print(SHELL_BASH, 0, "a b", "files\na\\ b\n");
    check_print(SHELL_BASH, 0, "$(x)`y`'\"\\!*?~#{,}[]<>|&;",
                "files\n\\$\\(x\\)\\`y\\`\\'\\\"\\\\\\!\\*\\?\\~\\#\\{,\\}\\[\\]\\<\\>\\|\\&\\;\n");
}

static void within_a_quote_only_what_means_itself(void **state)
{
    (void)state;
    check_print(SHELL_BASH, '"', "a-b", "files\na-b\n");
    check_print(SHELL_BASH, '"', "a$b", "files\n");
    check_print(SHELL_BASH, '\'', "a'b", "files\n");
}

static void the_others_get_the_help(void **state)
{
    (void)state;
    check_print(SHELL_ZSH, 0, "a $b", "files\na $b\twhat it is\n");
    check_print(SHELL_FISH, 0, "a $b", "files\na $b\twhat it is\n");
    check_print(SHELL_NONE, 0, "a $b", "a $b\twhat it is\n");
}

static void helps_are_short_and_safe(void **state)
{
    char *printed = print(SHELL_ZSH, 0, "a",
                          "\x1b[31m; a text that goes on and on and on and on and on and on and on "
                          "and on and on");
    (void)state;

    assert_string_equal(printed, "files\na\t\\x1b[31m; a text that goes on and on and on and on "
                                 "and on and on and on and on and …\n");
    free(printed);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 4];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, read_row, NULL, NULL, &rows[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(bash_gets_quoted_words);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(within_a_quote_only_what_means_itself);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_others_get_the_help);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(helps_are_short_and_safe);
    return cmocka_run_group_tests_name("tools/complete/shell", tests, NULL, NULL);
}
