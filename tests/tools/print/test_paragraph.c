/* tools/print/paragraph: a sentence goes on below itself, and commands no terminal. */
#include "tests/support/check.h"
#include "tools/print/paragraph.h"

#include <locale.h>
#include <stdlib.h>

static struct row {
    const char *name;
    int width;
    const char *text, *want; /* after a heading of nine columns */
} rows[] = {
    { "elsewhere than on a terminal it is a line", 0, "a sentence that is long enough",
      "a sentence that is long enough\n" },
    { "on a wide terminal, too", 39, "a sentence that is long enough",
      "a sentence that is long enough\n" },
    { "on a narrow one it goes on below itself", 30, "a sentence that is long enough",
      "a sentence that is\n         long enough\n" },
    { "not in a few columns", 28, "a sentence that is long enough",
      "a sentence that is long enough\n" },
    { "what commands a terminal is shown", 30, "\033[2J is in here, and more than that",
      "\\x1b[2J is in here,\n         and more than that\n" },
    { "nothing is an empty line", 30, "", "\n" },
};

static void paragraph_row(void **state)
{
    const struct row *row = *state;
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .out = open_memstream(&text, &len), .width = row->width };

    paragraph_print(&env, 9, bc_str_of(row->text));
    fclose(env.out);
    assert_string_equal(text, row->want);
    free(text);
}

#define SENTENCE "sentences that stand below a table are read in lines of eighty columns at most"

static struct row legends[] = {
    { "elsewhere than on a terminal its lines are of 80 columns", 0, SENTENCE ", here too",
      SENTENCE ",\nhere too\n" },
    { "on a wider one, too", 200, SENTENCE ", here too", SENTENCE ",\nhere too\n" },
    { "what fits is a line", 80, SENTENCE, SENTENCE "\n" },
    { "on a narrow one it has more", 60, SENTENCE,
      "sentences that stand below a table are read in lines of\neighty columns at most\n" },
    { "where it begins further right it goes on there", 30, "  a sentence of more than a line",
      "  a sentence of more than a\n  line\n" },
};

static void legend_row(void **state)
{
    const struct row *row = *state;
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .out = open_memstream(&text, &len), .width = row->width };

    if (row->text[0] == ' ')
        paragraph_legend(&env, "  %s", row->text + 2);
    else
        paragraph_legend(&env, "%s", row->text);
    fclose(env.out);
    assert_string_equal(text, row->want);
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + ARRAY_LEN(legends)];
    size_t n = 0;

    setlocale(LC_CTYPE, "C.UTF-8");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[n++] = (struct CMUnitTest){ rows[i].name, paragraph_row, NULL, NULL, &rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(legends); i++)
        tests[n++] = (struct CMUnitTest){ legends[i].name, legend_row, NULL, NULL, &legends[i] };
    return cmocka_run_group_tests_name("tools/print/paragraph", tests, NULL, NULL);
}
