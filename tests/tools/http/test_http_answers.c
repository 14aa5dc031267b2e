/* What a request says beside its path, and what its answer has beside JSON: the token in another
 * form, headers, forms; arrays, texts, ETags, links to the next page. */
#include "tests/support/asking.h"
#include "tests/support/check.h"

#include <stdlib.h>

#define BASIC_OF_TOKEN "ZmFrZS10b2tlbjo="
#define IS_JSON        "Content-Type: application/json\n"

static const int gone[] = { 410, 0 };

struct asked {
    struct http_request request;
    struct http_opts opts;
    struct http_answer answer;
    struct bc_err err;
    struct http_counts counts;
    int64_t now_us;
    bc_status rc;
};

/* For one request of the fake, which says what was told before. */
static struct asked begin(void)
{
    struct asked asked = { .request = { .path = "/things" } };
    int64_t unused = 0;

    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    asked.opts = asking_options(&unused);
    asked.opts.service = NULL;
    asked.opts.clock = NULL;
    return asked;
}

static void ask(struct asked *asked)
{
    http_client *client = NULL;
    struct http_clock clock = still_clock(&asked->now_us);

    asked->opts.clock = &clock;
    check_ok(http_client_new(&client, &asked->opts, &asked->err), &asked->err);
    asked->rc = http_get(client, &asked->request, &asked->answer, &asked->err);
    asked->counts = http_client_counts(client);
    http_client_free(client);
}

static void check_fails(const struct asked *asked, const char *says)
{
    assert_int_equal(asked->rc, BC_E_REMOTE);
    assert_int_equal(asked->answer.status, 0); /* untouched */
    if (!strstr(asked->err.message, says))
        fail_msg("said '%s', expected '%s' in it", asked->err.message, says);
    assert_null(strstr(asked->err.message, FAKE_HUBSPOT_TOKEN));
    assert_null(strstr(asked->err.message, BASIC_OF_TOKEN));
}

/* ---- what is sent ---- */

static void a_token_may_be_a_users_name(void **state)
{
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 200, IS_JSON, "{}");
    asked.opts.auth = HTTP_BASIC_USER;
    ask(&asked);
    check_ok(asked.rc, &asked.err);
    fake_hubspot_check(&asking_fake, 0, "authorization", "Basic " BASIC_OF_TOKEN);
    http_answer_release(&asked.answer);
}

static void nor_is_it_quoted_in_that_form(void **state)
{
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 400, IS_JSON, "{\"message\":\"no: Basic " BASIC_OF_TOKEN "\"}");
    asked.opts.auth = HTTP_BASIC_USER;
    ask(&asked);
    check_fails(&asked, "no: Basic ****");
}

static void no_token_is_sent_where_none_is_wanted(void **state)
{
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 200, IS_JSON, "{}");
    asked.opts.auth = HTTP_NO_TOKEN;
    asked.opts.token = NULL;
    ask(&asked);
    check_ok(asked.rc, &asked.err);
    fake_hubspot_check(&asking_fake, 0, "authorization", NULL);
    http_answer_release(&asked.answer);
}

static void headers_go_with_each_request(void **state)
{
    static const char *const headers[] = { "Accept: application/vnd.example+json", "X-Version: 7",
                                           NULL };
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 500, IS_JSON, "{}");
    fake_hubspot_say(&asking_fake, 200, IS_JSON, "{}");
    asked.opts.headers = headers;
    ask(&asked);
    check_ok(asked.rc, &asked.err);
    for (size_t i = 0; i < 2; i++) {
        fake_hubspot_check(&asking_fake, i, "accept", "application/vnd.example+json");
        fake_hubspot_check(&asking_fake, i, "x-version", "7");
        fake_hubspot_check(&asking_fake, i, "authorization", "Bearer " FAKE_HUBSPOT_TOKEN);
    }
    http_answer_release(&asked.answer);
}

static void a_header_of_two_lines_is_refused(void **state)
{
    static const char *const headers[] = { "Accept: a\r\nX-Other: b", NULL };
    struct asked asked = begin();
    http_client *client = NULL;

    (void)state;
    asked.opts.headers = headers;
    assert_int_equal(http_client_new(&client, &asked.opts, &asked.err), BC_E_INPUT);
    assert_null(client);
}

static void a_form_is_posted(void **state)
{
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 200, IS_JSON, "{}");
    asked.request.form = "grant=a%20b&c=d";
    ask(&asked);
    check_ok(asked.rc, &asked.err);
    fake_hubspot_check(&asking_fake, 0, "method", "POST");
    fake_hubspot_check(&asking_fake, 0, "content-type", "application/x-www-form-urlencoded");
    fake_hubspot_check(&asking_fake, 0, "body", "grant=a%20b&c=d");
    http_answer_release(&asked.answer);
}

/* ---- what comes back ---- */

