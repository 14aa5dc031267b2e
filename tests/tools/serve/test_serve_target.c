/* What an address says, and what of it goes back to a browser. */
#include "tests/support/check.h"
#include "tools/serve/serve_target.h"

static void only_paths_of_ours_are_sound(void **state)
{
    static const struct {
        struct bc_str target;
        bool sound;
    } rows[] = {
        { BYTES("/"), true },
        { BYTES("/deals?q=a%20b&x[]=1|2"), true },
        { BYTES("/a//b"), true },
        { BYTES(""), false },
        { BYTES("deals"), false },
        { BYTES("*"), false },
        { BYTES("http://127.0.0.1:61234/"), false },
        { BYTES("//evil.example/"), false },
        { BYTES("/\\evil.example/"), false },
        { BYTES("/a b"), false },
        { BYTES("/a#b"), false },
        { BYTES("/a\x7f"), false },
        { BYTES("/a\t"), false },
        { BYTES("/\xc3\xa9"), false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (serve_target_sound(rows[i].target) != rows[i].sound)
            fail_msg("%s", rows[i].target.at);
}

static void the_token_is_taken_out_and_all_else_stays(void **state)
{
    static const struct {
        const char *target, *token, *bare;
    } rows[] = {
        { "/", NULL, "/" },
        { "/?", NULL, "/" },
        { "/?token=abc", "abc", "/" },
        { "/?token=", "", "/" },
        { "/d%20s?token=a&q=%41+b", "a", "/d%20s?q=%41+b" },
        { "/d?q=1&token=a&r=2&token=b", "a", "/d?q=1&r=2" },
        { "/d?tokens=a&q=token=b&TOKEN=c", NULL, "/d?tokens=a&q=token=b&TOKEN=c" },
        { "/token=a", NULL, "/token=a" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct bc_str target = bc_str_of(rows[i].target);
        struct bc_buf bare = { 0 };
        struct bc_str token = { 0 };

        assert_int_equal(serve_target_token(target, &token), rows[i].token != NULL);
        if (rows[i].token)
            assert_true(bc_str_eq(token, bc_str_of(rows[i].token)));
        serve_target_bare(&bare, target);
        assert_string_equal(bare.at, rows[i].bare);
        bc_buf_release(&bare);
    }
}

static void no_byte_of_an_address_ends_an_attribute(void **state)
{
    struct bc_buf quoted = { 0 };

    (void)state;
    serve_target_quoted(&quoted, BC_STR("/a?b=\"><script>'`&c=%22"));
    bc_buf_add_byte(&quoted, '\0');
    assert_string_equal(quoted.at, "/a?b=%22%3E%3Cscript%3E%27%60&amp;c=%22");
    bc_buf_release(&quoted);
}

static void check_read(const char *target, const char *expected)
{
    struct serve_target read = { 0 };
    const char *fault = serve_target_read(&read, bc_str_of(target));
    struct bc_buf said = { 0 };

    if (fault)
        bc_buf_printf(&said, "%s", fault);
    else
        bc_buf_printf(&said, "%.*s", BC_STR_ARG(read.request.path));
    for (size_t i = 0; !fault && i < read.request.pair_n; i++)
        bc_buf_printf(&said, " [%.*s][%.*s]", BC_STR_ARG(read.request.pairs[i].key),
                      BC_STR_ARG(read.request.pairs[i].value));
    bc_buf_add_byte(&said, '\0');
    assert_string_equal(said.at, expected);
    bc_buf_release(&said);
    serve_target_release(&read);
}

static void paths_and_pairs_are_decoded(void **state)
{
    static const char *const rows[][2] = {
        { "/", "/" },
        { "/?", "/" },
        { "/a+b%2Bc/%C3%A9", "/a+b+c/\xc3\xa9" },
        { "/..%2f..?q=a+b%2Bc&&r&s==&=t&", "/../.. [q][a b+c] [r][] [s][=] [][t]" },
        { "/d?q=%F0%9F%98%80", "/d [q][\xf0\x9f\x98\x80]" },
        { "/d?q=1&q=2?", "/d [q][1] [q][2?]" },
        { "/%", "The address has a % that two hexadecimal digits do not follow." },
        { "/?a=%4", "The address has a % that two hexadecimal digits do not follow." },
        { "/?a=%4g", "The address has a % that two hexadecimal digits do not follow." },
        { "/?%zz=1", "The address has a % that two hexadecimal digits do not follow." },
        { "/?a=%00", "The address has a NUL in it." },
        { "/%00", "The address has a NUL in it." },
        { "/%2Fevil.example/", "The address begins with more than one slash." },
        { "/%2f", "The address begins with more than one slash." },
        { "/%5Cevil.example/?a=b", "The address begins with more than one slash." },
        { "/%5c", "The address begins with more than one slash." },
        { "/a%2F%2Fb%5C", "/a//b\\" },
        { "/?%2F%2F=%5C", "/ [//][\\]" },
        { "/?a=%FF", "The address has bytes that are no UTF-8." },
        { "/?%C3=%A9", "The address has bytes that are no UTF-8." },
        { "/%ED%A0%80", "The address has bytes that are no UTF-8." },
        { "/?a=%C0%80", "The address has bytes that are no UTF-8." },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_read(rows[i][0], rows[i][1]);
}

static void there_are_at_most_so_many_pairs(void **state)
{
    struct bc_buf target = { 0 };
    struct serve_target read = { 0 }, more = { 0 };

    (void)state;
    bc_buf_add_byte(&target, '/');
    for (int i = 0; i < SERVE_PAIRS_MOST; i++)
        bc_buf_printf(&target, "%ca%d=%%41&", i == 0 ? '?' : '&', i);
    assert_null(serve_target_read(&read, bc_buf_str(&target)));
    assert_int_equal(read.request.pair_n, SERVE_PAIRS_MOST);
    assert_true(bc_str_eq(read.pairs[SERVE_PAIRS_MOST - 1].key, BC_STR("a63")));
    assert_true(bc_str_eq(read.pairs[0].value, BC_STR("A"))); /* it has not moved */
    bc_buf_add_str(&target, BC_STR("b"));
    assert_non_null(serve_target_read(&more, bc_buf_str(&target)));
    serve_target_release(&read);
    serve_target_release(&more);
    bc_buf_release(&target);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_paths_of_ours_are_sound),
        cmocka_unit_test(the_token_is_taken_out_and_all_else_stays),
        cmocka_unit_test(no_byte_of_an_address_ends_an_attribute),
        cmocka_unit_test(paths_and_pairs_are_decoded),
        cmocka_unit_test(there_are_at_most_so_many_pairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
