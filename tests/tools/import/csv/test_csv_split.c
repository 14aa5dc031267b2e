/* tests/tools/import/csv/test_csv_split.c - the texts of a list, without the blanks around them. */
#include "tests/support/check.h"
#include "tools/import/csv/csv_row.h"

static struct row {
    const char *name, *text, *want; /* each item within brackets */
} rows[] = {
    { "nothing", "", "" },
    { "blanks and nothing", " ;\xC2\xA0; ;", "" },
    { "one", "a", "[a]" },
    { "blanks within stay", " a b ;c", "[a b][c]" },
    { "tabs", "\ta\t;b", "[a][b]" },
    { "blanks that do not break",
      "\xC2\xA0"
      "a\xE2\x80\xAF;\xE2\x80\xAF"
      "b\xC2\xA0",
      "[a][b]" },
    { "a thin one and a wide one",
      "\xE2\x80\x89"
      "a;b\xE3\x80\x80",
      "[a][b]" },
};

static void split_row(void **state)
{
    const struct row *row = *state;
    struct csv_rows reading = { .scratch = bc_arena_new() };
    struct bc_str left = BC_STR("x"), *items = &left;
    struct bc_buf got = { 0 };
    size_t n = csv_rows_split(&reading, &items, bc_str_of(row->text), ';');

    assert_ptr_not_equal(items, &left); /* it is set, also to nothing */
    for (size_t i = 0; i < n; i++)
        bc_buf_printf(&got, "[%.*s]", BC_STR_ARG(items[i]));
    bc_buf_add_byte(&got, '\0');
    assert_string_equal(got.at, row->want);
    bc_buf_release(&got);
    bc_arena_free(reading.scratch);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, split_row, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/import/csv/split", tests, NULL, NULL);
}
