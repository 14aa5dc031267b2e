/* tools/print/rows: the same rows as JSON, as a table, as CSV: no printer knows what is in them. */
#include "tests/support/check.h"
#include "tools/print/print_csv.h"
#include "tools/print/print_json.h"
#include "tools/print/print_table.h"

#include <stdio.h>
#include <string.h>

/* --- a cell of each kind, in each form --- */

static const struct bc_head head = { .size = 7 };
#define ROOT "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

static const bc_int128 amounts[] = { -1234500000, 125000,
                                     (bc_int128)1000000000000000000 * 1000000000 };

static void fill_inner(struct row *row, const void *source, size_t i)
{
    (void)source;
    (void)i;
    row_word(row, "inner", "yes");
}

static struct kind_case {
    const char *name;
    struct cell cell;
    const char *json, *people, *csv; /* csv NULL: no cell of a spreadsheet */
} kind_cases[] = {
    { "null", { .kind = CELL_NULL }, "null", "\xe2\x80\x93", "" },
    { "a text", { .kind = CELL_TEXT, .text = BYTES("d1") }, "\"d1\"", "d1", "d1" },
    { "a text that would command a terminal",
      { .kind = CELL_TEXT, .text = BYTES("\033[2J\"") },
      "\"\\u001b[2J\\\"\"",
      "\\x1b[2J\"",
      "\"\\x1b[2J\"\"\"" },
    { "a text that would be a formula",
      { .kind = CELL_TEXT, .text = BYTES("=1,2") },
      "\"=1,2\"",
      "=1,2",
      "\"'=1,2\"" },
    { "no text", { .kind = CELL_TEXT }, "\"\"", "", "" },
    { "texts",
      { .kind = CELL_TEXTS, .texts = { (const struct bc_str[]){ BYTES("a"), BYTES("b") }, 2 } },
      "[\"a\", \"b\"]",
      "a, b",
      "\"a, b\"" },
    { "no texts", { .kind = CELL_TEXTS }, "[]", "", "" },
    { "true", { .kind = CELL_BOOL, .yes = true }, "true", "yes", "yes" },
    { "false", { .kind = CELL_BOOL }, "false", "no", "no" },
    { "a count", { .kind = CELL_COUNT, .count = 14 }, "14", "14", "14" },
    { "the largest count",
      { .kind = CELL_COUNT, .count = UINT64_MAX },
      "18446744073709551615",
      "18446744073709551615",
      "18446744073709551615" },
    { "an integer below nought", { .kind = CELL_INTEGER, .integer = -3 }, "-3", "-3", "-3" },
    { "a seq", { .kind = CELL_SEQ, .count = 48211 }, "\"48211\"", "48211", "48211" },
    { "a number", { .kind = CELL_NUMBER, .number = 14 }, "14", "14", "14" },
    { "tenths",
      { .kind = CELL_TENTHS, .number = 1.0 / 3 },
      "0.3333333333333333",
      "0.3",
      "0.3333333333333333" },
    { "a rate", { .kind = CELL_RATE, .number = 0.31 }, "0.31", "31.0 %", "0.31" },
    { "days", { .kind = CELL_DAYS, .number = -81.55 }, "-81.55", "-81.5 d", "-81.55" },
    { "an amount",
      { .kind = CELL_AMOUNT, .millionths = &amounts[0] },
      "\"-1234.5\"",
      "-1234.50",
      "-1234.5" },
    { "an amount with millionths, for people with hundredths, half to even",
      { .kind = CELL_AMOUNT, .millionths = &amounts[1] },
      "\"0.125\"",
      "0.12",
      "0.125" },
    { "a whole amount that 64 bits do not hold",
      { .kind = CELL_AMOUNT, .millionths = &amounts[2] },
      "\"1000000000000000000000\"",
      "1000000000000000000000.00",
      "1000000000000000000000" },
    { "an instant",
      { .kind = CELL_INSTANT, .us = 1743465599999999 },
      "\"2025-03-31T23:59:59.999999Z\"",
      "2025-03-31 23:59:59",
      "2025-03-31T23:59:59.999999Z" },
    { "a head",
      { .kind = CELL_HEAD, .head = &head },
      "{\"seq\": \"7\", \"root\": \"" ROOT "\"}",
      ROOT,
      ROOT },
    { "JSON", { .kind = CELL_JSON, .text = BYTES("{\"a\":1}") }, "{\"a\":1}", "", NULL },
    { "a row within",
      { .kind = CELL_ROW, .rows = { .fill = fill_inner, .n = 1 } },
      "{\"inner\": \"yes\"}",
      "",
      NULL },
    { "rows within",
      { .kind = CELL_ROWS, .rows = { .fill = fill_inner, .n = 2 } },
      "[{\"inner\": \"yes\"}, {\"inner\": \"yes\"}]",
      "",
      NULL },
    { "no rows within",
      { .kind = CELL_ROWS, .rows = { .fill = fill_inner, .n = 0 } },
      "[]",
      "",
      NULL },
};

