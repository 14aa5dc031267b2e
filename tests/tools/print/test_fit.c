/* tools/print/fit: a text in less room than it takes, and nothing of it lost without a mark. */
#include "tests/support/check.h"
#include "tools/print/fit.h"

#include <locale.h>
#include <stdlib.h>

#define WIDE                                                                                       \
    "\xe5\xa4\xa7\xe5\xad\xa6\xe5\xa4\xa7\xe5\xad\xa6" /* four characters, eight columns           \
                                                        */
#define ACCENT "e\xcc\x81"                             /* e, and an accent of its own */
#define MARK   "\xe2\x80\xa6"

typedef void fit_fn(struct bc_buf *out, struct bc_str text, size_t width);

static struct row {
    const char *name;
    fit_fn *fit;
    const char *text;
    size_t width;
    const char *want; /* lines end with \n between them */
} rows[] = {
    { "an id that fits is whole", fit_middle, "stage/20", 8, "stage/20" },
    { "an id keeps its beginning and its end", fit_middle, "sample:deal/165-larkness/stage/20", 16,
      "sampl" MARK "s/stage/20" },
    { "of two ids with one beginning the ends differ", fit_middle,
      "sample:deal/165-larkness/stage/2", 16, "sampl" MARK "ss/stage/2" },
    { "in one column an id is but a mark", fit_middle, "stage/20", 1, MARK },
    { "in two it has its end", fit_middle, "stage/20", 2, MARK "0" },
    { "an id of wide characters is cut between them", fit_middle, WIDE, 6,
      MARK "\xe5\xa4\xa7\xe5\xad\xa6" },
    { "an id's end does not begin with an accent of what was cut", fit_middle, ACCENT ACCENT ACCENT,
      2, MARK ACCENT },
    { "an accent stays with the beginning it belongs to", fit_middle, ACCENT "aaaaaa" ACCENT, 4,
      ACCENT MARK "a" ACCENT },

    { "a name that fits is whole", fit_end, "Acme", 4, "Acme" },
    { "a name keeps its beginning", fit_end, "Larkness University", 9, "Larkness" MARK },
    { "in one column a name is but a mark", fit_end, "Acme", 1, MARK },
    { "a name of wide characters is cut between them", fit_end, WIDE, 6,
      "\xe5\xa4\xa7\xe5\xad\xa6" MARK },
    { "no name is none", fit_end, "", 4, "" },

    { "what fits is one line", fit_wrap, "two words", 9, "two words" },
    { "nothing is nothing", fit_wrap, "", 5, "" },
    { "lines end at blanks", fit_wrap, "one two three", 7, "one two\nthree" },
    { "at the last that fits", fit_wrap, "a b c d e", 4, "a b\nc d\ne" },
    { "a line may end where the room does", fit_wrap, "1234 5678", 4, "1234\n5678" },
    { "a word longer than a line goes on in the next", fit_wrap, "abcdefghij", 4,
      "abcd\nefgh\nij" },
    { "it begins a line of its own", fit_wrap, "ab cdefghij", 4, "ab\ncdef\nghij" },
    { "and breaks after a sign", fit_wrap, "https://notes.example/deals", 24,
      "https://notes.example/\ndeals" },
    { "or before a capital", fit_wrap, "qualificationRecorded", 16, "qualification\nRecorded" },
    { "not where that would leave most of the line empty", fit_wrap, "a/bcdefghij", 9,
      "a/bcdefgh\nij" },
    { "a unit stays with its number", fit_wrap, "interval 34.0 to 56.6 %", 21,
      "interval 34.0 to\n56.6 %" },
    { "where the room ends before the sign, too", fit_wrap, "to 56.6 %", 7, "to\n56.6 %" },
    { "a sign that is no unit does not hold", fit_wrap, "rate % high", 6, "rate %\nhigh" },
    { "rather after a comma than a word later", fit_wrap, "n 34, median 36.7, p90 101.7", 24,
      "n 34, median 36.7,\np90 101.7" },
    { "but not after an early one", fit_wrap, "14 of 23, the interval is wide", 24,
      "14 of 23, the interval\nis wide" },
    { "nor in sentences", fit_wrap,
      "as many words as it takes to be a sentence, and then some more of them", 60,
      "as many words as it takes to be a sentence, and then some\nmore of them" },
    { "wide characters take two columns", fit_wrap, WIDE, 5,
      "\xe5\xa4\xa7\xe5\xad\xa6\n\xe5\xa4\xa7\xe5\xad\xa6" },
    { "one is wider than a column of one", fit_wrap, "\xe5\xa4\xa7\xe5\xad\xa6", 1,
      "\xe5\xa4\xa7\n\xe5\xad\xa6" },
    { "an accent stays with its letter", fit_wrap, ACCENT ACCENT ACCENT, 2,
      ACCENT ACCENT "\n" ACCENT },
    { "a blank at the end is no line", fit_wrap, "abcd ", 4, "abcd" },
};

