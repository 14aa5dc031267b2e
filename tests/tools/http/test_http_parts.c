/* The parts that the wire is made of: how fast questions may go out, how addresses are written, how
 * pages follow each other, who may read a token. */
#include "tests/support/check.h"
#include "tests/support/file.h"
#include "tools/http/http_pace.h"

#include <stdlib.h>
#include <sys/stat.h>

#define SECOND_US INT64_C(1000000)

/* ---- pace ---- */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static size_t within(const int64_t *sent_us, size_t n, int64_t stretch_us)
{
    size_t most = 0;

    for (size_t first = 0, last = 0; last < n; last++) {
        while (sent_us[last] - sent_us[first] >= stretch_us)
            first++;
        most = last - first + 1 > most ? last - first + 1 : most;
    }
    return most;
}

/* Whatever the moments at which somebody would like to ask. */
static void no_stretch_holds_more_than_the_limit(void **state)
{
    static struct http_pace pace;
    int64_t sent_us[2000], searched_us[2000], now = 0;
    size_t searches = 0;
    uint32_t seed = 7;

    (void)state;
    http_pace_init(&pace, 100, 10 * SECOND_US);
    for (size_t i = 0; i < ARRAY_LEN(sent_us); i++) {
        enum http_lane lane = next_random(&seed) % 4 ? HTTP_ORDINARY : HTTP_SEARCH;

        now += next_random(&seed) % 100000;
        now = http_pace_due(&pace, lane, now);
        http_pace_sent(&pace, lane, now);
        sent_us[i] = now;
        if (lane == HTTP_SEARCH)
            searched_us[searches++] = now;
    }
    assert_int_equal(within(sent_us, ARRAY_LEN(sent_us), 10 * SECOND_US), 90);
    assert_int_equal(within(searched_us, searches, SECOND_US), 4);
}

static void a_limit_told_holds_from_then_on(void **state)
{
    static struct http_pace pace;

    (void)state;
    http_pace_init(&pace, 100, 10 * SECOND_US);
    for (int i = 0; i < 90; i++)
        http_pace_sent(&pace, HTTP_ORDINARY, 5);
    assert_int_equal(http_pace_due(&pace, HTTP_ORDINARY, 6), 10 * SECOND_US + 5);
    http_pace_told(&pace, 190, 100, 10 * SECOND_US, 6);
    assert_int_equal(http_pace_due(&pace, HTTP_ORDINARY, 6), 6);
    http_pace_told(&pace, 50, 40, 20 * SECOND_US, 6);
    assert_int_equal(http_pace_due(&pace, HTTP_ORDINARY, 6), 20 * SECOND_US + 5);
    http_pace_told(&pace, -1, -1, -1, 6);
    assert_int_equal(http_pace_due(&pace, HTTP_ORDINARY, 6), 20 * SECOND_US + 5);
    http_pace_told(&pace, INT64_C(999999999999), INT64_C(999999999999), INT64_MAX, 6);
    assert_int_equal(http_pace_due(&pace, HTTP_ORDINARY, 6), 6);
}

static void a_hold_on_searches_leaves_the_others_alone(void **state)
{
    static struct http_pace pace;

    (void)state;
    http_pace_init(&pace, 100, 10 * SECOND_US);
    http_pace_hold(&pace, HTTP_SEARCH, 500);
    assert_int_equal(http_pace_due(&pace, HTTP_ORDINARY, 6), 6);
    assert_int_equal(http_pace_due(&pace, HTTP_SEARCH, 6), 500);
    http_pace_hold(&pace, HTTP_ORDINARY, 900);
    http_pace_hold(&pace, HTTP_ORDINARY, 700); /* an earlier end shortens nothing */
    assert_int_equal(http_pace_due(&pace, HTTP_SEARCH, 6), 900);
}

/* ---- addresses ---- */

