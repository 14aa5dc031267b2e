/* The streams of a shared log on NATS JetStream: what others do to them, and how they are set up.
 */
#include "tests/support/check.h"
#include "tests/support/nats_log.h"

#include <inttypes.h>
#include <stdio.h>

enum { BRIEF_MS = 1000 };

static const char *const streams[] = { "deals", "deals-parts", "deals-replicas" };

static void begin(struct nats_servers *servers, size_t n)
{
    nats_prepare(servers, n, "nats");
    nats_start(servers, NULL);
}

/* --- what others do to the streams --- */

/* A part was put long ago, so that its id is not known any more. */
static void part_stays(void **state)
{
    static const char id[] = "0123456789abcdef0123456789abcdef";
    struct nats_servers servers;
    struct bc_err err = { 0 };
    struct bc_buf bytes = { 0 };
    bc_shared_log log;

    (void)state;
    nats_log_begin(&servers);
    log = nats_log_open(&servers, 0);
    nats_ask(&servers, 0, "backcast.deals.part.0123456789abcdef0123456789abcdef.0", NULL, "abc",
             &bytes);
    nats_ask(&servers, 0, "backcast.deals.part.0123456789abcdef0123456789abcdef.0", NULL, "other",
             &bytes);
    assert_non_null(strstr(bytes.at, "maximum messages per subject exceeded"));
    check_ok(log.ops->put_part(log.self, id, 0, BC_STR("abc"), &err), &err);
    assert_int_equal(log.ops->put_part(log.self, id, 0, BC_STR("abd"), &err), BC_E_DAMAGED);
    bytes.len = 0;
    check_ok(log.ops->read_part(log.self, id, 0, &bytes, &err), &err);
    assert_true(bc_str_eq(bc_buf_str(&bytes), BC_STR("abc")));
    bc_buf_release(&bytes);
    log.ops->close(log.self);
    nats_stop(&servers);
}

/* What is among the commits and is none is passed over, wherever it stands, and counted once. */
static void foreign_messages(void **state)
{
    struct nats_servers servers;
    struct bc_buf bytes = { 0 };
    struct bc_err err = { 0 };
    bc_shared_log log, reader;
    uint64_t end, position;

    (void)state;
    nats_log_begin(&servers);
    log = nats_log_open(&servers, 0);
    reader = nats_log_open(&servers, 0);
    nats_ask(&servers, 0, "backcast.deals.commit", NULL, "no commit", &bytes);
    nats_log_check(&reader, 0);
    assert_int_equal(log.ops->last(log.self, &position, &bytes, &err), BC_DONE);
    end = nats_log_append(&log, 0, 1);
    /* An answer of the server's is sent to a subject that another one may not publish to. */
    nats_ask(&servers, 0, "$JS.API.STREAM.INFO.deals", "backcast.deals.commit", "", &bytes);
    nats_ask(&servers, 0, "backcast.deals.commit", NULL, "no commit", &bytes);
    nats_log_check(&reader, 1);
    nats_log_check(&reader, 1);
    check_ok(log.ops->last(log.self, &position, &bytes, &err), &err);
    assert_int_equal(position, end);
    for (unsigned i = 2; i <= 20; i++) {
        end = nats_log_append(&log, end, i);
        if (i == 10)
            nats_ask(&servers, 0, "backcast.deals.commit", NULL, "no commit", &bytes);
    }
    nats_log_check(&reader, 20);
    assert_int_equal(reader.ops->passed_over(reader.self), 4);
    log.ops->close(log.self);
    reader.ops->close(reader.self);
    bc_buf_release(&bytes);
    nats_stop(&servers);
}

static void check_denied(const struct nats_servers *servers, const char *api, const char *stream,
                         const char *text, const char *says)
{
    struct bc_buf answer = { 0 };
    char subject[128];

    (void)snprintf(subject, sizeof(subject), "$JS.API.STREAM.%s.%s", api, stream);
    nats_ask(servers, 0, subject, NULL, text, &answer);
    if (!strstr(answer.at, says))
        fail_msg("%s: %s", subject, answer.at);
    bc_buf_release(&answer);
}

static void nothing_is_deleted(void **state)
{
    struct nats_servers servers;
    bc_shared_log log;

    (void)state;
    nats_log_begin(&servers);
    log = nats_log_open(&servers, 0);
    (void)nats_log_append(&log, 0, 1);
    for (size_t i = 0; i < ARRAY_LEN(streams); i++) {
        check_denied(&servers, "MSG.DELETE", streams[i], "{\"seq\":1}",
                     "message delete not permitted");
        check_denied(&servers, "PURGE", streams[i], "", "stream purge not permitted");
    }
    nats_log_check(&log, 1);
    log.ops->close(log.self);
    nats_stop(&servers);
}

/* A log that was made anew is not taken for the old one. */
static void other_log(void **state)
{
    struct nats_servers servers;
    struct bc_buf answer = { 0 };
    struct bc_err err = { 0 };
    bc_shared_log log;
    uint64_t position;

    (void)state;
    nats_log_begin(&servers);
    log = nats_log_open(&servers, BRIEF_MS);
    (void)nats_log_append(&log, 0, 1);
    assert_int_equal(nats_log_try(&log, 7, 2, &position, &err), BC_E_DAMAGED);
    assert_string_equal(err.message, "the shared log deals ends at position 1, and had a commit at "
                                     "7: it is another log, or lost its end");
    nats_log_check(&log, 1);
    log.ops->close(log.self);
    bc_buf_release(&answer);
    nats_stop(&servers);
}

