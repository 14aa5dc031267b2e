/* Who may ask: the sentences on that in serve.h, each by raw bytes to a server that listens. */
#include "tests/support/check.h"
#include "tests/support/served.h"
#include "tools/serve/serve_gate.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>

static struct served served;

static int start(void **state)
{
    (void)state;
    served_start(&served, &(struct serve_opts){ .workers = 1 });
    return 0;
}

static int stop(void **state)
{
    (void)state;
    served_stop(&served);
    return 0;
}

/* `text` with %PORT and %TOKEN filled in, as a request. */
static void ask_text(struct served_answer *answer, const char *text)
{
    struct bc_buf bytes = { 0 };

    for (const char *at = text; *at; at++)
        if (strncmp(at, "%PORT", 5) == 0) {
            bc_buf_printf(&bytes, "%u", served.port);
            at += 4;
        } else if (strncmp(at, "%TOKEN", 6) == 0) {
            bc_buf_printf(&bytes, "%s", served.token);
            at += 5;
        } else {
            bc_buf_add_byte(&bytes, *at);
        }
    served_raw(&served, answer, bytes.at, bytes.len);
    bc_buf_release(&bytes);
}

#define HOST   "Host: 127.0.0.1:%PORT\r\n"
#define COOKIE "Cookie: backcast-%PORT=%TOKEN\r\n"

/* What is asked, and with which status it ends; whoever is refused sees nothing of the data. */
struct asked {
    unsigned status;
    const char *text;
};

static void check_asked(const struct asked *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const unsigned before = served_asked(&served);
        struct served_answer answer;

        ask_text(&answer, rows[i].text);
        if (answer.status != rows[i].status)
            fail_msg("%u, not %u: %s", answer.status, rows[i].status, rows[i].text);
        assert_int_equal(served_asked(&served) - before, rows[i].status == 200);
        assert_int_equal(answer.body.len > 0 && strstr(answer.body.at, "path /page") != NULL,
                         rows[i].status == 200);
        served_answer_release(&answer);
    }
}

