/* Views of bytes: equality, byte order, and where a text stops being UTF-8. */
#include "ledger/base/str.h"
#include "tests/support/check.h"

#include <stdio.h>

static struct utf8_row {
    const char *name;
    struct bc_str text;
    size_t fault; /* its place, or the length */
} utf8_rows[] = {
    { "an empty text is UTF-8", BYTES(""), 0 },
    { "ASCII is UTF-8", BYTES("a longer text of plain letters\x7f"), 31 },
    { "NUL is UTF-8", BYTES("a\0b"), 3 },
    { "two bytes, the least and the greatest", BYTES("\xc2\x80\xdf\xbf"), 4 },
    { "three bytes, the least and the greatest", BYTES("\xe0\xa0\x80\xef\xbf\xbf"), 6 },
    { "the neighbours of the surrogates", BYTES("\xed\x9f\xbf\xee\x80\x80"), 6 },
    { "four bytes, the least and the greatest", BYTES("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"), 8 },
    { "a continuation byte alone", BYTES("ab\x80"), 2 },
    { "an overlong NUL", BYTES("ab\xc0\x80"), 2 },
    { "overlong, two bytes", BYTES("\xc1\xbf"), 0 },
    { "overlong, three bytes", BYTES("\xe0\x9f\xbf"), 0 },
    { "overlong, four bytes", BYTES("\xf0\x8f\xbf\xbf"), 0 },
    { "the first surrogate", BYTES("x\xed\xa0\x80"), 1 },
    { "the last surrogate", BYTES("x\xed\xbf\xbf"), 1 },
    { "past U+10FFFF", BYTES("\xf4\x90\x80\x80"), 0 },
    { "a byte that never occurs", BYTES("\xf5\x80\x80\x80"), 0 },
    { "a Latin-1 text", BYTES("M\xfcller"), 1 },
    { "cut after the first of two bytes", BYTES("\xc3"), 0 },
    { "cut after the second of three bytes", BYTES("a\xe2\x82"), 1 },
    { "cut after the third of four bytes", BYTES("a\xf0\x9f\x98"), 1 },
    { "a letter where a continuation byte should be", BYTES("\xe2\x82z"), 0 },
    { "a fault after eight plain bytes", BYTES("12345678\xff"), 8 },
    { "a fault after eight plain bytes and text", BYTES("12345678\xc3\xa4\xc3\xa4xyz\xff"), 15 },
};

static void utf8_row(void **state)
{
    const struct utf8_row *row = *state;

    assert_int_equal(bc_str_utf8_fault(row->text), row->fault);
}

static void check_char(const char *bytes, size_t len, uint32_t c)
{
    size_t got = 0;

    if (c >= 0xd800 && c <= 0xdfff)
        return;
    assert_int_equal(bc_str_char((struct bc_str){ bytes, len }, 0, &got), c);
    assert_int_equal(got, len);
}

static struct char_row {
    const char *name;
    uint32_t first, last; /* these, and not their neighbours */
} char_rows[] = {
    { "C0 is unsafe to print", 0, 0x1f },
    { "DEL and C1", 0x7f, 0x9f },
    { "the Arabic letter mark", 0x61c, 0x61c },
    { "zero-width characters, left and right marks", 0x200b, 0x200f },
    { "separators, embeddings, overrides", 0x2028, 0x202e },
    { "joiners, isolates, old marks of direction", 0x2060, 0x206f },
    { "the byte order mark", 0xfeff, 0xfeff },
    { "no characters", 0xfffe, 0xffff },
    { "what is not assigned, annotations", 0xfff0, 0xfffb },
    { "tags, selectors of variants", 0xe0000, 0xe0fff },
    { "the soft hyphen", 0xad, 0xad },
    { "the grapheme joiner", 0x34f, 0x34f },
    { "Hangul's fillers", 0x115f, 0x1160 },
    { "Khmer's vowels that are not seen", 0x17b4, 0x17b5 },
    { "Mongolian selectors", 0x180b, 0x180f },
    { "the empty Braille pattern", 0x2800, 0x2800 },
    { "another filler", 0x3164, 0x3164 },
    { "selectors of variants", 0xfe00, 0xfe0f },
    { "a filler of half width", 0xffa0, 0xffa0 },
    { "a mark of numbers", 0x110bd, 0x110bd },
    { "joiners of hieroglyphs", 0x13430, 0x1343f },
    { "of shorthand", 0x1bca0, 0x1bca3 },
    { "of music", 0x1d173, 0x1d17a },
};