/* A message of the commits' stream is lost, though it denies that now. */
static void message_is_missing(void **state)
{
#define SETTINGS                                                                                   \
    "{\"name\":\"deals\",\"subjects\":[\"backcast.deals.commit\"],\"retention\":\"limits\","       \
    "\"storage\":\"file\",\"num_replicas\":1,\"discard\":\"new\",\"duplicate_window\":"            \
    "120000000000"
    struct nats_servers servers;
    struct bc_buf bytes = { 0 };
    struct bc_err err = { 0 };
    bc_shared_log log;
    uint64_t position;

    (void)state;
    nats_log_begin(&servers);
    nats_ask(&servers, 0, "$JS.API.STREAM.DELETE.deals", NULL, "", &bytes);
    nats_ask(&servers, 0, "$JS.API.STREAM.CREATE.deals", NULL, SETTINGS "}", &bytes);
    for (int i = 0; i < 3; i++)
        nats_ask(&servers, 0, "backcast.deals.commit", NULL, "no commit", &bytes);
    nats_ask(&servers, 0, "$JS.API.STREAM.MSG.DELETE.deals", NULL, "{\"seq\":2}", &bytes);
    nats_ask(&servers, 0, "$JS.API.STREAM.UPDATE.deals", NULL,
             SETTINGS ",\"deny_delete\":true,\"deny_purge\":true}", &bytes);
    log = nats_log_open(&servers, BRIEF_MS);
    assert_int_equal(log.ops->read(log.self, 0, 0, &position, &bytes, &err), BC_E_DAMAGED);
    assert_string_equal(err.message, "the shared log deals lacks its message 2, and goes on to 3");
    log.ops->close(log.self);
    bc_buf_release(&bytes);
    nats_stop(&servers);
#undef SETTINGS
}

/* --- how streams are set up --- */

static void made_once(void **state)
{
    struct nats_servers servers;
    struct bc_jetstream_address address;
    struct bc_err err = { 0 };
    bc_shared_log log;
    unsigned copies;

    (void)state;
    begin(&servers, 1);
    address = nats_log_address(&servers);
    assert_int_equal(bc_jetstream_open(&log, &address, &err), BC_E_INPUT);
    assert_string_equal(err.message, "there is no shared log deals on these servers");
    nats_log_create(&servers, 1);
    assert_int_equal(bc_jetstream_create(&address, &copies, &err), BC_E_INPUT);
    assert_string_equal(err.message, "the shared log deals is there already");
    address.name = "other";
    check_ok(bc_jetstream_create(&address, &copies, &err), &err);
    nats_stop(&servers);
}

static void other_settings(void **state)
{
    static const struct {
        const char *settings, *says;
    } rows[] = {
        { "\"deny_purge\":true", "messages can be deleted" },
        { "\"deny_delete\":true", "it can be emptied" },
        { "\"deny_delete\":true,\"deny_purge\":true,\"max_msgs\":1000000", "it has a limit, " },
        { "\"deny_delete\":true,\"deny_purge\":true,\"max_bytes\":1000000", "it has a limit, " },
        { "\"deny_delete\":true,\"deny_purge\":true,\"max_age\":86400000000000",
          "it has a limit, " },
        { "\"deny_delete\":true,\"deny_purge\":true,\"max_msg_size\":1000",
          "the size of messages" },
        { "\"deny_delete\":true,\"deny_purge\":true,\"max_msgs_per_subject\":9", "of a subject" },
        { "\"deny_delete\":true,\"deny_purge\":true,\"storage\":\"memory\"", "not kept in files" },
        { "\"deny_delete\":true,\"deny_purge\":true,\"retention\":\"interest\"",
          "when they were read" },
        { "\"deny_delete\":true,\"deny_purge\":true,\"no_ack\":true", "acknowledges nothing" },
        { "\"deny_delete\":true,\"deny_purge\":true,\"subjects\":[\"x\"]", "other subjects" },
    };
    struct nats_servers servers;
    struct bc_buf answer = { 0 }, text = { 0 };
    struct bc_err err = { 0 };
    bc_shared_log log;

    (void)state;
    begin(&servers, 1);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bc_jetstream_address address = nats_log_address(&servers);
        char name[16], subject[64];

        (void)snprintf(name, sizeof(name), "log%zu", i);
        (void)snprintf(subject, sizeof(subject), "$JS.API.STREAM.CREATE.%s", name);
        address.name = name;
        text.len = answer.len = 0;
        bc_buf_printf(&text, "{\"name\":\"%s\",\"num_replicas\":1", name);
        if (!strstr(rows[i].settings, "subjects"))
            bc_buf_printf(&text, ",\"subjects\":[\"backcast.%s.commit\"]", name);
        if (!strstr(rows[i].settings, "storage"))
            bc_buf_printf(&text, ",\"storage\":\"file\"");
        if (!strstr(rows[i].settings, "retention"))
            bc_buf_printf(&text, ",\"retention\":\"limits\"");
        bc_buf_printf(&text, ",%s}", rows[i].settings);
        bc_buf_add_byte(&text, '\0');
        nats_ask(&servers, 0, subject, NULL, text.at, &answer);
        assert_int_equal(bc_jetstream_open(&log, &address, &err), BC_E_INPUT);
        if (!strstr(err.message, rows[i].says))
            fail_msg("%s: %s (%s)", rows[i].settings, err.message, answer.at);
    }
    bc_buf_release(&text);
    bc_buf_release(&answer);
    nats_stop(&servers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(part_stays),         cmocka_unit_test(foreign_messages),
        cmocka_unit_test(nothing_is_deleted), cmocka_unit_test(other_log),
        cmocka_unit_test(message_is_missing), cmocka_unit_test(made_once),
        cmocka_unit_test(other_settings),
    };

    if (!nats_is_here())
        return NATS_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
