/* tools/cli/opt: arguments are read by the table, and what does not fit it is wrong use, with a
 * message that helps. */
#include "ledger/base/parallel.h"
#include "tests/support/check.h"
#include "tools/cli/opt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORD_MAX 8

static struct row {
    const char *name;
    const char *words[WORD_MAX];
    const char *want; /* what was read, or the error after "error: " */
} rows[] = {
    { "a value after the option", { "--as-of", "x", "F" }, "as-of=x file=F" },
    { "a value after an equals sign", { "--as-of=x", "F" }, "as-of=x file=F" },
    { "an empty value", { "--as-of=", "F" }, "as-of= file=F" },
    { "a value that begins with a dash", { "--as-of", "-90d", "F" }, "as-of=-90d file=F" },
    { "a value with an equals sign in it", { "--as-of=a=b", "F" }, "as-of=a=b file=F" },
    { "another name", { "--asOf", "x", "F" }, "as-of=x file=F" },
    { "one more name", { "--date", "x", "F" }, "as-of=x file=F" },
    { "two names are none",
      { "--asOf date", "x", "F" },
      "error: no option '--asOf date'; `backcast try --help` lists them" },
    { "another name, mistyped",
      { "--dat", "x", "F" },
      "error: no option '--dat'; did you mean '--date'?" },
    { "a yes as the next word", { "--as-of=x", "F", "--need", "yes" }, "as-of=x file=F need" },
    { "a no as the next word", { "--as-of=x", "--need", "no", "F" }, "as-of=x file=F" },
    { "a yes after an equals sign", { "--as-of=x", "F", "--need=yes" }, "as-of=x file=F need" },
    { "a yes that is unsaid", { "--as-of=x", "F", "--need" }, "as-of=x file=F need" },
    { "a yes that is unsaid, before an option",
      { "F", "--need", "--as-of=x" },
      "as-of=x file=F need" },
    { "a yes that is another word",
      { "--as-of=x", "--need", "perhaps", "F" },
      "error: --need 'perhaps': expected yes, no or no value" },
    { "a short name", { "-a", "x", "F" }, "as-of=x file=F" },
    { "a flag", { "--json", "F", "--as-of=x" }, "as-of=x file=F json" },
    { "a flag set to true", { "--json=true", "F", "--as-of=x" }, "as-of=x file=F json" },
    { "a flag set to false", { "--json=false", "F", "--as-of=x" }, "as-of=x file=F" },
    { "a list in the order given",
      { "--metric", "b", "--metric=a", "F", "--as-of=x" },
      "as-of=x file=F metric=b metric=a" },
    { "a dash alone is an argument", { "-", "--as-of=x" }, "as-of=x file=-" },
    { "after -- there are only arguments", { "--as-of=x", "--", "--json" }, "as-of=x file=--json" },
    { "an argument that need not be", { "--as-of=x", "F", "G" }, "as-of=x file=F more=G" },
    { "one argument too many",
      { "--as-of=x", "F", "G", "H" },
      "error: unexpected argument 'H'; `backcast try --help` says what it takes" },
    { "an argument that is missing",
      { "--as-of=x" },
      "error: FILE is missing; `backcast try --help` says more" },
    { "an option that is missing",
      { "F" },
      "error: --as-of WHEN is missing; `backcast try --help` says more" },
    { "a value that is missing", { "--as-of" }, "error: --as-of needs a value: --as-of WHEN" },
    { "the next option is no value",
      { "--as-of", "--json" },
      "error: --as-of needs a value: --as-of WHEN" },
    { "a value twice", { "--as-of=x", "--as-of=y" }, "error: --as-of was given twice" },
    { "a flag with a value of its own",
      { "--json=perhaps" },
      "error: --json 'perhaps': expected yes, no or no value" },
    { "a flag without one takes no word",
      { "--as-of=x", "--json", "yes" },
      "as-of=x file=yes json" },
    { "a mistyped option", { "--as-fo=x" }, "error: no option '--as-fo'; did you mean '--as-of'?" },
    { "an option from elsewhere",
      { "--quarterly" },
      "error: no option '--quarterly'; `backcast try --help` lists them" },
    { "an unknown short option",
      { "-x" },
      "error: no option '-x'; `backcast try --help` lists them" },
};

struct values {
    const char *as_of, *file, *more;
    bool json, need;
    struct opt_list metrics;
};

static const struct page page = { "backcast try",
                                  "backcast-try(1)\n\n# NAME\n\nbackcast-try - try\n\n"
                                  "# DESCRIPTION\n\nTries things.\n\n# EXAMPLES\n\n"
                                  "```\nbackcast try F --as-of today\n```\n" };

static bc_status read_words(struct values *values, FILE *out, int argc, char **argv,
                            struct bc_err *err)
{
    const struct cmd_env env = { .out = out };
    const struct opt opts[] = {
        { NULL, "FILE", .text = &values->file, .required = true, .help = "the file" },
        { NULL, "MORE", .text = &values->more, .help = "more of it" },
        { "as-of", "WHEN", .text = &values->as_of, .required = true, .also = "asOf date",
          .brief = 'a', .help = "count what had happened by then" },
        { "metric", "M", .list = &values->metrics, .help = "this one" },
        { "json", NULL, .flag = &values->json, .help = "print for programs" },
        { "need", OPT_YES_NO, .flag = &values->need, .help = "do they need it?" },
        { 0 },
    };

    return opt_parse(opts, &page, &env, argc, argv, err);
}

