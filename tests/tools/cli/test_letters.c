/* tools/cli/letters: what people spell in several ways is the same. */
#include "tests/support/check.h"
#include "tools/cli/letters.h"

static const struct row {
    const char *text, *spaced, *joined;
} rows[] = {
    { "", "", "" },
    { "Closed Won", "closed won", "closedwon" },
    { "closed_won", "closed won", "closedwon" },
    { "  (Closed -- won!) ", "closed won", "closedwon" },
    { "\xc3\x89t\xc3\xa9 \xc3\x9c"
      "ber",
      "ete uber", "eteuber" },
    { "Stra\xc3\x9f"
      "e 12",
      "strasse 12", "strasse12" },
    { "a\xe2\x80\x93"
      "b\xe2\x80\x99s",
      "a b s", "abs" },
    { "\xe5\xa4\xa7 A", "\xe5\xa4\xa7 a",
      "\xe5\xa4\xa7"
      "a" },
    { "a\xe2\x80\xae"
      "b",
      "a b", "ab" },
    { "a\xff\xc3", "a", "a" },
    { "%*/", "", "" },
};

static void texts_are_folded(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bc_buf spaced = { 0 }, joined = { 0 };

        letters_of(&spaced, bc_str_of(rows[i].text), ' ');
        letters_of(&joined, bc_str_of(rows[i].text), 0);
        bc_buf_add_byte(&spaced, '\0');
        bc_buf_add_byte(&joined, '\0');
        assert_string_equal(spaced.at, rows[i].spaced);
        assert_string_equal(joined.at, rows[i].joined);
        bc_buf_release(&spaced);
        bc_buf_release(&joined);
    }
}

static void it_is_added_to_what_is_there(void **state)
{
    struct bc_buf text = { 0 };

    (void)state;
    bc_buf_add_str(&text, BC_STR("a "));
    letters_of(&text, BC_STR(" B "), ' ');
    assert_true(bc_str_eq(bc_buf_str(&text), BC_STR("a b")));
    bc_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_folded),
        cmocka_unit_test(it_is_added_to_what_is_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
