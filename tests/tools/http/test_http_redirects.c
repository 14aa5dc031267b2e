/* Redirects lead where the options say and nowhere else, and take the token no further than the
 * base URL. A second fake on another port is the other host. */
#include "tests/support/asking.h"
#include "tests/support/check.h"
#include "tools/http/http_address.h"

#include <stdlib.h>

#define IS_JSON "Content-Type: application/json\n"

static const char *const no_hosts[] = { NULL };
static struct fake_hubspot other;

/* "Location: URL/PATH". */
static void say_redirect(const struct fake_hubspot *fake, int status, const char *url,
                         const char *path)
{
    char header[256];

    (void)snprintf(header, sizeof(header), "Location: %s%s\n", url, path);
    fake_hubspot_say(fake, status, header, "");
}

struct asked {
    struct http_answer answer;
    struct http_counts counts;
    struct bc_err err;
    char *traced;
    bc_status rc;
};

static struct http_opts begin(void)
{
    static int64_t now_us;
    struct http_opts opts = asking_options(&now_us);

    json_decref(fake_hubspot_steer(&asking_fake, "/_clear", NULL));
    json_decref(fake_hubspot_steer(&other, "/_clear", NULL));
    opts.service = NULL;
    opts.follow = true;
    opts.follow_hosts = no_hosts;
    return opts;
}

static struct asked ask(struct http_opts opts, const struct http_request *request)
{
    struct asked asked = { 0 };
    http_client *client = NULL;
    size_t len;

    opts.trace = open_memstream(&asked.traced, &len);
    check_ok(http_client_new(&client, &opts, &asked.err), &asked.err);
    asked.rc = http_get(client, request, &asked.answer, &asked.err);
    asked.counts = http_client_counts(client);
    http_client_free(client);
    (void)fclose(opts.trace);
    return asked;
}

static void end(struct asked *asked)
{
    http_answer_release(&asked->answer);
    free(asked->traced);
}

static const struct http_request things = { .path = "/things?a=b" };

static void within_the_base_url_the_token_goes_along(void **state)
{
    static const int statuses[] = { 301, 302, 303, 307, 308 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
        struct http_opts opts = begin();

        say_redirect(&asking_fake, statuses[i], i % 2 ? "" : asking_fake.url, "/moved?c=d");
        fake_hubspot_say(&asking_fake, 200, IS_JSON, "{}");
        struct asked asked = ask(opts, &things);

        check_ok(asked.rc, &asked.err);
        assert_string_equal(asked.answer.path, "/moved?c=d");
        assert_int_equal(asked.counts.requests, 2);
        assert_int_equal(asked.counts.retries, 0);
        fake_hubspot_check(&asking_fake, 1, "path", "/moved?c=d");
        fake_hubspot_check(&asking_fake, 1, "authorization", "Bearer " FAKE_HUBSPOT_TOKEN);
        end(&asked);
    }
}

static void to_another_port_of_this_machine_it_does_not(void **state)
{
    static const char *const headers[] = { "X-Key: secret", NULL };
    struct http_opts opts = begin();

    (void)state;
    opts.headers = headers;
    say_redirect(&asking_fake, 307, other.url, "/export/0n1y-0nce?c=d");
    fake_hubspot_say(&other, 200, IS_JSON, "{\"a\":1}");
    struct asked asked = ask(opts, &things);

    check_ok(asked.rc, &asked.err);
    assert_non_null(asked.answer.root);
    assert_string_equal(asked.answer.path, "/things?a=b");
    fake_hubspot_check(&asking_fake, 0, "x-key", "secret");
    fake_hubspot_check(&other, 0, "path", "/export/0n1y-0nce?c=d");
    fake_hubspot_check(&other, 0, "authorization", NULL);
    fake_hubspot_check(&other, 0, "x-key", NULL);
    assert_null(strstr(asked.traced, "0n1y")); /* such an address is a secret, too */
    end(&asked);
}

