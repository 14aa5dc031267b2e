/* tools/print/print_html: rows as a table of a page: a line a row, groups with their number, what
 * is beyond the twentieth folded; of very many the first. */
#include "tests/support/check.h"
#include "tools/print/print_html.h"

#include <string.h>

static const struct cmd_env env = { 0 };

static void check_text(struct html_out *out, const char *want)
{
    bc_buf_add_byte(&out->text, '\0');
    assert_string_equal(out->text.at, want);
    bc_buf_release(&out->text);
}

static void put_bold(struct html_out *out, const struct row *row)
{
    html_out_put(out, "<b>");
    html_out_cell(out, row_find(row, "n"));
    html_out_put(out, "</b>");
}

static void put_head(struct html_out *out, const struct row *row)
{
    assert_null(row);
    html_out_put(out, "<i>drawn</i>");
}

/* Groups of three; every fifth is left out. */
static void fill(struct row *row, const void *source, size_t i)
{
    (void)source;
    assert_true(row_for_pages(row) && row_for_programs(row) && !row_for_people(row));
    row_format(row, "name", "<%zu>", i);
    row_count(row, "n", i);
    row_text(row, "empty", BC_STR(""));
    row_null(row, "none");
    row_format(row, "group", "%zu", i / 3);
    row_bool(row, "shown", i % 5 != 4);
}

static void put_group(struct html_out *out, const struct row *row)
{
    html_out_put(out, "group ");
    html_out_cell(out, row_find(row, "group"));
}

static void each_column_has_its_cell_and_its_classes(void **state)
{
    static const struct column columns[] = {
        { .name = "Name", .key = "name", .about = true },
        { .name = "A\n& B", .key = "n", .right = true, .class = "big" },
        { .name = "Drawn", .class = "pic", .leave = 1, .draw = put_bold, .draw_heading = put_head },
        { .name = "Empty", .key = "empty", .leave = 2 },
        { .name = "Dash", .key = "empty", .leave = 3, .dash = true },
        { .name = "Null", .key = "none", .leave = 9 },
        { .name = "Absent", .key = "absent" },
    };
    const struct html_table table = { .columns = COLUMNS_OF(columns), .class = "full" };
    struct html_out out = { .env = &env };

    (void)state;
    print_html_of(&out, &table, rows_of(fill, NULL, 1));
    check_text(&out, "<table class=\"full\"><thead><tr><th scope=\"col\">Name</th>"
                     "<th scope=\"col\" class=\"n big\">A<br>&amp; B</th>"
                     "<th scope=\"col\" class=\"pic p2\"><i>drawn</i></th>"
                     "<th scope=\"col\" class=\"p25\">Empty</th>"
                     "<th scope=\"col\" class=\"p3\">Dash</th>"
                     "<th scope=\"col\" class=\"p3\">Null</th>"
                     "<th scope=\"col\">Absent</th></tr></thead><tbody>\n"
                     "<tr><th scope=\"row\">&lt;0&gt;</th><td class=\"n big\">0</td>"
                     "<td class=\"pic p2\"><b>0</b></td><td class=\"p25\"></td>"
                     "<td class=\"p3\">\xe2\x80\x93</td><td class=\"p3\">\xe2\x80\x93</td>"
                     "<td></td></tr>\n"
                     "</tbody></table>\n");
}

static void no_rows_are_no_table(void **state)
{
    static const struct column columns[] = { { .name = "Name", .key = "name" } };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };
    struct html_out out = { .env = &env };

    (void)state;
    print_html_of(&out, &table, rows_of(fill, NULL, 0));
    check_text(&out, "");
}

static void groups_have_a_heading_with_their_number(void **state)
{
    static const struct column columns[] = { { .name = "N", .key = "n" } };
    const struct html_table table = {
        .columns = COLUMNS_OF(columns), .only = "shown", .group = "group", .draw_group = put_group
    };
    struct html_out out = { .env = &env };

    (void)state;
    print_html_of(&out, &table, rows_of(fill, NULL, 6));
    check_text(&out, "<table><thead><tr><th scope=\"col\">N</th></tr></thead>"
                     "<tbody class=\"grp\"><tr><th scope=\"rowgroup\" colspan=\"1\">group 0: 3</th>"
                     "</tr>\n<tr><td>0</td></tr>\n<tr><td>1</td></tr>\n<tr><td>2</td></tr>\n"
                     "</tbody>"
                     "<tbody class=\"grp\"><tr><th scope=\"rowgroup\" colspan=\"1\">group 1: 2</th>"
                     "</tr>\n<tr><td>3</td></tr>\n<tr><td>5</td></tr>\n"
                     "</tbody></table>\n");
}