static void what_has_not_changed_is_an_answer(void **state)
{
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 304, "ETag: W/\"2\"\n", "");
    asked.request.if_none_match = "W/\"1\"";
    asked.request.if_modified_since = "Mon, 03 Feb 2025 10:00:00 GMT";
    ask(&asked);
    check_ok(asked.rc, &asked.err);
    assert_int_equal(asked.answer.status, 304);
    assert_null(asked.answer.root);
    assert_string_equal(asked.answer.etag, "W/\"2\"");
    fake_hubspot_check(&asking_fake, 0, "if-none-match", "W/\"1\"");
    fake_hubspot_check(&asking_fake, 0, "if-modified-since", "Mon, 03 Feb 2025 10:00:00 GMT");
    http_answer_release(&asked.answer);
}

static void but_only_to_who_asked(void **state)
{
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 304, "ETag: \"2\"\n", "");
    ask(&asked);
    check_fails(&asked, "(304)");
}

static void an_etag_of_two_lines_is_not_sent(void **state)
{
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 200, IS_JSON, "{}");
    asked.request.if_none_match = "\"1\"\r\nX-Other: a";
    ask(&asked);
    check_ok(asked.rc, &asked.err);
    fake_hubspot_check(&asking_fake, 0, "if-none-match", NULL);
    fake_hubspot_check(&asking_fake, 0, "x-other", NULL);
    http_answer_release(&asked.answer);
}

static void an_answer_says_what_it_is(void **state)
{
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 200,
                     IS_JSON "ETag: \"7\"\nLast-Modified: Sun, 02 Feb 2025 10:00:00 GMT\n"
                             "Date: Mon, 03 Feb 2025 10:00:00 GMT\n",
                     "{\"a\":1}");
    ask(&asked);
    check_ok(asked.rc, &asked.err);
    assert_int_equal(asked.answer.status, 200);
    assert_string_equal(asked.answer.type, "application/json");
    assert_string_equal(asked.answer.etag, "\"7\"");
    assert_string_equal(asked.answer.last_modified, "Sun, 02 Feb 2025 10:00:00 GMT");
    assert_string_equal(asked.answer.next, "");
    assert_string_equal(asked.answer.path, "/things");
    assert_int_equal(asked.answer.date_us, INT64_C(1738576800000000));
    assert_int_equal(asked.answer.body.len, 0);
    assert_int_equal(json_integer_value(json_object_get(asked.answer.root, "a")), 1);
    http_answer_release(&asked.answer);
}

static struct body {
    const char *name, *headers, *body;
    bool array_ok, text_ok;
    const char *says; /* NULL: it is an answer */
    bool root;
} bodies[] = {
    { "an array, where it may be one", IS_JSON, "[1]", .array_ok = true, .root = true },
    { "an array elsewhere", IS_JSON, "[1]", .says = "no JSON object" },
    { "an object, where an array may be", IS_JSON, "{}", .array_ok = true, .root = true },
    { "a number is neither", IS_JSON, "1", .array_ok = true, .says = "not JSON, or not all of it" },
    { "arrays are as strict", IS_JSON, "[{\"a\":1,\"a\":2}]", .array_ok = true,
      .says = "a key twice" },
    { "a text, where it may be one", "Content-Type: text/csv; charset=utf-8\n", "a,b\n1,2",
      .text_ok = true },
    { "a text without a type", "", "a,b", .text_ok = true },
    { "nothing, where a text may be", "", "", .text_ok = true },
    { "a text elsewhere", "Content-Type: text/csv\n", "a,b\n", .says = "of type 'text/csv'" },
    { "JSON, where a text may be", IS_JSON, "{\"a\":1}", .text_ok = true, .root = true },
};

static void a_body(void **state)
{
    const struct body *row = *state;
    struct asked asked = begin();

    for (int i = 0; i < 3; i++) /* what is torn is asked for again */
        fake_hubspot_say(&asking_fake, 200, row->headers, row->body);
    asked.request.array_ok = row->array_ok;
    asked.request.text_ok = row->text_ok;
    ask(&asked);
    if (row->says) {
        check_fails(&asked, row->says);
        return;
    }
    check_ok(asked.rc, &asked.err);
    assert_int_equal(asked.answer.root != NULL, row->root);
    assert_int_equal(asked.answer.body.len, row->text_ok ? strlen(row->body) : 0);
    assert_memory_equal(asked.answer.body.at, row->body, asked.answer.body.len);
    http_answer_release(&asked.answer);
}

static void a_status_that_is_allowed_is_an_answer(void **state)
{
    struct asked asked = begin();

    (void)state;
    fake_hubspot_say(&asking_fake, 410, "Content-Type: text/html\n", "<html>");
    asked.request.allowed = gone;
    asked.request.text_ok = true;
    ask(&asked);
    check_ok(asked.rc, &asked.err);
    assert_int_equal(asked.answer.status, 410);
    assert_null(asked.answer.root);
    assert_string_equal(asked.answer.body.at, "<html>");
    http_answer_release(&asked.answer);

    struct asked other = begin();

    fake_hubspot_say(&asking_fake, 412, IS_JSON, "{\"message\":\"no\"}");
    other.request.allowed = gone;
    ask(&other);
    check_fails(&other, "the service refused (412): no");
}

