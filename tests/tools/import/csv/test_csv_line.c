/* tests/tools/import/csv/test_csv_line.c - a name or a word of a table is one that a map can have:
 * written as YAML it is read back, whatever it is made of. */
#include "projections/yaml/yaml.h"
#include "tests/support/check.h"
#include "tools/import/csv/csv_line.h"

#include <inttypes.h>

static struct row {
    const char *name, *text, *want;
} rows[] = {
    { "a line stays as it is", "Deal stage", "Deal stage" },
    { "a line end is a blank", "Deal\nstage", "Deal stage" },
    { "as are several", "Deal\r\n\r\nstage", "Deal stage" },
    { "a tab, a bell, a delete",
      "a\tb\ac\x7f"
      "d",
      "a b c d" },
    { "those beyond ASCII: next line, line separator, byte order mark",
      "a\xc2\x85"
      "b\xe2\x80\xa8"
      "c\xef\xbb\xbf"
      "d",
      "a b c d" },
    { "blanks that were there stay", "a \n b\n", "a   b " },
    { "letters that begin as those do", "\xc2\xa0\xe2\x82\xac\xef\xbc\x8c",
      "\xc2\xa0\xe2\x82\xac\xef\xbc\x8c" },
    { "nothing", "", "" },
};

static void check_row(void **state)
{
    const struct row *row = *state;
    bc_arena *arena = bc_arena_new();
    struct bc_str got = csv_line(arena, bc_str_of(row->text));

    assert_true(bc_str_eq(got, bc_str_of(row->want)));
    if (strcmp(row->text, row->want) == 0)
        assert_ptr_equal(got.at, row->text);
    bc_arena_free(arena);
}

static void add_char(struct bc_buf *out, uint32_t c)
{
    if (c < 0x80) {
        bc_buf_add_byte(out, (char)c);
    } else if (c < 0x800) {
        bc_buf_add_byte(out, (char)(0xC0 | c >> 6));
        bc_buf_add_byte(out, (char)(0x80 | (c & 0x3f)));
    } else {
        if (c < 0x10000) {
            bc_buf_add_byte(out, (char)(0xE0 | c >> 12));
        } else {
            bc_buf_add_byte(out, (char)(0xF0 | c >> 18));
            bc_buf_add_byte(out, (char)(0x80 | (c >> 12 & 0x3f)));
        }
        bc_buf_add_byte(out, (char)(0x80 | (c >> 6 & 0x3f)));
        bc_buf_add_byte(out, (char)(0x80 | (c & 0x3f)));
    }
}

/* As a member of a list, and as a key. */
static void read_back(const struct bc_str *names, size_t n)
{
    struct bc_err err = { 0 };
    struct bc_buf yaml = { 0 };
    bc_arena *arena = bc_arena_new();
    const struct bc_yaml *root = NULL, *item, *member;

    bc_buf_add_str(&yaml, BC_STR("list:\n"));
    for (size_t i = 0; i < n; i++) {
        bc_buf_add_str(&yaml, BC_STR("  - "));
        bc_yaml_print_text(&yaml, names[i]);
        bc_buf_add_byte(&yaml, '\n');
    }
    bc_buf_add_str(&yaml, BC_STR("map:\n"));
    for (size_t i = 0; i < n; i++) {
        bc_buf_add_str(&yaml, BC_STR("  "));
        bc_yaml_print_text(&yaml, names[i]);
        bc_buf_add_str(&yaml, BC_STR(": x\n"));
    }
    check_ok(
        bc_yaml_read(&root, arena, &(struct bc_yaml_source){ "names", bc_buf_str(&yaml) }, &err),
        &err);
    item = root->first->first;
    member = root->first->next->first;
    for (size_t i = 0; i < n; i++, item = item->next, member = member->next) {
        assert_true(bc_str_eq(item->text, names[i]));
        assert_true(bc_str_eq(member->key, names[i]));
    }
    bc_buf_release(&yaml);
    bc_arena_free(arena);
}

static void every_character(void **state)
{
    enum { AT_ONCE = 2000 };
    struct bc_str names[AT_ONCE];
    bc_arena *arena = bc_arena_new();
    struct bc_buf text = { 0 };
    size_t n = 0;

    (void)state;
    for (uint32_t c = 1; c < 0x30000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        text.len = 0;
        bc_buf_printf(&text, "a%" PRIx32, c); /* a key is there once */
        add_char(&text, c);
        add_char(&text, c);
        bc_buf_add_byte(&text, 'b');
        names[n++] = csv_line(arena, bc_arena_copy(arena, bc_buf_str(&text)));
        if (n < AT_ONCE)
            continue;
        read_back(names, n);
        bc_arena_reset(arena);
        n = 0;
    }
    read_back(names, n);
    bc_buf_release(&text);
    bc_arena_free(arena);
}

static void long_names(void **state)
{
    static const size_t lengths[] = { 1000, 1023, 1024, 1025, 5000, 60000 };
    struct bc_buf text = { 0 };
    struct bc_str name;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
        while (text.len < lengths[i])
            bc_buf_add_byte(&text, 'x');
        name = bc_buf_str(&text);
        read_back(&name, 1);
        text.at[0] = '{';
        read_back(&name, 1);
    }
    bc_buf_release(&text);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, check_row, NULL, NULL, &rows[i] };
    tests[ARRAY_LEN(rows)] = (struct CMUnitTest)cmocka_unit_test(every_character);
    tests[ARRAY_LEN(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(long_names);
    return cmocka_run_group_tests_name("tools/import/csv/csv_line", tests, NULL, NULL);
}
