/* tools/draw/svg: numbers as short as they can be, no text that leaves its place, and colours. */
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tools/draw/svg.h"
#include "tools/draw/svg_style.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void check_text(struct bc_buf *out, const char *want)
{
    bc_buf_add_byte(out, '\0');
    assert_string_equal(out->at, want);
    bc_buf_release(out);
}

static void numbers_have_at_most_two_decimals(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    svg_path_begin(&out, "l1");
    svg_path_add(&out, 'M', (double[]){ 0, -0.001, 1.5, -2.25, 10, 99.999, 3.007 }, 7);
    svg_path_end(&out, (struct bc_str){ 0 });
    check_text(&out, "<path class=\"l1\" d=\"M0 0 1.5 -2.25 10 100 3.01\"/>\n");
}

static void what_means_something_in_xml_or_to_a_terminal_is_escaped(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    svg_text(&out, "hi", 1, 2, BC_STR("a<b>&\"'\x1b[31m\xe2\x80\xae\xff]]>"));
    check_text(
        &out,
        "<text class=\"hi\" x=\"1\" y=\"2\">a&lt;b&gt;&amp;&quot;&#39;\\x1b[31m\\u{202e}\\xff]]&gt;"
        "</text>\n");
}

static void a_path_may_have_a_title(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    svg_path_begin(&out, "r-on");
    svg_path_add(&out, 'z', NULL, 0);
    svg_path_end(&out, BC_STR("a & b: 3"));
    check_text(&out, "<path class=\"r-on\" d=\"z\"><title>a &amp; b: 3</title></path>\n");
}

static void texts_are_cut_between_letters(void **state)
{
    static const struct {
        struct bc_str text, want;
        size_t letters;
    } rows[] = {
        { BYTES("\xc3\xa4\xc3\xb6!"), BYTES("\xc3\xa4\xc3\xb6!"), 3 },
        { BYTES("\xc3\xa4\xc3\xb6!?"), BYTES("\xc3\xa4\xc3\xb6\xe2\x80\xa6"), 3 },
        { BYTES("\xe6\xbc\xa2\xe5\xad\x97"), BYTES("\xe6\xbc\xa2\xe2\x80\xa6"), 3 },
        { BYTES("ab\x1b[0m"), BYTES("ab\\x\xe2\x80\xa6"), 5 },
    };
    struct bc_buf room = { 0 };

    (void)state;
    assert_int_equal(svg_letters(BC_STR("\xc3\xa4\xe6\xbc\xa2!\x1b")), 8);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct bc_str got = svg_cut(&room, rows[i].text, rows[i].letters);

        assert_true(bc_str_eq(got, rows[i].want));
        assert_true(svg_letters(got) <= rows[i].letters + 1);
    }
    bc_buf_release(&room);
}

static void lines_break_at_spaces_and_within_long_words(void **state)
{
    static const struct {
        struct bc_str text, line, rest;
        size_t letters;
    } rows[] = {
        { BYTES("one two three"), BYTES("one two"), BYTES("three"), 8 },
        { BYTES("one two three"), BYTES("one two"), BYTES("three"), 7 },
        { BYTES("one two"), BYTES("one two"), BYTES(""), 7 },
        { BYTES("abcdef g"), BYTES("abc"), BYTES("def g"), 3 },
        { BYTES("\xe6\xbc\xa2\xe5\xad\x97"), BYTES("\xe6\xbc\xa2"), BYTES("\xe5\xad\x97"), 3 },
        { BYTES("ab"), BYTES("a"), BYTES("b"), 0 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bc_str rest = rows[i].text;

        assert_true(bc_str_eq(svg_line_of(&rest, rows[i].letters), rows[i].line));
        assert_true(bc_str_eq(rest, rows[i].rest));
    }
}

static void what_is_no_number_is_drawn_within_bounds(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    svg_path_begin(&out, "l1");
    svg_path_add(&out, 'M', (double[]){ NAN, INFINITY, -INFINITY, 1e300 }, 4);
    svg_path_end(&out, (struct bc_str){ 0 });
    check_text(&out, "<path class=\"l1\" d=\"M0 1000000 -1000000 1000000\"/>\n");
}

/* Pages give the same names to the same colours. */
static void pages_have_the_colours_of_drawings(void **state)
{
    struct bc_buf css = { 0 };

    (void)state;
    file_read(&css, BC_SOURCE_DIR "/tools/pages/page.css");
    bc_buf_add_byte(&css, '\0');
    for (size_t i = 0; i < svg_colour_n; i++) {
        char rule[64];
        const char *dark = strstr(css.at, "prefers-color-scheme: dark");

        assert_non_null(dark);
        snprintf(rule, sizeof(rule), "--%s: %s;", svg_colours[i].name, svg_colours[i].light);
        if (!strstr(css.at, rule))
            fail_msg("page.css lacks %s", rule);
        snprintf(rule, sizeof(rule), "--%s: %s;", svg_colours[i].name, svg_colours[i].dark);
        if (!strstr(dark, rule))
            fail_msg("page.css lacks %s", rule);
    }
    bc_buf_release(&css);
}

/* Each with both, and no name is left. */
static void a_file_has_the_colours_themselves(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    svg_style_add(&out);
    bc_buf_add_byte(&out, '\0');
    assert_null(strstr(out.at, "var("));
    assert_null(strstr(out.at, "/*"));
    for (size_t i = 0; i < svg_colour_n; i++) {
        assert_non_null(strstr(out.at, svg_colours[i].light));
        assert_non_null(strstr(strstr(out.at, "@media"), svg_colours[i].dark));
    }
    assert_non_null(strstr(out.at, ".l1 { fill: none; stroke: #17538f; stroke-width: 2;"));
    bc_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_at_most_two_decimals),
        cmocka_unit_test(what_means_something_in_xml_or_to_a_terminal_is_escaped),
        cmocka_unit_test(a_path_may_have_a_title),
        cmocka_unit_test(texts_are_cut_between_letters),
        cmocka_unit_test(lines_break_at_spaces_and_within_long_words),
        cmocka_unit_test(what_is_no_number_is_drawn_within_bounds),
        cmocka_unit_test(pages_have_the_colours_of_drawings),
        cmocka_unit_test(a_file_has_the_colours_themselves),
    };

    return cmocka_run_group_tests_name("tools/draw/svg", tests, NULL, NULL);
}
