/* tools/print/html_out: what is data is text and nothing else, wherever it is written; figures read
 * as figures. */
#include "tests/support/check.h"
#include "tools/print/html_out.h"

#include <string.h>

static const struct cmd_env env = { 0 };

static void check_text(struct html_out *out, const char *want)
{
    bc_buf_add_byte(&out->text, '\0');
    assert_string_equal(out->text.at, want);
    bc_buf_release(&out->text);
}

static void a_text_is_no_markup(void **state)
{
    static const struct {
        struct bc_str text;
        const char *want, *plain; /* plain NULL: the same */
    } rows[] = {
        { BYTES("a<b>&amp;\"'"), "a&lt;b&gt;&amp;amp;&quot;&#39;", NULL },
        { BYTES("</td><script>alert(1)</script>"),
          "&lt;/td&gt;&lt;script&gt;alert<wbr>(1)&lt;/script&gt;",
          "&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;" },
        { BYTES("\x1b[31m\x07\xe2\x80\xae"
                "abc\xff"),
          "\\x1b[31m\\x07\\u{202<wbr>e}abc\\xff", "\\x1b[31m\\x07\\u{202e}abc\\xff" },
        { BYTES("-->]]>"), "--&gt;]]&gt;", NULL },
        { BYTES("45.1 % of 3"), "45.1\xc2\xa0% of 3", "45.1 % of 3" },
        { BYTES("eighteenletterslon g"), "eighteenletterslon g", NULL },
        { BYTES("\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
                "&&&&&&&&&\xc3\xa4"),
          "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
          "&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;<wbr>\xc3\xa4",
          "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
          "&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;\xc3\xa4" },
        { BYTES("&"), "&amp;", NULL },
        { BYTES("due 2026-03-29, (2024-12-01)"),
          "due <time>2026-03-29</time>, (<time>2024-12-01</time>)",
          "due 2026-03-29, (2024-12-01)" },
        { BYTES("2026-03-29T10:00:00Z"), "<time>2026-03-29</time><wbr>T10:00:00Z",
          "2026-03-29T10:00:00Z" },
        { BYTES("2026-00-29 2026-13-29 2026-03-00 2026-03-32"),
          "2026-00-29 2026-13-29 2026-03-00 2026-03-32", NULL },
        { BYTES("a2026-03-29 2026-03-290 2026-03-2"), "a2026-03-29 2026-03-290 2026-03-2", NULL },
        { BYTES(""), "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct html_out out = { .env = &env };

        html_out_text(&out, rows[i].text);
        check_text(&out, rows[i].want);
        html_out_plain(&out, rows[i].text);
        check_text(&out, rows[i].plain ? rows[i].plain : rows[i].want);
    }
}

static void figures_have_a_minus_and_keep_their_unit(void **state)
{
    static const struct bc_str texts[] = { BYTES("-a-"), BYTES("b c") };
    const struct {
        struct cell cell;
        const char *want;
    } rows[] = {
        { { .kind = CELL_RATE, .number = 0.451 }, "45.1\xc2\xa0%" },
        { { .kind = CELL_POINTS, .number = -0.031 },
          "\xe2\x88\x92"
          "3.1\xc2\xa0pt" },
        { { .kind = CELL_DAYS, .number = -0.04 },
          "0.0\xc2\xa0"
          "d" },
        { { .kind = CELL_INTEGER, .integer = -21 },
          "\xe2\x88\x92"
          "21" },
        { { .kind = CELL_COUNT, .count = 14 }, "14" },
        { { .kind = CELL_NULL }, "\xe2\x80\x93" },
        { { .kind = CELL_TEXT, .text = BYTES("2026-03-29") }, "<time>2026-03-29</time>" },
        { { .kind = CELL_TEXTS, .texts = { texts, 2 } }, "-a-, b c" },
        { { .kind = CELL_BOOL, .yes = true }, "yes" },
        { { .kind = CELL_INSTANT, .us = 0 }, "<time>1970-01-01</time> 00:00:00" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct html_out out = { .env = &env };

        html_out_cell(&out, &rows[i].cell);
        check_text(&out, rows[i].want);
    }
}

static void what_is_to_be_typed_is_marked(void **state)
{
    static const struct {
        struct bc_str text;
        const char *want;
    } rows[] = {
        { BYTES("no `a <b>` and `c`"), "no <code>a &lt;b&gt;</code> and <code>c</code>" },
        { BYTES("`a`"), "<code>a</code>" },
        { BYTES("one ` only"), "one <code> only</code>" },
        { BYTES("none"), "none" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct html_out out = { .env = &env };

        html_out_marked(&out, rows[i].text);
        check_text(&out, rows[i].want);
    }
}

static void a_drawing_stands_in_one_line(void **state)
{
    struct html_out out = { .env = &env };

    (void)state;
    html_out_drawing(&out, BC_STR("<svg>\n<path/>\n</svg>\n"));
    check_text(&out, "<svg><path/></svg>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_no_markup),
        cmocka_unit_test(figures_have_a_minus_and_keep_their_unit),
        cmocka_unit_test(what_is_to_be_typed_is_marked),
        cmocka_unit_test(a_drawing_stands_in_one_line),
    };

    return cmocka_run_group_tests_name("tools/print/html_out", tests, NULL, NULL);
}