static void fits(void **state)
{
    const struct row *row = *state;
    struct bc_buf out = { 0 };

    row->fit(&out, bc_str_of(row->text), row->width);
    bc_buf_add_byte(&out, '\0');
    assert_string_equal(out.at, row->want);
    bc_buf_release(&out);
}

static void widths(void **state)
{
    (void)state;
    assert_int_equal(fit_width(BC_STR("")), 0);
    assert_int_equal(fit_width(BC_STR("stage/20")), 8);
    assert_int_equal(fit_width(BC_STR(WIDE)), 8);
    assert_int_equal(fit_width(BC_STR(ACCENT ACCENT)), 2);
    assert_int_equal(fit_width(BC_STR(MARK)), 1);
}

/* Reading stops at the length, whatever stands after it. */
static void a_text_ends_where_it_says(void **state)
{
    struct bc_buf out = { 0 };

    (void)state;
    fit_wrap(&out, (struct bc_str){ "ab 9 %", 4 }, 3);
    bc_buf_add_byte(&out, '\0');
    assert_string_equal(out.at, "ab\n9");
    bc_buf_release(&out);
}

static void check_lines(struct bc_str text, struct bc_str lines, size_t width)
{
    size_t from = 0, bytes = 0;

    for (size_t at = 0; at <= lines.len; at++) {
        if (at < lines.len && lines.at[at] != '\n')
            continue;
        assert_true(fit_width((struct bc_str){ lines.at + from, at - from }) <= width);
        from = at + 1;
    }
    for (size_t i = 0; i < lines.len; i++)
        bytes += lines.at[i] != '\n' && lines.at[i] != ' ';
    for (size_t i = 0; i < text.len; i++)
        bytes -= text.at[i] != ' ';
    assert_int_equal(bytes, 0);
}

/* Whatever the width: no line is wider, and every character but blanks is there. */
static void nothing_is_lost_at_any_width(void **state)
{
    const struct bc_str text = BC_STR("dealCreated name=" WIDE ", Universit" ACCENT
                                      " x/y stage=closed_won_complete 95 % of 9 %, all");

    (void)state;
    for (size_t width = 2; width < 90; width++) {
        struct bc_buf wrapped = { 0 }, cut = { 0 };

        fit_wrap(&wrapped, text, width);
        check_lines(text, bc_buf_str(&wrapped), width);
        fit_middle(&cut, text, width);
        assert_true(fit_width(bc_buf_str(&cut)) <= width);
        cut.len = 0;
        fit_end(&cut, text, width);
        assert_true(fit_width(bc_buf_str(&cut)) <= width);
        bc_buf_release(&wrapped);
        bc_buf_release(&cut);
    }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 3] = {
        cmocka_unit_test(widths),
        cmocka_unit_test(a_text_ends_where_it_says),
        cmocka_unit_test(nothing_is_lost_at_any_width),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 3] = (struct CMUnitTest){ rows[i].name, fits, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/print/fit", tests, NULL, NULL);
}
