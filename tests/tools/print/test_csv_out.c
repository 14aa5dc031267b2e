/* tools/print/csv_out: a spreadsheet takes no cell of text for a formula, and nothing in one
 * commands a terminal; numbers stay numbers. */
#include "tests/support/check.h"
#include "tools/print/csv_out.h"

#include <stdlib.h>

static const struct row {
    const char *name;
    struct bc_str text;
    const char *want;
} rows[] = {
    { "nothing", { NULL, 0 }, "" },
    { "a name", { "ada", 3 }, "ada" },
    { "an id with a dash in it", { "165-larkness", 12 }, "165-larkness" },
    { "a time", { "2025-03-31T09:30:00Z", 20 }, "2025-03-31T09:30:00Z" },
    { "letters beyond ASCII", { "\xc3\xa9", 2 }, "\xc3\xa9" },
    { "a comma", { "a,b", 3 }, "\"a,b\"" },
    { "a quote", { "a\"b", 3 }, "\"a\"\"b\"" },
    { "a line end", { "a\r\nb", 4 }, "\"a\r\nb\"" },
    { "a formula", { "=1+1", 4 }, "'=1+1" },
    { "a formula with quotes", { "=A(\"x\")", 7 }, "\"'=A(\"\"x\"\")\"" },
    { "a plus", { "+1", 2 }, "'+1" },
    { "a minus", { "-1", 2 }, "'-1" },
    { "an at", { "@SUM(1)", 7 }, "'@SUM(1)" },
    { "a tab", { "\t=1", 3 }, "\"'\t=1\"" },
    { "a carriage return", { "\r=1", 3 }, "\"'\r=1\"" },
    { "a line feed", { "\n=1", 3 }, "\"'\n=1\"" },
    { "full width",
      { "\xef\xbc\x9d"
        "1",
        4 },
      "'\xef\xbc\x9d"
      "1" },
    { "full width plus", { "\xef\xbc\x8b", 3 }, "'\xef\xbc\x8b" },
    { "full width minus", { "\xef\xbc\x8d", 3 }, "'\xef\xbc\x8d" },
    { "full width at", { "\xef\xbc\xa0", 3 }, "'\xef\xbc\xa0" },
    { "after a blank", { " =1", 3 }, "' =1" },
    { "after a no-break space", { "\xc2\xa0=1", 4 }, "'\xc2\xa0=1" },
    { "after a quote", { "\"=1", 3 }, "\"'\"\"=1\"" },
    { "after an apostrophe, so that one can be taken away again", { "'=1", 3 }, "''=1" },
    { "an apostrophe alone", { "'s", 2 }, "'s" },
    { "blanks alone", { "  ", 2 }, "  " },
    { "a sign further on", { "a=b", 3 }, "a=b" },
    { "an escape sequence", { "\033]0;pwn\007", 8 }, "\\x1b]0;pwn\\x07" },
    { "NUL", { "a\0b", 3 }, "a\\x00b" },
    { "NUL first", { "\0=", 2 }, "\\x00=" },
    { "C1", { "\xc2\x9b", 2 }, "\\u{9b}" },
    { "an override of direction", { "a\xe2\x80\xae", 4 }, "a\\u{202e}" },
    { "a formula after an em space", { "\xe2\x80\x83=1", 5 }, "'\xe2\x80\x83=1" },
    { "a formula after a space of no width", { "\xe2\x80\x8b=1", 5 }, "\\u{200b}=1" },
    { "a byte that is no UTF-8", { "\xff=", 2 }, "\\xff=" },
    { "a byte that is no UTF-8 after a formula's beginning", { "=\xff", 2 }, "'=\\xff" },
};

static char *text;
static size_t len;

static void text_row(void **state)
{
    const struct row *row = *state;
    FILE *out = open_memstream(&text, &len);

    csv_out_text(out, row->text);
    fclose(out);
    assert_string_equal(text, row->want);
    assert_int_equal(len, strlen(row->want));
    free(text);
}

static void numbers_stay_numbers(void **state)
{
    FILE *out = open_memstream(&text, &len);

    (void)state;
    csv_out_number(out, -5);
    fputc(',', out);
    csv_out_number(out, -0.25);
    fputc(',', out);
    csv_out_number(out, 14);
    fclose(out);
    assert_string_equal(text, "-5,-0.25,14");
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = { cmocka_unit_test(numbers_stay_numbers) };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 1] =
            (struct CMUnitTest){ rows[i].name, text_row, NULL, NULL, (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests_name("tools/print/csv_out", tests, NULL, NULL);
}
