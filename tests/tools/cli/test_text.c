/* tools/cli/text: text from data is printable whatever it holds. */
#include "tests/support/check.h"
#include "tools/cli/text.h"

#include <stdlib.h>
#include <string.h>

static struct row {
    const char *name;
    struct bc_str text;
    const char *want;
} rows[] = {
    { "plain text", { "a b", 3 }, "a b" },
    { "nothing", { NULL, 0 }, "" },
    { "letters beyond ASCII", { "\xc3\xa9\xe5\xa4\xa7", 5 }, "\xc3\xa9\xe5\xa4\xa7" },
    { "a no-break space is no control", { "\xc2\xa0", 2 }, "\xc2\xa0" },
    { "an escape sequence", { "\033[31m", 5 }, "\\x1b[31m" },
    { "tab and line end", { "\t\n", 2 }, "\\x09\\x0a" },
    { "NUL", { "a\0b", 3 }, "a\\x00b" },
    { "DEL", { "\x7f", 1 }, "\\x7f" },
    { "C1", { "\xc2\x9bK", 3 }, "\\u{9b}K" },
    { "an override of direction",
      { "a\xe2\x80\xae"
        "b",
        5 },
      "a\\u{202e}b" },
    { "an isolate", { "\xe2\x81\xa6", 3 }, "\\u{2066}" },
    { "a space of no width", { "\xe2\x80\x8b", 3 }, "\\u{200b}" },
    { "a line separator", { "\xe2\x80\xa8", 3 }, "\\u{2028}" },
    { "a byte order mark", { "\xef\xbb\xbf", 3 }, "\\u{feff}" },
    { "a tag", { "\xf3\xa0\x81\x81", 4 }, "\\u{e0041}" },
    { "an emoji joined of two",
      { "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80", 11 },
      "\xf0\x9f\x91\xa9\\u{200d}\xf0\x9f\x9a\x80" },
    { "right-to-left letters are text", { "\xd7\xa9\xd7\x9c", 4 }, "\xd7\xa9\xd7\x9c" },
    { "a byte that is no UTF-8",
      { "a\xff"
        "b",
        3 },
      "a\\xffb" },
    { "several of them", { "\xff\xfe\xc3\xa9\xff", 5 }, "\\xff\\xfe\xc3\xa9\\xff" },
    { "a character cut in two", { "a\xe5\xa4", 3 }, "a\\xe5\\xa4" },
    { "half of a C1 at the end", { "a\xc2", 2 }, "a\\xc2" },
    { "a surrogate", { "\xed\xa0\x80", 3 }, "\\xed\\xa0\\x80" },
};

static void text_row(void **state)
{
    const struct row *row = *state;
    /* A copy of the exact size, so that reading past its end is found. */
    char *exact = bc_malloc(row->text.len);
    struct bc_buf got = { 0 };

    if (row->text.len > 0)
        memcpy(exact, row->text.at, row->text.len);
    text_escape(&got, (struct bc_str){ exact, row->text.len });
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, row->want);
    bc_buf_release(&got);
    free(exact);
}

static void cutting_keeps_characters_whole(void **state)
{
    (void)state;
    assert_int_equal(text_cut(BC_STR("abc"), 5), 3);
    assert_int_equal(text_cut(BC_STR("abc"), 2), 2);
    assert_int_equal(text_cut(BC_STR("a\xe5\xa4\xa7"), 3), 1);
    assert_int_equal(text_cut(BC_STR("a\xe5\xa4\xa7"), 4), 4);
    assert_int_equal(text_cut(BC_STR("\xe5\xa4\xa7"), 0), 0);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 1] = {
        cmocka_unit_test(cutting_keeps_characters_whole),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 1] = (struct CMUnitTest){ rows[i].name, text_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/cli/text", tests, NULL, NULL);
}