static void addresses_are_escaped(void **state)
{
    struct bc_buf path = { 0 };

    (void)state;
    bc_buf_add_str(&path, BC_STR("/crm/v3/pipelines/deals/"));
    http_path_add(&path, "a/b c?d#é");
    http_query_add(&path, "properties", "dealname,amount");
    http_query_add(&path, "a&b", "1=2&3%");
    bc_buf_add_byte(&path, '\0');
    assert_string_equal(path.at, "/crm/v3/pipelines/deals/a%2Fb%20c%3Fd%23%C3%A9"
                                 "?properties=dealname,amount&a%26b=1%3D2%263%25");
    bc_buf_release(&path);
}

/* ---- pages ---- */

static struct page {
    const char *name, *body;
    bc_status want;
    const char *after;
} pages[] = {
    { "a page without paging is the last", "{}", BC_DONE, NULL },
    { "a page whose paging is null is the last", "{\"paging\":null}", BC_DONE, NULL },
    { "a page with nothing next is the last", "{\"paging\":{}}", BC_DONE, NULL },
    { "what comes after is a text", "{\"paging\":{\"next\":{\"after\":\"abc=\"}}}", BC_OK, "abc=" },
    { "or a number", "{\"paging\":{\"next\":{\"after\":200}}}", BC_OK, "200" },
    { "what comes after must be given", "{\"paging\":{\"next\":{}}}", BC_E_REMOTE, NULL },
    { "nothing comes after nothing", "{\"paging\":{\"next\":{\"after\":\"\"}}}", BC_E_REMOTE,
      NULL },
    { "paging that is none is refused", "{\"paging\":[]}", BC_E_REMOTE, NULL },
    { "a next that is none is refused", "{\"paging\":{\"next\":\"200\"}}", BC_E_REMOTE, NULL },
};

static void a_page(void **state)
{
    const struct page *page = *state;
    struct http_pages seen = { 0 };
    struct bc_err err = { 0 };
    const char *after = NULL;
    json_t *root = json_loads(page->body, 0, NULL);

    assert_int_equal(http_pages_next(&seen, &after, root, &err), page->want);
    if (page->after)
        assert_string_equal(after, page->after);
    else
        assert_null(after);
    json_decref(root);
    http_pages_release(&seen);
}

static void a_page_of_old_is_noticed_among_many(void **state)
{
    struct http_pages seen = { 0 };
    struct bc_err err = { 0 };
    const char *after = NULL;

    (void)state;
    for (int i = 0; i < 1001; i++) {
        json_t *root =
            json_pack("{s:{s:{s:I}}}", "paging", "next", "after", (json_int_t)(i * 7919 % 1000));
        bc_status rc = http_pages_next(&seen, &after, root, &err);

        json_decref(root);
        assert_int_equal(rc, i < 1000 ? BC_OK : BC_E_REMOTE);
    }
    assert_non_null(strstr(err.message, "\"after\" was '0' before"));
    http_pages_release(&seen);
}

/* A few pages without a record happen: what was filtered out was on them. */
static void pages_that_hold_nothing_come_to_an_end(void **state)
{
    struct http_pages seen = { 0 };
    struct bc_err err = { 0 };
    const char *after = NULL;

    (void)state;
    for (int i = 0; i < 3 * HTTP_PAGES_EMPTY; i++) {
        bool full = i < 2 * HTTP_PAGES_EMPTY && i % HTTP_PAGES_EMPTY == HTTP_PAGES_EMPTY - 1;
        json_t *root = json_pack("{s:[],s:{s:{s:i}}}", "results", "paging", "next", "after", i);
        bc_status rc;

        if (full)
            json_array_append_new(json_object_get(root, "results"), json_object());
        rc = http_pages_next(&seen, &after, root, &err);
        json_decref(root);
        assert_int_equal(rc, i < 3 * HTTP_PAGES_EMPTY - 1 ? BC_OK : BC_E_REMOTE);
    }
    assert_string_equal(err.message,
                        "32 pages in a row hold nothing new, and each says that another follows");
    http_pages_release(&seen);
}

/* ---- tokens ---- */