/* The cell in question, and one after it. */
static void fill_case(struct row *row, const void *source, size_t i)
{
    const struct kind_case *one = source;

    (void)i;
    row_null(row, "cell");
    row->cells[0] = one->cell;
    row->cells[0].key = "cell";
    row_word(row, "last", "z");
}

static const struct column case_columns[] = { { .name = "CELL", .key = "cell" },
                                              { .name = "LAST", .key = "last" } };

struct paper {
    char *text;
    size_t len;
    struct cmd_env env;
};

static void paper_open(struct paper *paper)
{
    *paper = (struct paper){ 0 };
    paper->env.out = open_memstream(&paper->text, &paper->len);
}

/* Closes it, too. */
static void paper_says(struct paper *paper, const char *want)
{
    fclose(paper->env.out);
    assert_string_equal(paper->text, want);
    free(paper->text);
}

static void kind_case_test(void **state)
{
    const struct kind_case *one = *state;
    char want[256];
    struct bc_err err = { 0 };
    struct paper paper;

    paper_open(&paper);
    check_ok(print_json(&paper.env, fill_case, one, &err), &err);
    snprintf(want, sizeof(want), "{\"cell\": %s, \"last\": \"z\"}\n", one->json);
    paper_says(&paper, want);

    paper_open(&paper);
    print_table_of(&paper.env, COLUMNS_OF(case_columns), rows_of(fill_case, one, 1));
    fflush(paper.env.out);
    assert_non_null(strchr(paper.text, '\n'));
    assert_memory_equal(strchr(paper.text, '\n') + 1, one->people, strlen(one->people));
    assert_string_equal(paper.text + paper.len - 2, "z\n");
    fclose(paper.env.out);
    free(paper.text);

    if (!one->csv)
        return;
    paper_open(&paper);
    print_csv_of(paper.env.out, COLUMNS_OF(case_columns), rows_of(fill_case, one, 1));
    snprintf(want, sizeof(want), "CELL,LAST\n%s,z\n", one->csv);
    paper_says(&paper, want);
}

/* --- rows within rows --- */

/* A tree of the given depth; each row says at which depth it is. */
static void fill_tree(struct row *row, const void *source, size_t i)
{
    const unsigned *depth = source;

    row_count(row, "depth", *depth);
    row_format(row, "name", "%u.%zu", *depth, i);
    if (*depth > 0)
        row_rows(row, "below", rows_of(fill_tree, depth - 1, 2));
    row_format(row, "end", "%u", *depth);
}

#define LEAVES                                                                                     \
    "{\"depth\": 0, \"name\": \"0.0\", \"end\": \"0\"}, "                                          \
    "{\"depth\": 0, \"name\": \"0.1\", \"end\": \"0\"}"

static void rows_nest_and_each_has_texts_of_its_own(void **state)
{
    static const unsigned depths[] = { 0, 1, 2 };
    struct bc_err err = { 0 };
    struct paper paper;

    (void)state;
    paper_open(&paper);
    check_ok(print_json(&paper.env, fill_tree, &depths[2], &err), &err);
    paper_says(&paper,
               "{\"depth\": 2, \"name\": \"2.0\", \"below\": ["
               "{\"depth\": 1, \"name\": \"1.0\", \"below\": [" LEAVES "], \"end\": \"1\"}, "
               "{\"depth\": 1, \"name\": \"1.1\", \"below\": [" LEAVES "], \"end\": \"1\"}], "
               "\"end\": \"2\"}\n");
}