/* Who was left may not send the token where it likes. */
static void from_there_it_does_not_come_back(void **state)
{
    struct http_opts opts = begin();

    (void)state;
    say_redirect(&asking_fake, 302, other.url, "/there");
    say_redirect(&other, 302, asking_fake.url, "/back");
    fake_hubspot_say(&asking_fake, 200, IS_JSON, "{}");
    struct asked asked = ask(opts, &things);

    assert_int_equal(asked.rc, BC_E_REMOTE);
    assert_non_null(strstr(asked.err.message, "redirects to '127.0.0.1' (302); not followed"));
    assert_int_equal(fake_hubspot_asked(&asking_fake, "/back"), 0);
    end(&asked);
}

static void what_fails_there_is_asked_from_the_beginning(void **state)
{
    struct http_opts opts = begin();

    (void)state;
    say_redirect(&asking_fake, 302, other.url, "/once");
    fake_hubspot_say(&other, 503, IS_JSON, "{}");
    say_redirect(&asking_fake, 302, other.url, "/twice");
    fake_hubspot_say(&other, 200, IS_JSON, "{}");
    struct asked asked = ask(opts, &things);

    check_ok(asked.rc, &asked.err);
    fake_hubspot_check(&asking_fake, 1, "path", "/things?a=b");
    fake_hubspot_check(&asking_fake, 1, "authorization", "Bearer " FAKE_HUBSPOT_TOKEN);
    fake_hubspot_check(&other, 1, "path", "/twice");
    assert_int_equal(asked.counts.retries, 1);
    end(&asked);
}

static void check_refused(struct http_opts opts, const struct http_request *request)
{
    struct asked asked = ask(opts, request);

    assert_int_equal(asked.rc, BC_E_REMOTE);
    assert_non_null(strstr(asked.err.message, "redirects to '127.0.0.1' (302); not followed"));
    assert_string_equal(asked.err.context, request->form ? "POST /things" : "GET /things");
    assert_int_equal(asked.counts.requests, 1);
    end(&asked);
}

static void none_is_followed_unasked(void **state)
{
    struct http_opts opts = begin();

    (void)state;
    opts.follow = false;
    say_redirect(&asking_fake, 302, asking_fake.url, "/moved");
    check_refused(opts, &things);

    opts = begin();
    opts.follow_hosts = NULL;
    say_redirect(&asking_fake, 302, other.url, "/moved");
    check_refused(opts, &things);
}

static void what_is_posted_is_not_sent_elsewhere(void **state)
{
    struct http_opts opts = begin();

    (void)state;
    say_redirect(&asking_fake, 302, asking_fake.url, "/moved");
    check_refused(opts, &(struct http_request){ .path = "/things", .form = "a=b" });
}

static void a_redirect_that_is_allowed_is_an_answer(void **state)
{
    static const int moved[] = { 301, 0 };
    struct http_opts opts = begin();

    (void)state;
    say_redirect(&asking_fake, 301, asking_fake.url, "/moved");
    struct asked asked = ask(opts, &(struct http_request){ .path = "/things", .allowed = moved });

    check_ok(asked.rc, &asked.err);
    assert_int_equal(asked.answer.status, 301);
    end(&asked);
}

/* It is not where it was, nor anywhere that the service says. */
static void a_redirect_without_an_address_is_as_if_nothing_were_there(void **state)
{
    (void)state;
    for (int missing_ok = 0; missing_ok < 2; missing_ok++) {
        struct http_opts opts = begin();

        fake_hubspot_say(&asking_fake, 301, IS_JSON, "{}");
        struct asked asked =
            ask(opts, &(struct http_request){ .path = "/things", .missing_ok = missing_ok });

        if (missing_ok) {
            check_ok(asked.rc, &asked.err);
            assert_int_equal(asked.answer.status, 301);
        } else {
            assert_int_equal(asked.rc, BC_E_REMOTE);
            assert_string_equal(asked.err.message,
                                "the service redirects (301), and does not say where to");
        }
        end(&asked);
    }
}

static void five_are_followed_and_no_more(void **state)
{
    (void)state;
    for (int n = HTTP_HOPS_MAX; n <= HTTP_HOPS_MAX + 1; n++) {
        struct http_opts opts = begin();

        for (int i = 0; i < n; i++)
            say_redirect(&asking_fake, 302, asking_fake.url, "/round");
        fake_hubspot_say(&asking_fake, 200, IS_JSON, "{}");
        struct asked asked = ask(opts, &things);

        assert_int_equal(asked.counts.requests, HTTP_HOPS_MAX + 1);
        if (n == HTTP_HOPS_MAX) {
            check_ok(asked.rc, &asked.err);
        } else {
            assert_int_equal(asked.rc, BC_E_REMOTE);
            assert_string_equal(asked.err.message,
                                "the service redirects more than 5 times, the last to "
                                "'127.0.0.1'");
        }
        end(&asked);
    }
}