static void host_is_exactly_the_address_and_once(void **state)
{
    static const struct asked rows[] = {
        { 200, "GET /page HTTP/1.1\r\n" HOST COOKIE "\r\n" },
        { 200, "GET /page HTTP/1.0\r\n" HOST COOKIE "\r\n" },
        { 200, "GET /page HTTP/1.1\r\nhOST:127.0.0.1:%PORT\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.0\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST HOST COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost: evil.example\r\n" HOST COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Host: evil.example\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost: localhost:%PORT\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost: 127.0.0.1\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost: 127.0.0.1:%PORT0\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost: 127.0.0.1.:%PORT\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost: 127.1:%PORT\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost: [::1]:%PORT\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost: evil.example:%PORT\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost: x@127.0.0.1:%PORT\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost:\r\n" COOKIE "\r\n" },
        { 403, "GET /page HTTP/1.1\r\nHost : 127.0.0.1:%PORT\r\n" COOKIE "\r\n" },
        { 403, "POST /page HTTP/1.1\r\nHost: localhost:%PORT\r\n" COOKIE "\r\n" },
    };

    (void)state;
    check_asked(rows, ARRAY_LEN(rows));
}

static void pages_are_only_read(void **state)
{
    static const char *const methods[] = { "POST",    "PUT",   "DELETE", "OPTIONS", "TRACE",
                                           "CONNECT", "PATCH", "get",    "GETS",    "PROPFIND" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
        struct served_answer answer;
        char allow[32];

        served_get(&served, &answer, methods[i], "/page", NULL);
        assert_int_equal(answer.status, 405);
        assert_string_equal(served_header(&answer, "Allow", allow, sizeof(allow)), "GET, HEAD");
        served_answer_release(&answer);
    }
}

static void without_the_cookie_it_is_403(void **state)
{
    static const struct asked rows[] = {
        { 403, "GET /page HTTP/1.1\r\n" HOST "\r\n" },
        { 403, "HEAD /page HTTP/1.1\r\n" HOST "\r\n" },
        { 403, "GET /nowhere HTTP/1.1\r\n" HOST "\r\n" },
        { 403, "GET /asset HTTP/1.1\r\n" HOST "\r\n" },
        { 403, "GET /page?a=%ff HTTP/1.1\r\n" HOST "\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Cookie: backcast-%PORT=\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Cookie: backcast-%PORT\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Cookie: backcast-%PORT=%TOKENx\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Cookie: backcast-%PORT=x%TOKEN\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Cookie: backcast-%PORT=\"%TOKEN\"\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Cookie: backcast=%TOKEN\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Cookie: backcast-1=%TOKEN\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Cookie: Backcast-%PORT=%TOKEN\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST "Cookie: x=\"; y=backcast-%PORT=%TOKEN\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST
               "Cookie: backcast-%PORT=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n\r\n" },
        { 200, "GET /page HTTP/1.1\r\n" HOST
               "Cookie: a=1;backcast-%PORT=no; backcast-%PORT=%TOKEN ;b=2\r\n\r\n" },
        { 200, "GET /page HTTP/1.1\r\n" HOST "Cookie: a=1\r\n" COOKIE "\r\n" },
    };

    (void)state;
    check_asked(rows, ARRAY_LEN(rows));
}

/* With cookies that differ from the right one in one letter, wherever it is. */
static void no_part_of_a_token_is_enough(void **state)
{
    struct serve_token token = { "" };
    struct bc_err err;

    (void)state;
    assert_false(serve_token_is(&token, BC_STR("")));
    check_ok(serve_token_new(&token, &err), &err);
    for (size_t i = 0; i < SERVE_TOKEN_LEN; i++) {
        struct serve_token other = token;

        other.text[i] = other.text[i] == 'A' ? 'B' : 'A';
        assert_false(serve_token_is(&token, bc_str_of(other.text)));
        assert_false(serve_token_is(&token, (struct bc_str){ token.text, i }));
    }
    assert_true(serve_token_is(&token, bc_str_of(token.text)));
}

static void tokens_are_random(void **state)
{
    struct serve_token one, other;
    unsigned seen = 0;
    struct bc_err err;

    (void)state;
    check_ok(serve_token_new(&one, &err), &err);
    check_ok(serve_token_new(&other, &err), &err);
    assert_string_not_equal(one.text, other.text);
    assert_true(SERVE_TOKEN_LEN * 6 >= 128);
    for (int i = 0; i < 200; i++) { /* each letter comes */
        check_ok(serve_token_new(&one, &err), &err);
        assert_int_equal(strspn(one.text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                          "0123456789-_"),
                         SERVE_TOKEN_LEN);
        seen |= strchr(one.text, '_') != NULL;
        seen |= (strchr(one.text, 'A') != NULL) << 1;
    }
    assert_int_equal(seen, 3);
}

static void the_token_becomes_a_cookie(void **state)
{
    struct served_answer answer;
    char value[512], expected[512], policy[512];

    (void)state;
    ask_text(&answer, "GET /page?q=a%20b&token=%TOKEN&r=1 HTTP/1.1\r\n" HOST
                      "Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\n\r\n");
    assert_int_equal(answer.status, 303);
    assert_string_equal(served_header(&answer, "Location", value, sizeof(value)),
                        "/page?q=a%20b&r=1");
    (void)snprintf(expected, sizeof(expected), "backcast-%u=%s; HttpOnly; SameSite=Strict; Path=/",
                   served.port, served.token);
    assert_string_equal(served_header(&answer, "Set-Cookie", value, sizeof(value)), expected);
    assert_non_null(served_header(&answer, "Content-Security-Policy", policy, sizeof(policy)));
    assert_null(strstr(answer.body.at, served.token));
    served_answer_release(&answer);
    ask_text(&answer, "GET /?token=%TOKEN HTTP/1.1\r\n" HOST "\r\n"); /* as it is printed; again */
    assert_int_equal(answer.status, 303);
    assert_string_equal(served_header(&answer, "Location", value, sizeof(value)), "/");
    served_answer_release(&answer);
}

static void another_token_is_none(void **state)
{
    static const struct asked rows[] = {
        { 403, "GET /page?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA HTTP/1.1\r\n" HOST "\r\n" },
        { 403, "GET /page?token= HTTP/1.1\r\n" HOST COOKIE "\r\n" },
        { 403, "GET /page?token=x&token=%TOKEN HTTP/1.1\r\n" HOST "\r\n" },
        { 403, "GET /page?Token=%TOKEN HTTP/1.1\r\n" HOST "\r\n" },
        { 403, "GET /page?token=%TOKEN HTTP/1.1\r\nHost: localhost:%PORT\r\n\r\n" },
        { 400, "GET //evil.example/?token=%TOKEN HTTP/1.1\r\n" HOST "\r\n" },
        { 400, "GET /\\evil.example/?token=%TOKEN HTTP/1.1\r\n" HOST "\r\n" },
        { 400, "GET http://evil.example/?token=%TOKEN HTTP/1.1\r\n" HOST "\r\n" },
    };

    (void)state;
    check_asked(rows, ARRAY_LEN(rows));
}

static void an_address_may_work_once(void **state)
{
    struct bc_buf first = { 0 }, second = { 0 };
    struct served_answer answer;
    struct bc_err err;
    char cookie[512];

    (void)state;
    check_ok(serve_address_once(served.server, &first, &err), &err);
    check_ok(serve_address_once(served.server, &second, &err), &err);
    bc_buf_add_byte(&first, '\0');
    bc_buf_add_byte(&second, '\0');
    assert_null(strstr(second.at, served.token));
    served_get(&served, &answer, "GET", strstr(first.at, "/?"), NULL); /* it was replaced */
    assert_int_equal(answer.status, 403);
    served_answer_release(&answer);
    served_get(&served, &answer, "GET", strstr(second.at, "/?"), NULL);
    assert_int_equal(answer.status, 303);
    assert_non_null(
        strstr(served_header(&answer, "Set-Cookie", cookie, sizeof(cookie)), served.token));
    served_answer_release(&answer);
    served_get(&served, &answer, "GET", strstr(second.at, "/?"), NULL);
    assert_int_equal(answer.status, 403);
    served_answer_release(&answer);
    bc_buf_release(&first);
    bc_buf_release(&second);
}

#define FROM(site, mode, dest)                                                                     \
    "Sec-Fetch-Site: " site "\r\nSec-Fetch-Mode: " mode "\r\nSec-Fetch-Dest: " dest "\r\n\r\n"

static void what_other_pages_ask_is_refused(void **state)
{
    static const struct asked rows[] = {
        { 200, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("none", "navigate", "document") },
        { 200, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("same-origin", "cors", "empty") },
        { 200, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("same-origin", "no-cors", "script") },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE "Sec-Fetch-Site: cross-site\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("cross-site", "no-cors", "image") },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("cross-site", "cors", "empty") },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("cross-site", "navigate", "document") },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("cross-site", "navigate", "iframe") },
        { 403, "GET /asset HTTP/1.1\r\n" HOST COOKIE FROM("cross-site", "no-cors", "style") },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("same-site", "no-cors", "script") },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("same-site", "navigate", "document") },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE FROM("CROSS-SITE", "cors", "empty") },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE "Sec-Fetch-Site: same-origin\r\n"
               "Sec-Fetch-Site: cross-site\r\n\r\n" },
        { 403, "GET /page HTTP/1.1\r\n" HOST COOKIE "Sec-Fetch-Site: cross-site\r\n"
               "Sec-Fetch-Site: same-origin\r\n\r\n" },
        { 403, "GET /?token=%TOKEN HTTP/1.1\r\n" HOST FROM("cross-site", "no-cors", "image") },
        { 403, "GET /?token=%TOKEN HTTP/1.1\r\n" HOST FROM("cross-site", "navigate", "document") },
    };

    (void)state;
    check_asked(rows, ARRAY_LEN(rows));
}

