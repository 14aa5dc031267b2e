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
    { "a narrow terminal cuts what may be cut, not its end", false, 20,
      "a-deal-with-a-name-longer-than-its-column", "7", "a-de\xe2\x80\xa6s-column      7\n" },
};

static void table_row_test(void **state)
{
    static const struct column columns[] = { { .name = "DEAL", .fit = COLUMN_MIDDLE },
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

/* --- on terminals of some width --- */

#define WORDS                                                                                      \
    {                                                                                              \
        .name = "WORDS", .fit = COLUMN_WRAP                                                        \
    }
#define ID                                                                                         \
    {                                                                                              \
        .name = "ID", .fit = COLUMN_MIDDLE                                                         \
    }
#define LEAVES                                                                                     \
    {                                                                                              \
        .name = "LEAVES", .leave = 1                                                               \
    }
#define NAME                                                                                       \
    {                                                                                              \
        .name = "NAME", .fit = COLUMN_END, .shows = COLUMN_DEAL_NAME                               \
    }
#define NUMBER                                                                                     \
    {                                                                                              \
        .name = "NUMBER", .right = true                                                            \
    }

enum { CELLS = 4 };

static struct narrow {
    const char *name;
    struct column columns[CELLS];
    const char *cells[CELLS]; /* of its one row */
    int width;
    uint64_t left_out;
    const char *want;
} narrows[] = {
    { "a sentence goes on below itself",
      { ID, WORDS, NUMBER },
      { "d1", "one two three four five six", "7" },
      28,
      0,
      "ID  WORDS          NUMBER\n"
      "d1  one two three       7\n"
      "    four five six  \n" },
    { "so does a heading",
      { ID, { .name = "WHAT HAPPENED THEN", .fit = COLUMN_WRAP, .least = 10 } },
      { "d1", "x" },
      17,
      0,
      "ID  WHAT HAPPENED\n"
      "    THEN\n"
      "d1  x\n" },
    { "sentences give before ids do",
      { ID, WORDS },
      { "sample:deal/165/stage/20", "a sentence that has more than forty columns" },
      68,
      0,
      "ID                        WORDS\n"
      "sample:deal/165/stage/20  a sentence that has more than forty\n"
      "                          columns\n" },
    { "names are cut at their end",
      { ID, NAME, NUMBER },
      { "d1", "University of Larkness", "7" },
      24,
      0,
      "ID  NAME          NUMBER\n"
      "d1  University \xe2\x80\xa6       7\n" },
    { "where there are no names there is no column for them",
      { ID, NAME, NUMBER },
      { "d1", NULL, "7" },
      80,
      0,
      "ID  NUMBER\n"
      "d1       7\n" },
    { "nor where nothing is cut",
      { ID, NAME, NUMBER },
      { "d1", NULL, "7" },
      0,
      0,
      "ID  NUMBER\n"
      "d1       7\n" },
    { "a column that may be left out is, and is named",
      { ID, LEAVES, NUMBER },
      { "d1", "1234567890", "7" },
      20,
      2,
      "ID  NUMBER\n"
      "d1       7\n" },
    { "not where there is room",
      { ID, LEAVES, NUMBER },
      { "d1", "1234567890", "7" },
      22,
      0,
      "ID  LEAVES      NUMBER\n"
      "d1  1234567890       7\n" },
    { "a column without a cell goes first, and is not named",
      { ID, LEAVES, NUMBER },
      { "d1", NULL, "7" },
      12,
      0,
      "ID  NUMBER\n"
      "d1       7\n" },
    { "what cannot be narrowed is folded",
      { ID, NUMBER, NUMBER, NUMBER },
      { "d1", "1", "2", "3" },
      20,
      0,
      "ID  NUMBER  NUMBER\n"
      "d1       1       2\n"
      "\n"
      "ID  NUMBER\n"
      "d1       3\n" },
    { "beside as many columns as are asked for",
      { ID, { .name = "NUMBER", .right = true, .stays = true }, NUMBER, NUMBER },
      { "d1", "1", "2", "3" },
      20,
      0,
      "ID  NUMBER  NUMBER\n"
      "d1       1       2\n"
      "\n"
      "ID  NUMBER  NUMBER\n"
      "d1       1       3\n" },
    { "the first ones are narrowed alike in each part",
      { { .name = "WORDS", .fit = COLUMN_WRAP, .least = 8 }, NUMBER, NUMBER },
      { "one two three", "1", "2" },
      17,
      0,
      "WORDS    NUMBER\n"
      "one two       1\n"
      "three    \n"
      "\n"
      "WORDS    NUMBER\n"
      "one two       2\n"
      "three    \n" },
    { "one column alone is printed, however narrow it is",
      { { .name = "A" } },
      { "wider than the terminal" },
      10,
      0,
      "A\n"
      "wider than the terminal\n" },
};

static void table_on_a_terminal(void **state)
{
    const struct narrow *narrow = *state;
    size_t n = 0, len = 0;
    char *text = NULL;
    struct cmd_env env = { .width = narrow->width };
    struct table *table;

    while (n < CELLS && narrow->columns[n].name)
        n++;
    table = table_new((struct columns){ narrow->columns, n });
    env.out = open_memstream(&text, &len);
    table_row(table);
    for (size_t i = 0; i < n; i++)
        if (narrow->cells[i])
            table_text(table, i, bc_str_of(narrow->cells[i]));
    assert_int_equal(table_print(&env, table), narrow->left_out);
    table_free(table);
    fclose(env.out);
    assert_string_equal(text, narrow->want);
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
    struct CMUnitTest tests[3 + ARRAY_LEN(rows) + ARRAY_LEN(narrows)] = {
        cmocka_unit_test(colours_are_left_out_where_not_wanted),
        cmocka_unit_test(names_of_columns_are_escaped_too),
        cmocka_unit_test(a_table_without_rows_prints_nothing),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 3] = (struct CMUnitTest){ rows[i].name, table_row_test, NULL, NULL, &rows[i] };
    for (size_t i = 0; i < ARRAY_LEN(narrows); i++)
        tests[i + 3 + ARRAY_LEN(rows)] =
            (struct CMUnitTest){ narrows[i].name, table_on_a_terminal, NULL, NULL, &narrows[i] };
    return cmocka_run_group_tests_name("tools/print/table", tests, NULL, NULL);
}