static void char_row(void **state)
{
    const struct char_row *row = *state;

    for (uint32_t c = row->first; c <= row->last; c++)
        assert_true(bc_char_unsafe(c));
    assert_false(row->first > 0 && bc_char_unsafe(row->first - 1));
    assert_false(bc_char_unsafe(row->last + 1));
}

/* Every code point, written by the rule, is well-formed unless it is a surrogate. */
static void every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        char bytes[4];
        size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

        for (size_t i = 0; i < len; i++)
            bytes[i] = (char)(0x80 | (c >> (6 * (len - 1 - i)) & 0x3f));
        bytes[0] = (char)(len == 1 ? c : lead[len] | c >> (6 * (len - 1)));
        if ((bc_str_utf8_fault((struct bc_str){ bytes, len }) == len) != (c < 0xd800 || c > 0xdfff))
            fail_msg("U+%04X", (unsigned)c);
        check_char(bytes, len, c);
    }
}

static struct order_row {
    const char *name;
    struct bc_str a, b;
    int order;
} order_rows[] = {
    { "empty texts are equal, wherever they are", { NULL, 0 }, BYTES(""), 0 },
    { "the same bytes are equal", BYTES("deal"), BYTES("deal"), 0 },
    { "a prefix comes first", BYTES("deal"), BYTES("deal/1"), -1 },
    { "nothing comes before something", { NULL, 0 }, BYTES("a"), -1 },
    { "bytes decide, not letters", BYTES("Z"), BYTES("a"), -1 },
    { "bytes have no sign", BYTES("z"), BYTES("\xc3\xa4"), -1 },
    { "a NUL counts", BYTES("a\0b"), BYTES("a\0c"), -1 },
    { "the first difference decides, not the length", BYTES("b"), BYTES("aaaa"), 1 },
};

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void order_row(void **state)
{
    const struct order_row *row = *state;

    assert_int_equal(sign(bc_str_cmp(row->a, row->b)), row->order);
    assert_int_equal(sign(bc_str_cmp(row->b, row->a)), -row->order);
    assert_int_equal(bc_str_eq(row->a, row->b), row->order == 0);
}

static void no_text_is_an_empty_view(void **state)
{
    char out[8] = "x";

    (void)state;
    assert_int_equal(bc_str_of(NULL).len, 0);
    assert_int_equal(bc_str_of("abc").len, 3);
    (void)snprintf(out, sizeof(out), "%.*s", BC_STR_ARG(bc_str_of(NULL)));
    assert_string_equal(out, "");
}

static void a_part_of_nothing_is_nothing(void **state)
{
    struct bc_str text = BC_STR("abcd");

    (void)state;
    assert_null(bc_str_part((struct bc_str){ 0 }, 0, 0).at);
    assert_true(bc_str_eq(bc_str_part(text, 1, 3), BC_STR("bc")));
    assert_true(bc_str_part(text, 4, 4).at == text.at + 4);
}

int main(void)
{
    struct CMUnitTest
        tests[ARRAY_LEN(utf8_rows) + ARRAY_LEN(order_rows) + ARRAY_LEN(char_rows) + 3];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(utf8_rows); i++)
        tests[n++] = (struct CMUnitTest){ utf8_rows[i].name, utf8_row, NULL, NULL, &utf8_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(order_rows); i++)
        tests[n++] =
            (struct CMUnitTest){ order_rows[i].name, order_row, NULL, NULL, &order_rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(char_rows); i++)
        tests[n++] = (struct CMUnitTest){ char_rows[i].name, char_row, NULL, NULL, &char_rows[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_code_point);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(no_text_is_an_empty_view);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_part_of_nothing_is_nothing);
    return cmocka_run_group_tests_name("ledger/base/str", tests, NULL, NULL);
}