/* A copied link that is clicked elsewhere: one page without data, with the same address. */
static void a_link_from_elsewhere_is_offered_again(void **state)
{
    static const struct {
        const char *text, *link; /* NULL: there is none */
    } rows[] = {
        { "GET /page?q=%22%3E&r='\"><b>&s=1 HTTP/1.1\r\n" HOST FROM("cross-site", "navigate",
                                                                    "document"),
          "<a href=\"/page?q=%22%3E&amp;r=%27%22%3E%3Cb%3E&amp;s=1\">" },
        { "GET /page HTTP/1.1\r\n" HOST
          "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate\r\n\r\n",
          "<a href=\"/page\">" },
        { "GET /page HTTP/1.1\r\n" HOST FROM("cross-site", "navigate", "iframe"), NULL },
        { "GET /page HTTP/1.1\r\n" HOST FROM("cross-site", "navigate", "object"), NULL },
        { "GET /page HTTP/1.1\r\n" HOST FROM("cross-site", "cors", "document"), NULL },
        { "GET //page HTTP/1.1\r\n" HOST FROM("cross-site", "navigate", "document"), NULL },
        { "GET javascript:alert(1) HTTP/1.1\r\n" HOST FROM("cross-site", "navigate", "document"),
          NULL },
        { "GET /page HTTP/1.1\r\n" HOST "\r\n", NULL },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct served_answer answer;

        ask_text(&answer, rows[i].text);
        assert_true(answer.status == 403 || answer.status == 400);
        assert_null(served_header(&answer, "Set-Cookie", (char[8]){ 0 }, 8));
        if (rows[i].link)
            assert_non_null(strstr(answer.body.at, rows[i].link));
        else
            assert_null(strstr(answer.body.at, "href"));
        served_answer_release(&answer);
    }
}