static void fill_value(struct row *row, const void *source, size_t i)
{
    row_count(row, NULL, ((const unsigned *)source)[i]);
}

/* Cells after the rows, which say how many there were. */
static void fill_sum(struct row *row, const void *source, size_t i)
{
    (void)i;
    row_count(row, "sum", *(const unsigned *)source);
}

static bc_status find_values(struct row_taker *taker, void *finder, struct bc_err *err)
{
    unsigned *sum = finder;
    bc_status rc = BC_OK;

    for (unsigned i = 1; rc == BC_OK && i <= 3; i++) {
        *sum += i;
        row_count(taker->row, NULL, i);
        rc = row_take(taker, err);
    }
    return rc;
}

static void fill_found(struct row *row, const void *source, size_t i)
{
    unsigned *sum = *(unsigned *const *)source;

    (void)i;
    row_rows(row, "found", rows_found(find_values, sum));
    row_rest(row, fill_sum, sum);
    row_word(row, "last", "z");
}

static void a_row_ends_with_what_its_rows_came_to(void **state)
{
    struct bc_err err = { 0 };
    struct paper paper;
    unsigned sum = 0, *at = &sum;

    (void)state;
    paper_open(&paper);
    check_ok(print_json(&paper.env, fill_found, &at, &err), &err);
    paper_says(&paper, "{\"found\": [1, 2, 3], \"sum\": 6, \"last\": \"z\"}\n");
}

/* Columns without a key have the cells without one, in turn. */
static void fill_mixed(struct row *row, const void *source, size_t i)
{
    (void)source;
    (void)i;
    row_count(row, NULL, 1);
    row_word(row, "name", "d1");
    row_count(row, NULL, 2);
}

static void columns_without_a_key_have_cells_without_one(void **state)
{
    static const struct column columns[] = {
        { .name = "A" }, { .name = "NAME", .key = "name" }, { .name = "B" }, { .name = "C" }
    };
    struct paper paper;

    (void)state;
    paper_open(&paper);
    print_csv_of(paper.env.out, COLUMNS_OF(columns), rows_of(fill_mixed, NULL, 1));
    paper_says(&paper, "A,NAME,B,C\n1,d1,2,\n");
    paper_open(&paper);
    print_table_of(&paper.env, COLUMNS_OF(columns), rows_of(fill_mixed, NULL, 1));
    paper_says(&paper, "A  NAME  B  C\n1  d1    2  \n");
}

static bc_status find_fault(struct row_taker *taker, void *finder, struct bc_err *err)
{
    bc_status rc;

    (void)finder;
    row_word(taker->row, "good", "yes");
    rc = row_take(taker, err);
    return rc < 0 ? rc : bc_err_set(err, BC_E_DAMAGED, "no second row");
}

static void fill_fault(struct row *row, const void *source, size_t i)
{
    (void)source;
    (void)i;
    row_rows(row, "rows", rows_found(find_fault, NULL));
}

static void rows_that_cannot_be_found_end_the_answer(void **state)
{
    static const struct column columns[] = { { .name = "good", .key = "good" } };
    const struct table_form form = { .columns = COLUMNS_OF(columns) };
    const struct rows rows = rows_found(find_fault, NULL);
    struct bc_err err = { 0 };
    struct paper paper;

    (void)state;
    paper_open(&paper);
    assert_int_equal(print_json(&paper.env, fill_fault, NULL, &err), BC_E_DAMAGED);
    paper_says(&paper, "{\"rows\": [{\"good\": \"yes\"}");
    paper_open(&paper);
    assert_int_equal(print_table(&paper.env, &form, &rows, &err), BC_E_DAMAGED);
    paper_says(&paper, "");
    paper_open(&paper);
    assert_int_equal(print_csv(paper.env.out, form.columns, &rows, &err), BC_E_DAMAGED);
    paper_says(&paper, "yes\n");
    assert_string_equal(err.message, "no second row");
}

/* --- lines --- */

