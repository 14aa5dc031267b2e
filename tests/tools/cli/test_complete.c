/* tools/cli/complete: what may stand at the end of a command line is what the table would take
 * there, and what the word begins with. */
#include "tests/support/check.h"
#include "tools/cli/complete.h"
#include "tools/cli/opt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORD_MAX 8

static struct row {
    const char *name;
    const char *words[WORD_MAX]; /* the last is being typed */
    const char *want; /* the candidates; "VALUE: lead|word", where a value stands there */
} rows[] = {
    { "the argument comes before options", { "" }, "FILE: |" },
    { "a word of an argument", { "a/b" }, "FILE: |a/b" },
    { "options by their beginning", { "--m" }, "--metric" },
    { "all options", { "-" }, "--as-of --json --metric --need --number --help --wide --color" },
    { "an option that was given is not offered again", { "--as-of", "x", "--as" }, "" },
    { "by its other name, too", { "--asOf=x", "--as" }, "" },
    { "one that may be repeated is", { "--metric", "x", "--metr" }, "--metric" },
    { "a value after the option", { "--as-of", "2" }, "WHEN: |2" },
    { "a value after an equals sign", { "--as-of=2" }, "WHEN: --as-of=|2" },
    { "a value by another name", { "--asOf=" }, "WHEN: --asOf=|" },
    { "a value that begins like an option", { "--as-of", "-9" }, "WHEN: |-9" },
    { "a value by the short name", { "-a", "2" }, "WHEN: |2" },
    { "an option of every command", { "F", "--color", "a" }, "auto|never: |a" },
    { "the same after an equals sign", { "--color=a" }, "auto|never: --color=|a" },
    { "its value is no argument", { "--color", "never", "" }, "FILE: |" },
    { "a flag's yes or no", { "--need", "y" }, "yes|no: |y" },
    { "a flag without one", { "--need", "--js" }, "--json" },
    { "a flag without one, before", { "--need", "--as-of", "2" }, "WHEN: |2" },
    { "a flag takes no text", { "--json=" }, "" },
    { "the next argument", { "F", "" }, "MORE: |" },
    { "an argument after a value", { "--as-of", "x", "F", "" }, "MORE: |" },
    { "the last one may be repeated", { "F", "G", "H", "" }, "MORE: |" },
    { "a dash alone is an argument", { "-", "" }, "MORE: |" },
    { "after -- only arguments", { "--", "--as" }, "" },
    { "after -- an argument", { "--", "--json", "" }, "MORE: |" },
    { "an unknown option", { "--nothing=" }, "" },
    { "nothing begins so", { "--nothing" }, "" },
};

/* What is said of a place, as a text. */
static void say(struct bc_buf *out, const struct complete *complete)
{
    if (complete->value)
        bc_buf_printf(out, "%s: %.*s|%.*s", complete->value, BC_STR_ARG(complete->lead),
                      BC_STR_ARG(complete->word));
    for (size_t i = 0; i < complete->n; i++)
        bc_buf_printf(out, "%s%.*s", out->len ? " " : "", BC_STR_ARG(complete->at[i].text));
    bc_buf_add_byte(out, '\0');
}

static void read_row(void **state)
{
    static const struct opt every[] = { { "wide", NULL, .help = "" },
                                        { "color", "auto|never", .help = "" },
                                        { 0 } };
    const struct row *row = *state;
    const char *text = NULL;
    struct opt_list list = { 0 };
    bool flag = false;
    const struct opt opts[] = {
        { NULL, "FILE", .text = &text, .help = "" },
        { NULL, "MORE", .list = &list, .help = "" },
        { "as-of", "WHEN", .text = &text, .help = "", .also = "asOf date", .brief = 'a' },
        { "json", NULL, .flag = &flag, .help = "" },
        { "metric", "METRIC", .list = &list, .help = "" },
        { "need", OPT_YES_NO, .flag = &flag, .help = "" },
        { "number", "N", .text = &text, .help = "" },
        { 0 },
    };
    struct complete complete;
    struct cmd_env env = { .out = stdout, .err = stderr, .complete = &complete };
    char *argv[WORD_MAX + 2] = { (char[]){ "try" } };
    struct bc_buf said = { 0 };
    struct bc_err err = { 0 };
    int argc = 1;

    while (argc <= WORD_MAX && row->words[argc - 1]) {
        argv[argc] = bc_strdup(bc_str_of(row->words[argc - 1]));
        argc++;
    }
    complete_begin(&complete, argv[argc - 1]);
    complete.options = every;
    assert_int_equal(opt_parse(opts, NULL, &env, argc, argv, &err), BC_DONE);
    say(&said, &complete);
    assert_string_equal(said.at, row->want);
    assert_null(text);
    assert_false(flag);
    assert_int_equal(list.n, 0);
    bc_buf_release(&said);
    complete_release(&complete);
    for (int i = 1; i < argc; i++)
        free(argv[i]);
}

/* What is added, and what of it is a candidate. */
static void only_what_may_be_shown_is_a_candidate(void **state)
{
    static const char *const texts[] = {
        "x", "xyz", "X", "", "x\n", "x\x1b[31m", "x\xe2\x80\xae", "x\xff", "x y$(z)`'\"", "x", "-x"
    };
    struct complete complete;
    struct bc_buf said = { 0 };
    (void)state;

    complete_begin(&complete, "x");
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        complete_add(&complete, bc_str_of(texts[i]), BC_STR("a\nb"));
    say(&said, &complete);
    assert_string_equal(said.at, "x xyz x y$(z)`'\"");
    assert_memory_equal(complete.at[0].help.at, "a b", 3);
    bc_buf_release(&said);
    complete_release(&complete);
}

static void a_value_that_would_be_an_option_comes_after_an_equals_sign(void **state)
{
    struct complete complete;
    (void)state;

    complete_begin(&complete, "");
    complete.value = "DEAL";
    complete_add(&complete, BC_STR("--force"), (struct bc_str){ 0 });
    assert_int_equal(complete.n, 0);
    complete.lead = BC_STR("--deal=");
    complete_add(&complete, BC_STR("--force"), (struct bc_str){ 0 });
    assert_int_equal(complete.n, 1);
    complete_release(&complete);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2];
    size_t n = 0;

    for (; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, read_row, NULL, NULL, &rows[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(only_what_may_be_shown_is_a_candidate);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(
        a_value_that_would_be_an_option_comes_after_an_equals_sign);
    return cmocka_run_group_tests_name("tools/cli/complete", tests, NULL, NULL);
}
