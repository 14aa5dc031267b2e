/* tools/print/table: columns line up for people, and nothing from data commands their terminal. */
#include "tests/support/check.h"
#include "tools/print/table.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct row {
    const char *name;
    bool color;
    int width;
    const char *deal, *value; /* NULL: there is none */
    const char *want;         /* the line */
} rows[] = {
    { "numbers stand to the right", false, 0, "d1", "7", "d1        7\n" },
    { "a cell that is not set is empty", false, 0, "d1", NULL, "d1    \n" },
    { "wide characters take two columns", false, 0, "\xe5\xa4\xa7\xe5\xad\xa6", "7",
      "\xe5\xa4\xa7\xe5\xad\xa6      7\n" },
    { "an escape sequence is shown, not obeyed", false, 0, "\033[2J", "7", "\\x1b[2J      7\n" },
    { "a line end stays within the row", false, 0, "a\nb", "7", "a\\x0ab      7\n" },
    { "a C1 control character", false, 0, "a\xc2\x9b", "7", "a\\u{9b}      7\n" },
    { "an override of direction is shown, and counted as it is shown", false, 0, "a\xe2\x80\xae",
      "7", "a\\u{202e}      7\n" },
    { "a backslash is one", false, 0, "a\\x1b", "7", "a\\x1b      7\n" },
    { "bytes that are no UTF-8", false, 0, "a\xff", "7", "a\\xff      7\n" },
    { "no terminal, nothing is cut", false, 0, "a-deal-with-a-name-longer-than-its-column", "7",
      "a-deal-with-a-name-longer-than-its-column      7\n" },
    { "a narrow terminal cuts what may be cut", false, 20,
      "a-deal-with-a-name-longer-than-its-column", "7", "a-deal-with-a      7\n" },
};

static void table_row_test(void **state)
{
    static const struct column columns[] = { { .name = "DEAL", .cut = true },
                                             { .name = "VALUE", .right = true } };
    const struct row *row = *state;
    char *text = NULL, *line;
    size_t len = 0;
    const struct cmd_env env = { .out = open_memstream(&text, &len),
                                 .color = row->color,
                                 .width = row->width };
    struct table *table = table_new(COLUMNS_OF(columns));

    table_row(table);
    table_text(table, 0, bc_str_of(row->deal));
    if (row->value)
        table_text(table, 1, bc_str_of(row->value));
    table_print(&env, table);
    table_free(table);
    fclose(env.out);
    line = strchr(text, '\n');
    assert_non_null(line);
    assert_string_equal(line + 1, row->want);
    free(text);
}

static void print_one(const struct cmd_env *env, bool any)
{
    static const struct column columns[] = { { .name = "A" } };
    struct table *table = table_new(COLUMNS_OF(columns));

    if (any) {
        table_row(table);
        table_text(table, 0, BC_STR("x"));
        table_color(table, 0, "red");
    }
    table_print(env, table);
    table_free(table);
}

static void colours_are_left_out_where_not_wanted(void **state)
{
    char *text = NULL;
    size_t len = 0;
    struct cmd_env env = { .out = open_memstream(&text, &len) };

    (void)state;
    print_one(&env, true);
    fflush(env.out);
    assert_null(strchr(text, '\033'));
    env.color = true;
    print_one(&env, true);
    fclose(env.out);
    assert_non_null(strchr(text, '\033'));
    free(text);
}

static void names_of_columns_are_escaped_too(void **state)
{
    const struct column columns[] = { { .name = "A\xe2\x80\xae\033" } };
    struct table *table = table_new(COLUMNS_OF(columns));
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .out = open_memstream(&text, &len) };

    (void)state;
    table_row(table);
    table_text(table, 0, BC_STR("x"));
    table_print(&env, table);
    table_free(table);
    fclose(env.out);
    assert_string_equal(text, "A\\u{202e}\\x1b\nx\n");
    free(text);
}

static void a_table_without_rows_prints_nothing(void **state)
{
    char *text = NULL;
    size_t len = 0;
    const struct cmd_env env = { .out = open_memstream(&text, &len) };

    (void)state;
    print_one(&env, false);
    fclose(env.out);
    assert_int_equal(len, 0);
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 3] = {
        cmocka_unit_test(colours_are_left_out_where_not_wanted),
        cmocka_unit_test(names_of_columns_are_escaped_too),
        cmocka_unit_test(a_table_without_rows_prints_nothing),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 3] = (struct CMUnitTest){ rows[i].name, table_row_test, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("tools/print/table", tests, NULL, NULL);
}