static void a_row_a_line(void **state)
{
    static const unsigned values[] = { 3, 1 };
    const struct rows rows = rows_of(fill_value, values, ARRAY_LEN(values));
    struct bc_err err = { 0 };
    struct bc_buf text = { 0 };
    struct paper paper;

    (void)state;
    paper_open(&paper);
    check_ok(print_json_lines(&paper.env, &rows, 1, &err), &err);
    paper_says(&paper, "3\n1\n");
    print_json_add(&text, fill_value, values, 1);
    assert_true(bc_str_eq(bc_buf_str(&text), BC_STR("1")));
    bc_buf_release(&text);
}

/* --- who takes answers --- */

/* The texts that were taken, a line each, and how many are wanted. */
struct taken {
    struct bc_buf texts;
    size_t n, most;
};

static bc_status take_text(void *to, struct bc_str json, struct bc_err *err)
{
    struct taken *taken = to;

    bc_buf_add_str(&taken->texts, json);
    bc_buf_add_byte(&taken->texts, '\n');
    taken->n++;
    return taken->n < taken->most ? BC_OK : bc_err_set(err, BC_E_IO, "enough");
}

static void answers_go_to_who_takes_them_and_are_not_printed(void **state)
{
    static const unsigned values[] = { 3, 1, 4 }, depths[] = { 0, 1 };
    const struct rows rows = rows_of(fill_value, values, ARRAY_LEN(values));
    struct taken taken = { .most = 4 };
    struct bc_err err = { 0 };
    struct paper paper;

    (void)state;
    paper_open(&paper);
    paper.env.answers = print_json_texts_new(take_text, &taken);
    check_ok(print_json(&paper.env, fill_tree, &depths[1], &err), &err);
    assert_int_equal(print_json_lines(&paper.env, &rows, 1, &err), BC_E_IO);
    assert_string_equal(err.message, "enough");
    print_json_texts_free(paper.env.answers);
    bc_buf_add_byte(&taken.texts, '\0');
    assert_string_equal(taken.texts.at, "{\"depth\": 1, \"name\": \"1.0\", \"below\": [" LEAVES
                                        "], \"end\": \"1\"}\n3\n1\n4\n");
    assert_int_equal(taken.n, 4);
    bc_buf_release(&taken.texts);
    paper_says(&paper, "");
}

static void who_wants_no_more_gets_no_more(void **state)
{
    static const unsigned values[] = { 3, 1, 4 };
    const struct rows rows = rows_of(fill_value, values, ARRAY_LEN(values));
    struct taken taken = { .most = 2 };
    struct bc_err err = { 0 };
    struct paper paper;

    (void)state;
    paper_open(&paper);
    paper.env.answers = print_json_texts_new(take_text, &taken);
    assert_int_equal(print_json_lines(&paper.env, &rows, 0, &err), BC_E_IO);
    print_json_texts_free(paper.env.answers);
    assert_int_equal(taken.n, 2);
    bc_buf_release(&taken.texts);
    paper_says(&paper, "");
}

/* --- tables --- */

/* Two things; the first has three below it, which have a name, too, the second one without. */
static void fill_part(struct row *row, const void *source, size_t i)
{
    bool named = *(const bool *)source;

    if (named)
        row_format(row, "name", "part %zu", i);
    row_count(row, "seq", i);
}

static void fill_thing(struct row *row, const void *source, size_t i)
{
    static const bool named[] = { true, false };

    (void)source;
    row_format(row, "name", "thing %zu", i);
    row_rows(row, "parts", rows_of(fill_part, &named[i], i == 0 ? 2 : 3));
}

static const struct column thing_columns[] = { { .name = "NAME", .key = "name" },
                                               { .name = "SEQ", .key = "seq", .right = true },
                                               { .name = "NOTE", .key = "note", .dash = true } };

static void rows_below_share_a_line_where_there_is_room(void **state)
{
    const struct table_form form = { .columns = COLUMNS_OF(thing_columns), .below = "parts" };
    const struct rows rows = rows_of(fill_thing, NULL, 2);
    struct bc_err err = { 0 };
    struct paper paper;

    (void)state;
    paper_open(&paper);
    check_ok(print_table(&paper.env, &form, &rows, &err), &err);
    paper_says(&paper, "NAME     SEQ  NOTE\n"
                       "thing 0       \xe2\x80\x93\n"
                       "part 0     0  \n"
                       "part 1     1  \n"
                       "thing 1    0  \xe2\x80\x93\n"
                       "           1  \n"
                       "           2  \n");
}