static bool reaches(const struct sockaddr *to, socklen_t len)
{
    int fd = socket(to->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool done = fd >= 0 && connect(fd, to, len) == 0;

    if (fd >= 0)
        (void)close(fd);
    return done;
}

/* At the loopback address alone: no other address of this machine has anything at that port. */
static void it_listens_at_127_0_0_1_only(void **state)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)served.port) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
                               .sin6_port = htons((uint16_t)served.port),
                               .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    struct ifaddrs *all = NULL;

    (void)state;
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(reaches((const struct sockaddr *)&v4, sizeof(v4)));
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1); /* 127.0.0.2 */
    assert_false(reaches((const struct sockaddr *)&v4, sizeof(v4)));
    assert_false(reaches((const struct sockaddr *)&v6, sizeof(v6)));
    assert_int_equal(getifaddrs(&all), 0);
    for (const struct ifaddrs *at = all; at; at = at->ifa_next)
        if (at->ifa_addr && at->ifa_addr->sa_family == AF_INET) {
            memcpy(&v4.sin_addr,
                   &((const struct sockaddr_in *)(const void *)at->ifa_addr)->sin_addr,
                   sizeof(v4.sin_addr));
            if (v4.sin_addr.s_addr != htonl(INADDR_LOOPBACK))
                assert_false(reaches((const struct sockaddr *)&v4, sizeof(v4)));
        }
    freeifaddrs(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(host_is_exactly_the_address_and_once),
        cmocka_unit_test(pages_are_only_read),
        cmocka_unit_test(without_the_cookie_it_is_403),
        cmocka_unit_test(no_part_of_a_token_is_enough),
        cmocka_unit_test(tokens_are_random),
        cmocka_unit_test(the_token_becomes_a_cookie),
        cmocka_unit_test(another_token_is_none),
        cmocka_unit_test(an_address_may_work_once),
        cmocka_unit_test(what_other_pages_ask_is_refused),
        cmocka_unit_test(a_link_from_elsewhere_is_offered_again),
        cmocka_unit_test(it_listens_at_127_0_0_1_only),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