static void describe(struct bc_buf *out, const struct values *values, bc_status rc,
                     const struct bc_err *err)
{
    if (rc < 0) {
        bc_buf_printf(out, "error: %s", err->message);
    } else {
        bc_buf_printf(out, "as-of=%s file=%s", values->as_of, values->file);
        if (values->more)
            bc_buf_printf(out, " more=%s", values->more);
        for (size_t i = 0; i < values->metrics.n; i++)
            bc_buf_printf(out, " metric=%s", values->metrics.items[i]);
        if (values->json)
            bc_buf_printf(out, " json");
        if (values->need)
            bc_buf_printf(out, " need");
    }
    bc_buf_add_byte(out, '\0');
}

static void opt_row(void **state)
{
    const struct row *row = *state;
    struct values values = { 0 };
    struct bc_err err = { 0 };
    struct bc_buf got = { 0 };
    char command[] = "try", *argv[WORD_MAX + 2] = { command };
    int argc = 1;
    bc_status rc;

    for (; argc <= WORD_MAX && row->words[argc - 1]; argc++)
        argv[argc] = bc_strdup(bc_str_of(row->words[argc - 1]));
    rc = read_words(&values, NULL, argc, argv, &err);
    assert_true(rc == BC_OK || rc == BC_E_USAGE);
    describe(&got, &values, rc, &err);
    assert_string_equal(got.at, row->want);
    for (int i = 1; i < argc; i++)
        free(argv[i]);
    opt_list_release(&values.metrics);
    bc_buf_release(&got);
}

/* A question of a program makes no file. */
static void a_file_to_be_written_is_no_part_of_a_question(void **state)
{
    char command[] = "try", *argv[3] = { command };
    const char *output = NULL;
    struct cmd_env env = { .only_asks = true };
    const struct opt opts[] = { OPT_OUTPUT(&output), { 0 } };
    struct bc_err err = { 0 };

    (void)state;
    argv[1] = bc_strdup(BC_STR("--output"));
    argv[2] = bc_strdup(BC_STR("made"));
    assert_int_equal(opt_parse(opts, &page, &env, 3, argv, &err), BC_E_USAGE);
    assert_string_equal(err.message, "--output 'made': a question writes no file");
    env.only_asks = false;
    assert_int_equal(opt_parse(opts, &page, &env, 3, argv, &err), BC_OK);
    assert_string_equal(output, "made");
    free(argv[1]);
    free(argv[2]);
}

static void help_is_printed_from_the_table(void **state)
{
    char command[] = "try", help[] = "--help", *argv[] = { command, help };
    struct values values = { 0 };
    struct bc_err err = { 0 };
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    (void)state;
    assert_int_equal(read_words(&values, out, 2, argv, &err), BC_DONE);
    fclose(out);
    assert_string_equal(text, "usage: backcast try FILE [MORE] --as-of WHEN [options]\n"
                              "\n"
                              "Tries things.\n"
                              "\n"
                              "arguments:\n"
                              "  FILE  the file\n"
                              "  MORE  more of it\n"
                              "\n"
                              "options:\n"
                              "  -a, --as-of WHEN  count what had happened by then\n"
                              "  --metric M        this one (may be repeated)\n"
                              "  --json            print for programs\n"
                              "  --need yes|no     do they need it?\n"
                              "  -h, --help        print this\n"
                              "\n"
                              "examples:\n"
                              "  backcast try F --as-of today\n");
    free(text);
}

static void numbers_are_whole_and_in_range(void **state)
{
    struct bc_err err = { 0 };
    uint64_t got = 7;

    (void)state;
    assert_int_equal(opt_number(&got, "n", "18446744073709551615", 1, UINT64_MAX, &err), BC_OK);
    assert_true(got == UINT64_MAX);
    assert_int_equal(opt_number(&got, "n", "18446744073709551616", 1, UINT64_MAX, &err),
                     BC_E_USAGE);
    assert_int_equal(opt_number(&got, "n", "0", 1, 9, &err), BC_E_USAGE);
    assert_string_equal(err.message, "--n '0': expected a whole number from 1 to 9");
    assert_int_equal(opt_number(&got, "n", "", 0, 9, &err), BC_E_USAGE);
    assert_int_equal(opt_number(&got, "n", "1.5", 0, 9, &err), BC_E_USAGE);
    assert_int_equal(opt_number(&got, "n", "-1", 0, 9, &err), BC_E_USAGE);
    assert_true(got == UINT64_MAX);
}

static void threads_are_at_most_the_processors(void **state)
{
    const struct cmd_env usual = { 0 }, told = { .threads = 5 };
    struct bc_err err = { 0 };
    unsigned got = 0;

    (void)state;
    assert_int_equal(opt_threads(&got, &usual, NULL, &err), BC_OK);
    assert_int_equal(got, bc_threads_default());
    assert_int_equal(opt_threads(&got, &told, NULL, &err), BC_OK);
    assert_int_equal(got, 5);
    assert_int_equal(opt_threads(&got, &told, "1", &err), BC_OK);
    assert_int_equal(got, 1);
    assert_int_equal(opt_threads(&got, &usual, "18446744073709551615", &err), BC_OK);
    assert_int_equal(got, bc_processors());
    assert_int_equal(opt_threads(&got, &usual, "0", &err), BC_E_USAGE);
    assert_int_equal(opt_threads(&got, &usual, "two", &err), BC_E_USAGE);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 4] = {
        cmocka_unit_test(help_is_printed_from_the_table),
        cmocka_unit_test(a_file_to_be_written_is_no_part_of_a_question),
        cmocka_unit_test(numbers_are_whole_and_in_range),
        cmocka_unit_test(threads_are_at_most_the_processors),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 4] = (struct CMUnitTest){ rows[i].name, opt_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/cli/opt", tests, NULL, NULL);
}