static void a_page_is_lined_up_alone(void **state)
{
    const struct table_form form = { .columns = COLUMNS_OF(thing_columns),
                                     .page = 2,
                                     .before = "head\n" };
    struct rows rows = rows_of(fill_part, &(bool){ true }, 3);
    struct bc_err err = { 0 };
    struct paper paper;

    (void)state;
    paper_open(&paper);
    check_ok(print_table(&paper.env, &form, &rows, &err), &err);
    paper_says(&paper, "head\n"
                       "NAME    SEQ  NOTE\n"
                       "part 0    0  \xe2\x80\x93\n"
                       "part 1    1  \xe2\x80\x93\n"
                       "NAME    SEQ  NOTE\n"
                       "part 2    2  \xe2\x80\x93\n");
    paper_open(&paper);
    rows.n = 0;
    check_ok(print_table(&paper.env, &form, &rows, &err), &err);
    paper_says(&paper, "");
}

/* --- who reads --- */

static void fill_readers(struct row *row, const void *source, size_t i)
{
    (void)source;
    (void)i;
    if (row_for_people(row))
        row_word(row, "people", "p");
    if (row_for_programs(row))
        row_word(row, "programs", "q");
}

static void a_row_knows_who_reads_it(void **state)
{
    static const struct column columns[] = { { .name = "a", .key = "people" },
                                             { .name = "b", .key = "programs" } };
    struct bc_err err = { 0 };
    struct paper paper;

    (void)state;
    paper_open(&paper);
    check_ok(print_json(&paper.env, fill_readers, NULL, &err), &err);
    paper_says(&paper, "{\"programs\": \"q\"}\n");
    paper_open(&paper);
    print_table_of(&paper.env, COLUMNS_OF(columns), rows_of(fill_readers, NULL, 1));
    paper_says(&paper, "a  b\np  \n");
    paper_open(&paper);
    print_csv_of(paper.env.out, COLUMNS_OF(columns), rows_of(fill_readers, NULL, 1));
    paper_says(&paper, "a,b\np,q\n");
}

/* --- memory --- */

enum { MANY = 200000 };

static bc_status find_many(struct row_taker *taker, void *finder, struct bc_err *err)
{
    const char **first = finder;
    bc_status rc = BC_OK;

    for (unsigned i = 0; rc == BC_OK && i < MANY; i++) {
        row_format(taker->row, "text", "%0100u", i);
        if (i == 1)
            *first = taker->row->cells[0].text.at;
        if (i > 1)
            assert_ptr_equal(taker->row->cells[0].text.at, *first); /* the same room again */
        rc = row_take(taker, err);
    }
    return rc;
}

static void a_row_is_forgotten_when_it_was_printed(void **state)
{
    const char *first;
    const struct rows rows = rows_found(find_many, &first);
    struct bc_err err = { 0 };
    struct cmd_env env = { .out = fopen("/dev/null", "w") };

    (void)state;
    check_ok(print_json_lines(&env, &rows, 0, &err), &err);
    fclose(env.out);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(kind_cases) + 16] = {
        cmocka_unit_test(rows_nest_and_each_has_texts_of_its_own),
        cmocka_unit_test(a_row_ends_with_what_its_rows_came_to),
        cmocka_unit_test(columns_without_a_key_have_cells_without_one),
        cmocka_unit_test(rows_that_cannot_be_found_end_the_answer),
        cmocka_unit_test(a_row_a_line),
        cmocka_unit_test(answers_go_to_who_takes_them_and_are_not_printed),
        cmocka_unit_test(who_wants_no_more_gets_no_more),
        cmocka_unit_test(rows_below_share_a_line_where_there_is_room),
        cmocka_unit_test(a_page_is_lined_up_alone),
        cmocka_unit_test(a_row_knows_who_reads_it),
        cmocka_unit_test(a_row_is_forgotten_when_it_was_printed),
    };
    size_t n = 11;

    for (size_t i = 0; i < ARRAY_LEN(kind_cases); i++)
        tests[n++] =
            (struct CMUnitTest){ kind_cases[i].name, kind_case_test, NULL, NULL, &kind_cases[i] };
    return _cmocka_run_group_tests("tools/print/rows", tests, n, NULL, NULL);
}
