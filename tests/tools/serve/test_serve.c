/* What holds of all connections and answers: by raw bytes to a server that listens. */
#include "tests/support/check.h"
#include "tests/support/served.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <poll.h>

static struct served served;

enum { QUEUE_MOST = 3 };
enum { PATIENT_S = 600 }; /* where it is not the time that is tested */

static int start(void **state)
{
    (void)state;
    served_start(&served, &(struct serve_opts){
                              .workers = 2, .queue_max = QUEUE_MOST, .wait_s = PATIENT_S });
    return 0;
}

static int stop(void **state)
{
    (void)state;
    served_stop(&served);
    return 0;
}

static double now_s(void)
{
    struct timespec time;

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void check_header(const struct served_answer *answer, const char *name, const char *expected)
{
    char value[512] = "";

    (void)served_header(answer, name, value, sizeof(value));
    if (strcmp(value, expected) != 0)
        fail_msg("%s: '%s', not '%s', with:\n%s", name, value, expected, answer->head.at);
}

static void check_always(const struct served_answer *answer, const char *cache)
{
    check_header(answer, "Content-Security-Policy",
                 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                 "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    check_header(answer, "X-Content-Type-Options", "nosniff");
    check_header(answer, "Referrer-Policy", "no-referrer");
    check_header(answer, "Cross-Origin-Resource-Policy", "same-origin");
    check_header(answer, "Cache-Control", cache);
    check_header(answer, "Access-Control-Allow-Origin", "");
    check_header(answer, "Server", "");
}

/* --- answers --- */

static void every_answer_has_the_headers(void **state)
{
    static const struct {
        const char *method, *target, *more, *type;
        unsigned status;
    } rows[] = {
        { "GET", "/page", NULL, "text/plain; charset=utf-8", 200 },
        { "HEAD", "/page", NULL, "text/plain; charset=utf-8", 200 },
        { "GET", "/nowhere", NULL, "text/plain; charset=utf-8", 404 },
        { "GET", "/away", NULL, "text/plain; charset=utf-8", 303 },
        { "GET", "/none", NULL, "text/html; charset=utf-8", 500 },
        { "GET", "/page?a=%f", NULL, "text/html; charset=utf-8", 400 },
        { "GET", "/%2Fevil.example/", NULL, "text/html; charset=utf-8", 400 },
        { "GET", "/%5Cevil.example/", NULL, "text/html; charset=utf-8", 400 },
        { "POST", "/page", NULL, "text/html; charset=utf-8", 405 },
        { "GET", "/page", "Content-Length: 1\r\n", "text/html; charset=utf-8", 413 },
        { "GET", "/page", "Host: x\r\n", "text/html; charset=utf-8", 403 },
        { "GET", "/page", "Sec-Fetch-Site: cross-site\r\n", "text/html; charset=utf-8", 403 },
        { "GET", "/page?token=no", NULL, "text/html; charset=utf-8", 403 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct served_answer answer;

        served_get(&served, &answer, rows[i].method, rows[i].target, rows[i].more);
        assert_int_equal(answer.status, rows[i].status);
        check_always(&answer, "no-store");
        check_header(&answer, "Content-Type", rows[i].type);
        served_answer_release(&answer);
    }
}

static void answers_say_more_where_there_is_more(void **state)
{
    struct served_answer answer;

    (void)state;
    served_get(&served, &answer, "GET", "/asset", NULL);
    check_always(&answer, "private, max-age=31536000, immutable");
    check_header(&answer, "Content-Type", "text/css");
    served_answer_release(&answer);
    served_get(&served, &answer, "GET", "/away", NULL);
    check_header(&answer, "Location", "/page?x=1");
    served_answer_release(&answer);
    served_get(&served, &answer, "GET", "/file", NULL);
    check_header(&answer, "Content-Disposition",
                 "attachment; filename=\".._d__al__1___X__y.evidence\"; "
                 "filename*=UTF-8''..%2Fd%C3%A9al%20%221%22%0D%0AX%3A%20y.evidence");
    check_header(&answer, "X", "");
    served_answer_release(&answer);
}

static void the_question_comes_decoded(void **state)
{
    struct served_answer answer;

    (void)state;
    served_get(&served, &answer, "GET", "/page?q=%C3%A9+a&&r", NULL);
    assert_string_equal(answer.body.at, "path /page\nq = \xc3\xa9 a\nr = \n");
    served_answer_release(&answer);
    served_get(&served, &answer, "GET", "/%2e%2e/etc/passwd", NULL); /* no file: a path */
    assert_int_equal(answer.status, 404);
    assert_string_equal(answer.body.at, "path /../etc/passwd\n");
    served_answer_release(&answer);
}

static void head_has_the_headers_of_get(void **state)
{
    struct served_answer get, head;
    int fd = served_connect(&served);
    char length[32];

    (void)state;
    served_ask(&served, fd, "HEAD", "/page?a=b", NULL);
    served_read(fd, &head, true);
    served_ask(&served, fd, "GET", "/page?a=b", NULL); /* and nothing comes between */
    served_read(fd, &get, false);
    assert_int_equal(head.status, 200);
    assert_int_equal(get.status, 200);
    check_header(&head, "Content-Length",
                 served_header(&get, "Content-Length", length, sizeof(length)));
    assert_string_equal(get.body.at, "path /page\na = b\n");
    served_answer_release(&get);
    served_answer_release(&head);
    (void)close(fd);
}

static void what_is_sent_ahead_is_answered_in_order(void **state)
{
    int fd = served_connect(&served);

    (void)state;
    for (int i = 0; i < 20; i++) {
        char target[32];

        (void)snprintf(target, sizeof(target), i % 3 ? "/page?n=%d" : "/page%%2?n=%d", i);
        served_ask(&served, fd, "GET", target, NULL);
    }
    for (int i = 0; i < 20; i++) {
        struct served_answer answer;
        char expected[64];

        served_read(fd, &answer, false);
        (void)snprintf(expected, sizeof(expected), "path /page\nn = %d\n", i);
        assert_int_equal(answer.status, i % 3 ? 200 : 400);
        if (i % 3)
            assert_string_equal(answer.body.at, expected);
        served_answer_release(&answer);
    }
    (void)close(fd);
}

static void an_answer_is_bounded(void **state)
{
    struct served_answer answer;
    char target[64];

    (void)state;
    (void)snprintf(target, sizeof(target), "/large?%d", SERVE_BODY_MOST);
    served_get(&served, &answer, "GET", target, NULL);
    assert_int_equal(answer.status, 200);
    assert_int_equal(answer.body.len, SERVE_BODY_MOST);
    served_answer_release(&answer);
    (void)snprintf(target, sizeof(target), "/large?%d", SERVE_BODY_MOST + 1);
    served_get(&served, &answer, "GET", target, NULL);
    assert_int_equal(answer.status, 500);
    assert_non_null(strstr(answer.body.at, "64 MiB"));
    check_always(&answer, "no-store");
    served_answer_release(&answer);
}

/* --- requests that are too large, or none --- */

static void add_many(struct bc_buf *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        bc_buf_add_str(out, bc_str_of(text));
}

/* A target of so many bytes. */
static unsigned status_of_target(size_t len)
{
    struct bc_buf target = { 0 };
    struct served_answer answer;

    bc_buf_add_str(&target, BC_STR("/page?"));
    add_many(&target, "a", len - target.len);
    bc_buf_add_byte(&target, '\0');
    served_get(&served, &answer, "GET", target.at, NULL);
    if (answer.status != 200)
        assert_null(strstr(answer.body.at, "aaaa"));
    bc_buf_release(&target);
    served_answer_release(&answer);
    return answer.status;
}

static unsigned status_of_headers(size_t n, size_t len)
{
    struct bc_buf more = { 0 };
    struct served_answer answer;

    for (size_t i = 0; i < n; i++) {
        bc_buf_add_str(&more, BC_STR("X: "));
        add_many(&more, "y", len);
        bc_buf_add_str(&more, BC_STR("\r\n"));
    }
    bc_buf_add_byte(&more, '\0');
    served_get(&served, &answer, "GET", "/page", more.at);
    bc_buf_release(&more);
    served_answer_release(&answer);
    return answer.status;
}

static void a_request_is_bounded(void **state)
{
    (void)state;
    assert_int_equal(status_of_target(SERVE_TARGET_MOST), 200);
    assert_int_equal(status_of_target(SERVE_TARGET_MOST + 1), 414);
    assert_int_equal(status_of_target(20000), 414);
    assert_int_equal(status_of_target(200000), 414);
    assert_int_equal(status_of_headers(SERVE_HEADERS_MOST - 2, 1), 200);
    assert_int_equal(status_of_headers(SERVE_HEADERS_MOST - 1, 1), 431);
    assert_int_equal(status_of_headers(1, SERVE_HEADER_BYTES_MOST - 200), 200);
    assert_int_equal(status_of_headers(1, SERVE_HEADER_BYTES_MOST), 431);
    assert_int_equal(status_of_headers(2000, 1), 431);
    assert_int_equal(status_of_headers(1, 200000), 431);
}

/* What has a body is refused before it comes, and hung up on. */
static void a_body_is_refused(void **state)
{
    static const struct {
        const char *headers;
        unsigned status;
    } rows[] = {
        { "Content-Length: 0\r\n", 200 },
        { "Content-Length: 5\r\n", 413 },
        { "Content-Length: 18446744073709551615\r\n", 413 },
        { "Content-Length: 99999999999999999999999\r\n", 413 },
        { "Content-Length: -1\r\n", 400 },
        { "Content-Length: 0\r\nContent-Length: 0\r\n", 413 },
        { "Content-Length: 0\r\nContent-Length: 40\r\n", 413 },
        { "Transfer-Encoding: chunked\r\n", 413 },
        { "Transfer-Encoding: gzip, chunked\r\n", 413 },
        { "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", 413 },
        { "Content-Length: 5\r\nExpect: 100-continue\r\n", 413 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct served_answer answer, next;
        int fd = served_connect(&served);

        served_ask(&served, fd, "GET", "/page", rows[i].headers);
        served_read(fd, &answer, false);
        if (answer.status != rows[i].status)
            fail_msg("%u for %s", answer.status, rows[i].headers);
        served_ask(&served, fd, "GET", "/page", NULL); /* which might be a body */
        served_read(fd, &next, false);
        assert_int_equal(next.status, rows[i].status == 200 ? 200 : 0);
        served_answer_release(&answer);
        served_answer_release(&next);
        (void)close(fd);
    }
}

/* Bytes that are no request: they get a refusal or nothing, and nobody else notices. */
static void hostile_bytes_get_nothing(void **state)
{
    static const struct bc_str rows[] = {
        BYTES("\r\n\r\n\r\n\r\n"),
        BYTES("GET\r\n\r\n"),
        BYTES("GET /page\r\n\r\n"),
        BYTES("GET /page HTTP/9.9\r\n\r\n"),
        BYTES("GET /page HTTP/0.9\r\n\r\n"),
        BYTES("GET /page HTTP/1.1 \r\n\r\n"),
        BYTES("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"),
        BYTES(" GET /page HTTP/1.1\r\n\r\n"),
        BYTES("GET /page HTTP/1.1\r\nno colon\r\n\r\n"),
        BYTES("GET /page HTTP/1.1\r\n: empty\r\n\r\n"),
        BYTES("GET /page HTTP/1.1\r\n folded: x\r\n\r\n"),
        BYTES("GET /p\0age HTTP/1.1\r\nHost: x\0y\r\n\r\n"),
        BYTES("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
        BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        BYTES("\xff\xfe\x00\x00 / HTTP/1.1\r\n\r\n"),
        BYTES("GET /%s%n%s%n HTTP/1.1\r\nHost: %s%n\r\n\r\n"),
    };

    struct served hasty; /* the library may take half a line and an end for a line to come */

    (void)state;
    served_start(&hasty, &(struct serve_opts){ .workers = 1, .wait_s = 1 });
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct served_answer answer;
        int fd = served_connect(&hasty);

        served_send(fd, rows[i].at, rows[i].len);
        (void)shutdown(fd, SHUT_WR);
        served_read(fd, &answer, false);
        if (answer.status != 0 && answer.status != 505 &&
            (answer.status < 400 || answer.status > 431))
            fail_msg("%u for row %zu", answer.status, i);
        assert_true(answer.status != 200);
        served_answer_release(&answer);
        (void)close(fd);
    }
    assert_int_equal(served_asked(&hasty), 0);
    served_stop(&hasty);
}

static void very_many_pairs_are_refused(void **state)
{
    static const size_t many[] = { 64, 250, 400, 1000, 4000, 8000, 20000, 60000 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(many); i++) {
        struct bc_buf target = { 0 };
        struct served_answer answer;

        bc_buf_add_str(&target, BC_STR("/page?a"));
        add_many(&target, many[i] > 2000 ? "&" : "&a", many[i]);
        bc_buf_add_str(&target, BC_STR("&b"));
        bc_buf_add_byte(&target, '\0');
        served_get(&served, &answer, "GET", target.at, NULL);
        assert_int_equal(answer.status, many[i] > SERVE_TARGET_MOST ? 414 : 400);
        check_always(&answer, "no-store");
        bc_buf_release(&target);
        served_answer_release(&answer);
    }
}

/* --- those who are slow --- */

/* Sends a header that never ends, a byte at a time. False: for a minute. */
static bool is_hung_up_on(int fd)
{
    static const char line[] = "GET /page HTTP/1.1\r\nX: ";
    const struct timespec pause = { .tv_nsec = 100000000 };
    const double begun = now_s();
    char byte;

    for (size_t i = 0; now_s() - begun < 60; i++) {
        if (send(fd, i < sizeof(line) - 1 ? line + i : "a", 1, MSG_NOSIGNAL) != 1 ||
            recv(fd, &byte, 1, MSG_DONTWAIT) == 0)
            return true;
        (void)nanosleep(&pause, NULL);
    }
    return false;
}

static void who_asks_byte_by_byte_is_hung_up_on(void **state)
{
    const double begun = now_s();
    struct served hasty;
    int fd, silent;
    char byte;

    (void)state;
    served_start(&hasty, &(struct serve_opts){ .workers = 1, .wait_s = 1 });
    fd = served_connect(&hasty);
    silent = served_connect(&hasty);
    assert_true(is_hung_up_on(fd));
    assert_true(now_s() - begun > 0.9); /* wait_s */
    assert_true(recv(silent, &byte, 1, 0) == 0 || errno == ECONNRESET);
    (void)close(fd);
    (void)close(silent);
    served_stop(&hasty);
}

enum { ASKED = 9, BUSY = 2, REFUSED = ASKED - BUSY - QUEUE_MOST };

static void check_refused(int fd)
{
    struct served_answer answer;

    served_read(fd, &answer, false);
    assert_int_equal(answer.status, 503);
    check_header(&answer, "Retry-After", "1");
    check_always(&answer, "no-store");
    served_answer_release(&answer);
    (void)close(fd);
}

/* Those that are answered while nobody answers, whichever they are; they are then less than 0. */
static void read_refusals(struct pollfd *asked)
{
    unsigned refused = 0;

    while (refused < REFUSED) {
        if (poll(asked, ASKED, 60000) <= 0)
            fail_msg("only %u were refused", refused);
        for (unsigned i = 0; i < ASKED; i++)
            if (asked[i].fd >= 0 && asked[i].revents) {
                check_refused(asked[i].fd);
                asked[i].fd = -1;
                refused++;
            }
    }
    assert_int_equal(refused, REFUSED);
}

/* Two workers are busy, and there is room for three more questions. */
static void where_too_much_waits_it_is_503(void **state)
{
    struct served_answer answer;
    struct pollfd asked[ASKED];

    (void)state;
    for (unsigned i = 0; i < ASKED; i++) {
        asked[i] = (struct pollfd){ .fd = served_connect(&served), .events = POLLIN };
        served_ask(&served, asked[i].fd, "GET", "/slow", NULL);
        if (i < BUSY)
            served_wait_slow(&served, i + 1);
    }
    served_get(&served, &answer, "POST", "/page", NULL); /* what asks nobody goes on */
    assert_int_equal(answer.status, 405);
    served_answer_release(&answer);
    read_refusals(asked);
    served_go(&served, ASKED);
    for (unsigned i = 0; i < ASKED; i++)
        if (asked[i].fd >= 0) {
            served_read(asked[i].fd, &answer, false);
            assert_int_equal(answer.status, 200);
            served_answer_release(&answer);
            (void)close(asked[i].fd);
        }
    assert_int_equal(served.workers, 3); /* both have answered */
}

static void check_page(void)
{
    struct served_answer answer;

    served_get(&served, &answer, "GET", "/page", NULL); /* within a minute, else it is 0 */
    assert_int_equal(answer.status, 200);
    served_answer_release(&answer);
}

/* Its answer of 32 MiB lies ready, and it reads a little of it. */
static void who_does_not_read_holds_nobody(void **state)
{
    int fds[4];
    char some[512];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(fds); i++) {
        fds[i] = served_connect(&served);
        served_ask(&served, fds[i], "GET", "/large?33554432", NULL);
        assert_true(recv(fds[i], some, sizeof(some), 0) > 0);
    }
    check_page();
    for (size_t i = 0; i < ARRAY_LEN(fds); i++)
        (void)close(fds[i]);
    check_page();
}

static void who_goes_away_is_not_missed(void **state)
{
    static const struct linger at_once = { .l_onoff = 1 };
    const unsigned slow = served.slow;
    int fd = served_connect(&served), other = served_connect(&served);

    (void)state;
    served_go(&served, slow);
    served_ask(&served, fd, "GET", "/slow", NULL);
    served_wait_slow(&served, slow + 1);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)), 0);
    (void)close(fd); /* a reset, while it is answered */
    served_send(other, "GET /pa", 7);
    (void)close(other); /* in the middle of a line */
    served_go(&served, slow + 1);
    check_page();
}