/* ---- the next page ---- */

static struct link {
    const char *name, *link, *next; /* `%s` in the link is the base URL; next NULL: a failure */
} links[] = {
    { "a link of the base URL", "<%s/things?page=2>; rel=\"next\"", "/things?page=2" },
    { "among others, in any order",
      "<%s/things?page=9>; rel=\"last\", <%s/things?page=3>; rel=\"next\", <%s/things>; "
      "rel=\"first\"",
      "/things?page=3" },
    { "a relative one", "</v2/things?page=2>; rel=next", "/v2/things?page=2" },
    { "relative to what was asked", "<?page=2>; rel=next", "/things?page=2" },
    { "of two relations", "<%s/b>; title=\"a, b; c\"; rel=\"last next\"", "/b" },
    { "none", "<%s/things?page=1>; rel=\"prev\"", "" },
    { "one that is none", "%s/things; rel=next", "" },
    { "one that is named so", "<%s/things>; title=next; rel=nexte", "" },
    { "to another host", "<https://example.org/things?page=2>; rel=\"next\"", NULL },
    { "to another port", "<http://127.0.0.1:1/things?page=2>; rel=\"next\"", NULL },
    { "to another scheme", "<file:///things>; rel=\"next\"", NULL },
    { "to nothing", "<http://>; rel=\"next\"", NULL },
};

static void a_link(void **state)
{
    const struct link *row = *state;
    const char *url = asking_fake.url;
    struct asked asked = begin();
    struct bc_buf header = { 0 };

    bc_buf_add_str(&header, BC_STR(IS_JSON "Link: "));
    for (const char *at = row->link; *at; at++) {
        if (*at == '%')
            bc_buf_add_str(&header, bc_str_of(url));
        else if (at == row->link || at[-1] != '%')
            bc_buf_add_byte(&header, *at);
    }
    bc_buf_add(&header, "\n", 2); /* and the NUL */
    fake_hubspot_say(&asking_fake, 200, header.at, "{}");
    bc_buf_release(&header);
    ask(&asked);
    if (!row->next) {
        check_fails(&asked, "to the next page leads out of the base URL");
        return;
    }
    check_ok(asked.rc, &asked.err);
    assert_string_equal(asked.answer.next, row->next);
    http_answer_release(&asked.answer);
}

static void links_stay_below_the_base_urls_path(void **state)
{
    static const char *const links_to[] = { "</things/v2/a>; rel=next", "</thingsx/a>; rel=next" };
    char base[128], header[128];

    (void)state;
    (void)snprintf(base, sizeof(base), "%s/things/", asking_fake.url);
    for (size_t i = 0; i < ARRAY_LEN(links_to); i++) {
        struct asked asked = begin();

        asked.opts.base_url = base;
        (void)snprintf(header, sizeof(header), IS_JSON "Link: %s\n", links_to[i]);
        fake_hubspot_say(&asking_fake, 200, header, "{}");
        ask(&asked);
        if (i == 1) {
            check_fails(&asked, "leads out of the base URL");
            continue;
        }
        check_ok(asked.rc, &asked.err);
        assert_string_equal(asked.answer.next, "/v2/a");
        http_answer_release(&asked.answer);
    }
}

int main(void)
{
    static const struct CMUnitTest whole[] = {
        cmocka_unit_test(a_token_may_be_a_users_name),
        cmocka_unit_test(nor_is_it_quoted_in_that_form),
        cmocka_unit_test(no_token_is_sent_where_none_is_wanted),
        cmocka_unit_test(headers_go_with_each_request),
        cmocka_unit_test(a_header_of_two_lines_is_refused),
        cmocka_unit_test(a_form_is_posted),
        cmocka_unit_test(what_has_not_changed_is_an_answer),
        cmocka_unit_test(but_only_to_who_asked),
        cmocka_unit_test(an_etag_of_two_lines_is_not_sent),
        cmocka_unit_test(an_answer_says_what_it_is),
        cmocka_unit_test(a_status_that_is_allowed_is_an_answer),
        cmocka_unit_test(links_stay_below_the_base_urls_path),
    };
    struct CMUnitTest tests[ARRAY_LEN(whole) + ARRAY_LEN(bodies) + ARRAY_LEN(links)];
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(whole); i++)
        tests[n++] = whole[i];
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
        tests[n++] = (struct CMUnitTest){ bodies[i].name, a_body, NULL, NULL, &bodies[i] };
    for (size_t i = 0; i < ARRAY_LEN(links); i++)
        tests[n++] = (struct CMUnitTest){ links[i].name, a_link, NULL, NULL, &links[i] };
    return cmocka_run_group_tests_name("tools/http/http_answers", tests, asking_begin, asking_end);
}
