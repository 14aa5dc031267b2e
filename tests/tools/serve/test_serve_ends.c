/* How a server begins and ends, and at which port. */
#include "tests/support/check.h"
#include "tests/support/served.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include <poll.h>

static void *stop_it(void *payload)
{
    struct served *served = payload;

    serve_stop(served->server);
    served->server = NULL;
    return NULL;
}

enum { PROBES = 110, PATIENT_S = 600 };

/* Until the server takes no more questions: those that it still takes wait, and have no answer. */
static void wait_until_it_ends(const struct served *served, const int *probes)
{
    struct pollfd answered[PROBES];

    for (int n = 0; n < PROBES; n++) {
        served_ask(served, probes[n], "GET", "/page", NULL);
        answered[n] = (struct pollfd){ .fd = probes[n], .events = POLLIN };
        if (poll(answered, (nfds_t)n + 1, 10 * n) > 0) /* a minute in all */
            return;
    }
    fail_msg("it has not begun to end");
}

/* What is being answered comes whole; what waits is told so; who is silent is hung up on. */
static void what_is_being_answered_is_finished(void **state)
{
    struct served served;
    struct served_answer answer;
    int slow, waits, silent, probes[PROBES];
    pthread_t thread;

    (void)state;
    served_start(&served, &(struct serve_opts){ .workers = 1, .wait_s = PATIENT_S });
    slow = served_connect(&served);
    waits = served_connect(&served);
    silent = served_connect(&served);
    for (int i = 0; i < PROBES; i++)
        probes[i] = served_connect(&served);
    served_ask(&served, slow, "GET", "/slow", NULL);
    served_wait_slow(&served, 1);
    served_ask(&served, waits, "GET", "/page", NULL);
    assert_int_equal(pthread_create(&thread, NULL, stop_it, &served), 0);
    wait_until_it_ends(&served, probes);
    served_go(&served, 1);
    served_read(slow, &answer, false);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.body.at, "path /slow\n");
    served_answer_release(&answer);
    served_read(waits, &answer, false);
    assert_int_equal(answer.status, 503);
    served_answer_release(&answer);
    served_read(silent, &answer, false);
    assert_int_equal(answer.status, 0);
    served_answer_release(&answer);
    assert_int_equal(pthread_join(thread, NULL), 0);
    (void)close(slow);
    (void)close(waits);
    (void)close(silent);
    for (int i = 0; i < PROBES; i++)
        (void)close(probes[i]);
}

/* Who does not read an answer to its end delays the end by two seconds, and not for ever. */
static void the_end_waits_for_nobody_for_long(void **state)
{
    struct served served;
    char byte;
    int fd;

    (void)state;
    served_start(&served, &(struct serve_opts){ .workers = 1 });
    fd = served_connect(&served);
    served_ask(&served, fd, "GET", "/large?33554432", NULL);
    assert_int_equal(read(fd, &byte, 1), 1);
    alarm(60); /* on a machine that does much else */
    served_stop(&served);
    alarm(0);
    (void)close(fd);
}

static void a_port_is_free_again_at_once(void **state)
{
    struct served first, second;
    struct served_answer answer;
    struct bc_err err;

    (void)state;
    served_start(&first, &(struct serve_opts){ .workers = 1 });
    served_get(&first, &answer, "GET", "/page", NULL);
    served_answer_release(&answer);
    assert_int_equal(serve_start(&second.server, &(struct serve_opts){ .port = first.port }, &err),
                     BC_E_IO);
    assert_non_null(strstr(err.message, "cannot listen at 127.0.0.1:"));
    served_start(&second, &(struct serve_opts){ .port = first.port, .or_any = true });
    assert_int_not_equal(second.port, first.port);
    assert_string_not_equal(second.token, first.token);
    served_stop(&first);
    served_start(&first, &(struct serve_opts){ .port = first.port, .or_any = true });
    served_get(&first, &answer, "GET", "/page", NULL);
    assert_int_equal(answer.status, 200);
    served_answer_release(&answer);
    served_stop(&first);
    served_stop(&second);
}

static void some_ports_are_none(void **state)
{
    serve_server *server = NULL;
    struct bc_err err;

    (void)state;
    assert_int_equal(serve_start(&server, &(struct serve_opts){ .port = 65536 }, &err), BC_E_USAGE);
    assert_null(server);
    serve_stop(NULL);
}

static void the_usual_port_is_the_name_s_own(void **state)
{
    unsigned equal = 0;

    (void)state;
    for (unsigned i = 0; i < 1000; i++) {
        char name[32];
        unsigned port;

        (void)snprintf(name, sizeof(name), "/home/somebody/ledger-%u", i);
        port = serve_usual_port(bc_str_of(name));
        assert_in_range(port, 61000, 65535);
        assert_int_equal(serve_usual_port(bc_str_of(name)), port);
        (void)snprintf(name, sizeof(name), "/home/somebody/ledger-%u", i + 1);
        equal += serve_usual_port(bc_str_of(name)) == port;
    }
    assert_true(equal < 10);
    assert_int_equal(serve_usual_port(BC_STR("/srv/ledger")), 61073); /* with every version */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_being_answered_is_finished),
        cmocka_unit_test(the_end_waits_for_nobody_for_long),
        cmocka_unit_test(a_port_is_free_again_at_once),
        cmocka_unit_test(some_ports_are_none),
        cmocka_unit_test(the_usual_port_is_the_name_s_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