static bool may_open(rlim_t n)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max < n)
        return false;
    if (limit.rlim_cur < n)
        limit.rlim_cur = n;
    return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

/* All from one address; half of them silent, half in the middle of a request. */
static void more_than_a_thousand_are_connected_at_once(void **state)
{
    enum { MANY = 1100 };
    struct served patient;
    static int fds[MANY];
    struct served_answer answer;

    (void)state;
    if (!may_open(2 * MANY + 200))
        skip();
    served_start(&patient, &(struct serve_opts){ .workers = 1, .wait_s = PATIENT_S });
    for (size_t i = 0; i < MANY; i++) {
        fds[i] = served_connect(&patient);
        if (i % 2)
            served_send(fds[i], "GET /page HTTP/1.1\r\n", 20);
    }
    served_get(&patient, &answer, "GET", "/page", NULL);
    assert_int_equal(answer.status, 200);
    served_answer_release(&answer);
    for (size_t i = 0; i < MANY; i += 2) { /* and none of them was turned away */
        served_ask(&patient, fds[i], "GET", "/page", NULL);
        served_read(fds[i], &answer, false);
        assert_int_equal(answer.status, 200);
        served_answer_release(&answer);
    }
    for (size_t i = 0; i < MANY; i++)
        (void)close(fds[i]);
    served_stop(&patient);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_has_the_headers),
        cmocka_unit_test(answers_say_more_where_there_is_more),
        cmocka_unit_test(the_question_comes_decoded),
        cmocka_unit_test(head_has_the_headers_of_get),
        cmocka_unit_test(what_is_sent_ahead_is_answered_in_order),
        cmocka_unit_test(an_answer_is_bounded),
        cmocka_unit_test(a_request_is_bounded),
        cmocka_unit_test(a_body_is_refused),
        cmocka_unit_test(hostile_bytes_get_nothing),
        cmocka_unit_test(very_many_pairs_are_refused),
        cmocka_unit_test(who_asks_byte_by_byte_is_hung_up_on),
        cmocka_unit_test(where_too_much_waits_it_is_503),
        cmocka_unit_test(who_does_not_read_holds_nobody),
        cmocka_unit_test(who_goes_away_is_not_missed),
        cmocka_unit_test(more_than_a_thousand_are_connected_at_once),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
