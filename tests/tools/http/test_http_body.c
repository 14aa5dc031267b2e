/* tests/tools/http: texts that no UTF-8 can hold are mended, and the record that they are in is
 * marked; everything else comes out as it went in. */
#include "tests/support/check.h"
#include "tools/http/http_body.h"

#include <stdlib.h>

#define MARK "\"unsound text\":true"
#define BAD  "\xef\xbf\xbd"

static struct row {
    const char *name, *body, *want;
} rows[] = {
    { "sound texts stay", "{\"a\":[\"\\ud83d\\ude00\",\"\\\\ud83d\",\"\\u0001\"]}",
      "{\"a\":[\"\xf0\x9f\x98\x80\",\"\\\\ud83d\",\"\\u0001\"]}" },
    { "U+0000", "{\"a\":\"x\\u0000y\"}", "{\"a\":\"x" BAD "y\"}" },
    { "the first half of a pair", "{\"a\":\"x\\uD83Dy\"}", "{\"a\":\"x" BAD "y\"}" },
    { "the second half", "{\"a\":\"\\ude00\"}", "{\"a\":\"" BAD "\"}" },
    { "two first halves and a second", "{\"a\":\"\\ud83d\\ud83d\\ude00\"}",
      "{\"a\":\"" BAD "\xf0\x9f\x98\x80\"}" },
    { "behind an escaped backslash", "{\"a\":\"\\\\\\ud83d\"}", "{\"a\":\"\\\\" BAD "\"}" },
    { "the record is marked, and no other",
      "{\"results\":[{\"id\":\"1\",\"p\":{\"n\":\"\\u0000\"}},{\"id\":\"2\"}]}",
      "{\"results\":[{\"id\":\"1\",\"p\":{\"n\":\"" BAD "\"}," MARK "},{\"id\":\"2\"}]}" },
    { "however deep it is", "{\"results\":[{\"h\":{\"n\":[{\"value\":\"\\udc00\"}]}}]}",
      "{\"results\":[{\"h\":{\"n\":[{\"value\":\"" BAD "\"," MARK "}]}," MARK "}]}" },
    { "a text in a list", "{\"a\":[{\"b\":[\"\\u0000\",\"c\"]}]}",
      "{\"a\":[{\"b\":[\"" BAD "\",\"c\"]," MARK "}]}" },
    { "U+0000 in a key", "{\"r\":[{\"a\\u0000b\" : 1}]}",
      "{\"r\":[{\"a" BAD "0000b\":1," MARK "}]}" },
    { "halves in two keys", "{\"r\":[{\"\\ud83d\":1,\"\\uD83E\":\"\\ud83d\"}]}",
      "{\"r\":[{\"" BAD "d83d\":1,\"" BAD "d83e\":\"" BAD "\"," MARK "}]}" },
    { "sound keys stay", "{\"\\ud83d\\ude00\":1,\"\\\\ud83d\":2,\"\\\"\":3}",
      "{\"\xf0\x9f\x98\x80\":1,\"\\\\ud83d\":2,\"\\\"\":3}" },
};

static void body_row(void **state)
{
    const struct row *row = *state;
    struct bc_err err = { 0 };
    json_t *root = NULL;
    char *got;

    check_ok(http_body_parse(&root, bc_str_of(row->body), false, &err), &err);
    got = json_dumps(root, JSON_COMPACT);
    assert_string_equal(got, row->want);
    free(got);
    json_decref(root);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t n = 0; n < ARRAY_LEN(rows); n++)
        tests[n] = (struct CMUnitTest){ rows[n].name, body_row, NULL, NULL, &rows[n] };
    return cmocka_run_group_tests_name("tools/http/http_body", tests, NULL, NULL);
}