static struct token {
    const char *name;
    struct bc_str bytes;
    mode_t mode;
    bc_status want;
    const char *token;
} tokens[] = {
    { "a token's line may end", BYTES("pat-na1-secret\n"), 0600, BC_OK, "pat-na1-secret" },
    { "and may end as it does elsewhere", BYTES("pat-na1-secret \r\n"), 0400, BC_OK,
      "pat-na1-secret" },
    { "a file that the group can read is refused", BYTES("pat-na1-secret"), 0640, BC_E_IO, NULL },
    { "a file that all can read is refused", BYTES("pat-na1-secret"), 0604, BC_E_IO, NULL },
    { "a file that others can change is refused", BYTES("pat-na1-secret"), 0602, BC_E_IO, NULL },
    { "an empty file holds no token", BYTES(""), 0600, BC_E_INPUT, NULL },
    { "a file of spaces holds no token", BYTES(" \n\n"), 0600, BC_E_INPUT, NULL },
    { "a file of other bytes holds no token", BYTES("pat\0secret"), 0600, BC_E_INPUT, NULL },
};

static void a_token(void **state)
{
    const struct token *row = *state;
    const char *path = file_make(row->bytes);
    struct bc_err err = { 0 };
    char *token = NULL;

    assert_int_equal(chmod(path, row->mode), 0);
    assert_int_equal(http_token_read(&token, path, &err), row->want);
    file_remove();
    if (row->token)
        assert_string_equal(token, row->token);
    else
        assert_null(token);
    assert_null(strstr(err.message, "secret"));
    http_token_free(token);
}

static void a_token_too_long_or_nowhere_is_refused(void **state)
{
    static char bytes[5000];
    struct bc_err err = { 0 };
    char *token = NULL;

    (void)state;
    memset(bytes, 'x', sizeof(bytes));
    const char *path = file_make((struct bc_str){ bytes, sizeof(bytes) });

    assert_int_equal(http_token_read(&token, path, &err), BC_E_INPUT);
    file_remove();
    assert_int_equal(http_token_read(&token, path, &err), BC_E_IO);
    assert_int_equal(http_token_read(&token, "/", &err), BC_E_IO);
    assert_int_equal(http_token_read(&token, "/dev/null", &err), BC_E_IO);
    assert_null(token);
}

/* Waits are spread by it, so that many who were turned away do not come back at once. */
static void chance_is_spread_below_one(void **state)
{
    size_t low = 0, n = 1000;
    (void)state;

    for (size_t i = 0; i < n; i++) {
        double chance = http_clock_system.chance(http_clock_system.state);

        assert_true(chance >= 0 && chance < 1);
        low += chance < 0.5;
    }
    assert_true(low > n / 4 && low < 3 * n / 4);
}

int main(void)
{
    static const struct CMUnitTest whole[] = {
        cmocka_unit_test(no_stretch_holds_more_than_the_limit),
        cmocka_unit_test(a_limit_told_holds_from_then_on),
        cmocka_unit_test(a_hold_on_searches_leaves_the_others_alone),
        cmocka_unit_test(addresses_are_escaped),
        cmocka_unit_test(chance_is_spread_below_one),
        cmocka_unit_test(a_page_of_old_is_noticed_among_many),
        cmocka_unit_test(pages_that_hold_nothing_come_to_an_end),
        cmocka_unit_test(a_token_too_long_or_nowhere_is_refused),
    };
    struct CMUnitTest tests[ARRAY_LEN(whole) + ARRAY_LEN(pages) + ARRAY_LEN(tokens)];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        tests[n++] = whole[i];
    for (size_t i = 0; i < ARRAY_LEN(pages); i++)
        tests[n++] = (struct CMUnitTest){ pages[i].name, a_page, NULL, NULL, &pages[i] };
    for (size_t i = 0; i < ARRAY_LEN(tokens); i++)
        tests[n++] = (struct CMUnitTest){ tokens[i].name, a_token, NULL, NULL, &tokens[i] };
    return cmocka_run_group_tests_name("tools/http/http_parts", tests, NULL, NULL);
}