static void a_heading_may_be_without_its_number(void **state)
{
    static const struct column columns[] = { { .name = "N", .key = "n" } };
    const struct html_table table = {
        .columns = COLUMNS_OF(columns), .group = "group", .draw_group = put_group, .uncounted = true
    };
    struct html_out out = { .env = &env };

    (void)state;
    print_html_of(&out, &table, rows_of(fill, NULL, 1));
    check_text(&out, "<table><thead><tr><th scope=\"col\">N</th></tr></thead>"
                     "<tbody class=\"grp\"><tr><th scope=\"rowgroup\" colspan=\"1\">group 0</th>"
                     "</tr>\n<tr><td>0</td></tr>\n</tbody></table>\n");
}

/* How often a text is in another. */
static size_t times_in(const struct html_out *out, const char *what)
{
    const size_t len = strlen(what);
    size_t n = 0;

    for (size_t i = 0; i + len <= out->text.len; i++)
        n += memcmp(out->text.at + i, what, len) == 0;
    return n;
}

static void more_than_twenty_are_folded(void **state)
{
    static const struct column columns[] = { { .name = "N", .key = "n" } };
    static const struct {
        size_t n, shown, tables, groups;
        bool grouped, all, brief;
        const char *summary, *note;
    } rows[] = {
        { 20, 20, 1, 0, .summary = NULL },
        { 21, 21, 2, 0, .summary = "<summary>1 more</summary>" },
        { 300, 300, 1, 0, .all = true },
        { 300, 300, 1, 0, .all = true, .brief = true },
        { 200, 200, 2, 0, .brief = true, .summary = "<summary>180 more</summary>" },
        { 300, 200, 2, 0, .summary = "<summary>180 more</summary>", .note = "first 200 of 300;" },
        { 201, 20, 1, 0, .brief = true, .note = "first 20 of 201;" },
        { 201, 20, 1, 7, .grouped = true, .brief = true, .note = "first 20 of 201;" },
        /* The seventh is in both tables. */
        { 21, 21, 2, 8, .grouped = true, .summary = "<summary>1 more</summary>" },
        { 25, 25, 2, 10, .grouped = true, .summary = "<summary>5 more</summary>" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct html_table table = { .columns = COLUMNS_OF(columns),
                                          .group = rows[i].grouped ? "group" : NULL,
                                          .draw_group = put_group,
                                          .all = rows[i].all };
        struct html_out out = { .env = &env, .brief = rows[i].brief };

        print_html_of(&out, &table, rows_of(fill, NULL, rows[i].n));
        assert_int_equal(times_in(&out, "<tr><td>"), rows[i].shown);
        assert_int_equal(times_in(&out, "<table>"), rows[i].tables);
        assert_int_equal(times_in(&out, "<tbody"), times_in(&out, "</tbody>"));
        assert_int_equal(times_in(&out, "rowgroup"), rows[i].groups);
        assert_int_equal(times_in(&out, "<details>"), rows[i].summary != NULL);
        if (rows[i].summary)
            assert_int_equal(times_in(&out, rows[i].summary), 1);
        assert_int_equal(times_in(&out, "class=\"note\""), rows[i].note != NULL);
        if (rows[i].note)
            assert_int_equal(times_in(&out, rows[i].note), 1);
        bc_buf_release(&out.text);
    }
}

static void tables_are_named_by_their_section(void **state)
{
    const struct column columns[] = { { .name = "A\n& B", .key = "n", .about = true } };
    const struct html_table table = { .columns = COLUMNS_OF(columns) };
    struct html_out out = { .env = &env, .section = "Of \"it\"" };

    (void)state;
    print_html_of(&out, &table, rows_of(fill, NULL, HTML_ROWS + 1));
    assert_int_equal(times_in(&out, "<table aria-label=\"Of &quot;it&quot;: A &amp; B\">"), 1);
    assert_int_equal(times_in(&out, "<table aria-label=\"Of &quot;it&quot;: A &amp; B, more\">"),
                     1);
    bc_buf_release(&out.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_column_has_its_cell_and_its_classes),
        cmocka_unit_test(tables_are_named_by_their_section),
        cmocka_unit_test(no_rows_are_no_table),
        cmocka_unit_test(groups_have_a_heading_with_their_number),
        cmocka_unit_test(a_heading_may_be_without_its_number),
        cmocka_unit_test(more_than_twenty_are_folded),
    };

    return cmocka_run_group_tests_name("tools/print/print_html", tests, NULL, NULL);
}