/* ---- where addresses lead ---- */

static const char *const hosts[] = { "docs.example.org", ".content.example.com", NULL };

static struct place {
    const char *base, *from, *to;
    enum http_way way;
    const char *path;
} places[] = {
    { "https://a.org", "https://a.org/x", "https://a.org/y?z=1#w", HTTP_WAY_WITHIN, "/y?z=1" },
    { "https://a.org", "https://a.org/x", "https://A.ORG:443/y", HTTP_WAY_WITHIN, "/y" },
    { "https://a.org/v3/", "https://a.org/v3/x", "/v3/y", HTTP_WAY_WITHIN, "/y" },
    { "https://a.org/v3", "https://a.org/v3/x", "/v3/../y", HTTP_WAY_OFF, "" },
    { "https://a.org/v3", "https://a.org/v3/x", "/v345/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "http://a.org/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "https://a.org:8443/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "https://u:p@a.org/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "https://a.org.evil.org/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "https://docs.example.org/y", HTTP_WAY_BESIDE,
      "https://docs.example.org:443/y" },
    { "https://a.org", "https://a.org/x", "http://docs.example.org/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "https://docs.example.org:444/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "https://x.docs.example.org/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "https://d1.content.example.com/y", HTTP_WAY_BESIDE,
      "https://d1.content.example.com:443/y" },
    { "https://a.org", "https://a.org/x", "https://.content.example.com/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "https://xcontent.example.com/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "http://127.0.0.1:80/y", HTTP_WAY_OFF, "" },
    { "https://a.org", "https://a.org/x", "ftp://docs.example.org/y", HTTP_WAY_OFF, "" },
    { "http://127.0.0.1:1", "http://127.0.0.1:1/x", "http://localhost:2/y", HTTP_WAY_BESIDE,
      "http://localhost:2/y" },
    { "http://127.0.0.1:1", "https://docs.example.org/x", "http://127.0.0.1:2/y", HTTP_WAY_OFF,
      "" },
    { "http://127.0.0.1:1", "http://127.0.0.1:1/x", "http://10.0.0.1:2/y", HTTP_WAY_OFF, "" },
    { "http://127.0.0.1:1", "http://127.0.0.1:1/x", "file:///etc/passwd", HTTP_WAY_OFF, "" },
};

static void addresses_lead_there_or_off(void **state)
{
    struct http_target target = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        const struct place *row = &places[i];
        struct http_base base = { 0 };
        struct bc_err err = { 0 };

        check_ok(http_base_read(&base, row->base, &err), &err);
        http_address_resolve(&target, &base, row->from, row->to, hosts);
        if (target.way != row->way || strcmp(target.to.at, row->path) != 0)
            fail_msg("%s leads %d, '%s'", row->to, (int)target.way, target.to.at);
        http_base_release(&base);
    }
    http_target_release(&target);
}

static int start(void **state)
{
    fake_hubspot_start(&other, NULL);
    return asking_begin(state);
}

static int stop(void **state)
{
    fake_hubspot_stop(&other);
    return asking_end(state);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(within_the_base_url_the_token_goes_along),
        cmocka_unit_test(to_another_port_of_this_machine_it_does_not),
        cmocka_unit_test(from_there_it_does_not_come_back),
        cmocka_unit_test(what_fails_there_is_asked_from_the_beginning),
        cmocka_unit_test(none_is_followed_unasked),
        cmocka_unit_test(what_is_posted_is_not_sent_elsewhere),
        cmocka_unit_test(a_redirect_that_is_allowed_is_an_answer),
        cmocka_unit_test(a_redirect_without_an_address_is_as_if_nothing_were_there),
        cmocka_unit_test(five_are_followed_and_no_more),
        cmocka_unit_test(addresses_lead_there_or_off),
    };

    return cmocka_run_group_tests_name("tools/http/http_redirects", tests, start, stop);
}
