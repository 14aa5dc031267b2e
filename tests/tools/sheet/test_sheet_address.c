/* tools/sheet/sheet_address: a link in whatever form it was copied leads to one table, and what
 * cannot be trusted as one is refused. */
#include "tests/support/check.h"
#include "tools/sheet/sheet_address.h"

#define DOCS "https://docs.google.com"

static const struct {
    const char *text;
    enum sheet_kind kind;
    const char *base, *path, *shown;
} good[] = {
    { DOCS "/spreadsheets/d/1a-B_2/edit#gid=12", SHEET_GOOGLE, DOCS,
      "/spreadsheets/d/1a-B_2/export?format=csv&gid=12", DOCS "/spreadsheets/d/1a-B_2#gid=12" },
    { DOCS "/spreadsheets/d/1a/edit?usp=sharing", SHEET_GOOGLE, DOCS,
      "/spreadsheets/d/1a/export?format=csv", DOCS "/spreadsheets/d/1a" },
    { DOCS "/spreadsheets/u/1/d/1a/edit?gid=7#gid=7", SHEET_GOOGLE, DOCS,
      "/spreadsheets/d/1a/export?format=csv&gid=7", DOCS "/spreadsheets/d/1a#gid=7" },
    { DOCS "/a/example.org/spreadsheets/d/1a/edit?resourcekey=0-k_2", SHEET_GOOGLE, DOCS,
      "/spreadsheets/d/1a/export?format=csv&resourcekey=0-k_2", DOCS "/spreadsheets/d/1a" },
    { "https://DOCS.google.com/spreadsheets/d/1a", SHEET_GOOGLE, DOCS,
      "/spreadsheets/d/1a/export?format=csv", DOCS "/spreadsheets/d/1a" },
    { DOCS "/spreadsheets/d/1a/export?format=xlsx&gid=3", SHEET_GOOGLE, DOCS,
      "/spreadsheets/d/1a/export?format=csv&gid=3", DOCS "/spreadsheets/d/1a#gid=3" },
    { DOCS "/spreadsheets/d/e/2PACX-1v/pubhtml?gid=5&single=true", SHEET_PUBLISHED, DOCS,
      "/spreadsheets/d/e/2PACX-1v/pub?single=true&output=csv&gid=5",
      DOCS "/spreadsheets/d/e/2PACX-1v#gid=5" },
    { "https://example.org:8443/a/b.csv?key=secret#top", SHEET_OTHER, "https://example.org:8443",
      "/a/b.csv?key=secret", "https://example.org:8443/a/b.csv" },
    { "https://docs.google.com.example.org/spreadsheets/d/1a/edit", SHEET_OTHER,
      "https://docs.google.com.example.org", "/spreadsheets/d/1a/edit",
      "https://docs.google.com.example.org/spreadsheets/d/1a/edit" },
};

static const struct {
    const char *text, *said;
} bad[] = {
    { DOCS "/spreadsheets/d/1a/edit?gid=0&&gid=0gid=0", "gid=0gid=0 is no sheet's number" },
    { DOCS "/spreadsheets/d/1a/edit?gid=1#gid=2", "names two sheets" },
    { DOCS "/spreadsheets/d/1a/edit#gid=", "gid= is no sheet's number" },
    { DOCS "/spreadsheets/d/1a/edit#gid=12345678901", "no sheet's number" },
    { DOCS "/spreadsheets/d/1a/export?format=csv&range=A1:B2", "range=" },
    { DOCS "/spreadsheets/d/1a/gviz/tq?tqx=out:csv&sheet=Log", "/spreadsheets/d/1a/export?format="
                                                               "csv&gid=NUMBER" },
    { DOCS "/spreadsheets/d/1a/gviz/tq?gid=4", "/spreadsheets/d/1a/export?format=csv&gid=4" },
    { DOCS "/spreadsheets/d/1a%2e/edit", "no link of a spreadsheet" },
    { DOCS "/spreadsheets/", "no link of a spreadsheet" },
    { DOCS "/document/d/1a/edit", "no link of a spreadsheet" },
    { DOCS "/spreadsheets/d/1a/edit?resourcekey=a%0d", "resource key" },
    { "https://drive.google.com/file/d/1a/view", "open it in a browser" },
    { "https://user@example.org/a.csv", "names a user" },
    { "https://example.org", "names no table" },
    { "https:///a.csv", "names no table" },
    { "https://example.org//evil/a.csv", "names no table" },
    { "https://example.org/a\nb.csv", "a character that no address has" },
    { "https://example.org/\xc3\xa9.csv", "a character that no address has" },
    { "file:///etc/passwd", "no https address" },
    { "http://example.org/a.csv", "by plain http whoever is on the way" },
    { "log.csv", "no https address" },
    { "", "no https address" },
};

static void leads_to_one_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        bc_arena *arena = bc_arena_new();
        struct sheet_address address;
        struct bc_err err = { 0 };

        check_ok(sheet_address_read(&address, arena, good[i].text, &err), &err);
        assert_int_equal(address.kind, good[i].kind);
        assert_string_equal(address.base, good[i].base);
        assert_string_equal(address.path, good[i].path);
        assert_string_equal(address.shown.at, good[i].shown);
        bc_arena_free(arena);
    }
}

static void is_refused_with_what_to_give(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        bc_arena *arena = bc_arena_new();
        struct sheet_address address;
        struct bc_err err = { 0 };

        assert_int_equal(sheet_address_read(&address, arena, bad[i].text, &err), BC_E_INPUT);
        if (!strstr(err.message, bad[i].said))
            fail_msg("%s: %s", bad[i].text, err.message);
        bc_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leads_to_one_table),
        cmocka_unit_test(is_refused_with_what_to_give),
    };

    return cmocka_run_group_tests_name("tools/sheet/sheet_address", tests, NULL, NULL);
}
