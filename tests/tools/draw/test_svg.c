/* tools/draw/svg: numbers as short as they can be, and no text that leaves its place. */
#include "tests/support/check.h"
#include "tools/draw/svg.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_at_most_two_decimals),
        cmocka_unit_test(what_means_something_in_xml_or_to_a_terminal_is_escaped),
        cmocka_unit_test(a_path_may_have_a_title),
        cmocka_unit_test(texts_are_cut_between_letters),
    };

    return cmocka_run_group_tests_name("tools/draw/svg", tests, NULL, NULL);
}
