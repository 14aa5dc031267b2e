/* Who may use a shared log on NATS JetStream: TLS, NKeys, credentials, and what each user may. The
 * servers' configuration is that of ledger/share/JETSTREAM.md, with other keys and paths. */
#include "tests/support/check.h"
#include "tests/support/nats_log.h"
#include "tests/support/shared_log_contract.h"

#include <stdio.h>
#include <sys/stat.h>

#define KEYS BC_SOURCE_DIR "/tests/ledger/share/keys/"

enum { PATH = FOLDER_PATH + 32, BRIEF_MS = 4000 };

/* A server, and where its users' files are. */
struct secured {
    struct nats_servers servers;
    char ca[PATH], other_ca[PATH], maker[PATH], writer[PATH], reader[PATH];
    char url[64];
};

/* --- its configuration --- */

static void put_in_place(struct bc_buf *text, const char *of, const char *with)
{
    struct bc_buf out = { 0 };
    const char *from = text->at, *at;

    while ((at = strstr(from, of))) {
        bc_buf_add(&out, from, (size_t)(at - from));
        bc_buf_add(&out, with, strlen(with));
        from = at + strlen(of);
    }
    assert_true(from != text->at);
    bc_buf_add(&out, from, strlen(from) + 1);
    out.len--;
    bc_buf_release(text);
    *text = out;
}

/* The lines between those that begin a block with "tls" and end it. */
static void read_block(struct bc_buf *out)
{
    static const char begin[] = "```conf\ntls {";
    struct bc_buf page = { 0 };
    const char *from, *to;

    file_read(&page, BC_SOURCE_DIR "/ledger/share/JETSTREAM.md");
    bc_buf_add_byte(&page, '\0');
    from = strstr(page.at, begin);
    assert_non_null(from);
    from += strlen("```conf\n");
    to = strstr(from, "```");
    assert_non_null(to);
    bc_buf_add(out, from, (size_t)(to - from));
    bc_buf_add_byte(out, '\0');
    out->len--;
    bc_buf_release(&page);
}

static void put_key(struct bc_buf *text, const char *of, const char *file)
{
    struct bc_buf key = { 0 };
    char path[PATH];

    (void)snprintf(path, sizeof(path), KEYS "%s", file);
    file_read(&key, path);
    bc_buf_add_byte(&key, '\0');
    key.at[strcspn(key.at, "\n")] = '\0';
    put_in_place(text, of, key.at);
    bc_buf_release(&key);
}

/* Two authorities, and the server's certificate by one of them, for localhost. */
static void make_certificates(const char *folder)
{
    char command[1200];
    const int len = snprintf(
        command, sizeof(command),
        "cd %s && (for ca in ca other; do"
        " openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
        " -subj /CN=$ca -keyout $ca.key -out $ca.pem; done &&"
        " openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=server"
        " -keyout server.key -out server.csr && echo subjectAltName=DNS:localhost > names &&"
        " openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30"
        " -extfile names -out server.pem) 2> /dev/null",
        folder);

    assert_true(len > 0 && (size_t)len < sizeof(command));
    assert_int_equal(system(command), 0);
}

static void secret_file(char out[PATH], const char *folder, const char *file)
{
    struct bc_buf bytes = { 0 };
    char from[PATH];

    (void)snprintf(from, sizeof(from), KEYS "%s", file);
    (void)snprintf(out, PATH, "%s/%s", folder, file);
    file_read(&bytes, from);
    file_write(out, bc_buf_str(&bytes));
    assert_int_equal(chmod(out, 0600), 0);
    bc_buf_release(&bytes);
}

static int secured_begin(void **state)
{
    static struct secured secured;
    struct bc_buf text = { 0 };
    const char *folder = secured.servers.folder;
    char path[PATH];

    nats_prepare(&secured.servers, 1, "tls");
    make_certificates(folder);
    secret_file(secured.maker, folder, "maker.nk");
    secret_file(secured.writer, folder, "writer.nk");
    secret_file(secured.reader, folder, "reader.nk");
    (void)snprintf(secured.ca, PATH, "%s/ca.pem", folder);
    (void)snprintf(secured.other_ca, PATH, "%s/other.pem", folder);
    read_block(&text);
    (void)snprintf(path, PATH, "%s/server.", folder);
    put_in_place(&text, "/etc/nats/server.", path);
    put_key(&text, "MAKER", "maker.pub");
    put_key(&text, "WRITER", "writer.pub");
    put_key(&text, "READER", "reader.pub");
    nats_start(&secured.servers, text.at);
    bc_buf_release(&text);
    (void)snprintf(secured.url, sizeof(secured.url), "tls://localhost:%u", secured.servers.port[0]);
    *state = &secured;
    return 0;
}

static int secured_end(void **state)
{
    struct secured *secured = *state;

    nats_stop(&secured->servers);
    return 0;
}

static struct bc_jetstream_address address_for(const struct secured *secured, const char *nkey)
{
    return (struct bc_jetstream_address){ .servers = secured->url,
                                          .name = "deals",
                                          .ca_file = secured->ca,
                                          .nkey_file = nkey,
                                          .timeout_ms = BRIEF_MS };
}

static bc_shared_log open_as(const struct secured *secured, const char *nkey)
{
    const struct bc_jetstream_address address = address_for(secured, nkey);
    struct bc_err err = { 0 };
    bc_shared_log log = { 0 };

    check_ok(bc_jetstream_open(&log, &address, &err), &err);
    return log;
}

static void check_says(const struct bc_err *err, const char *says)
{
    if (!strstr(err->message, says))
        fail_msg("'%s' is not in: %s", says, err->message);
}

/* --- users --- */

/* The maker makes a log, the writer does all that the contract asks, the reader sees all of it. */
static void each_may_its_own(void **state)
{
    const struct secured *secured = *state;
    const struct bc_jetstream_address maker = address_for(secured, secured->maker);
    struct bc_jetstream_address writer = address_for(secured, secured->writer);
    struct bc_err err = { 0 };
    struct bc_buf bytes = { 0 };
    bc_shared_log log, reader;
    uint64_t position = 0, end;
    unsigned copies = 0;
    bc_status rc = BC_OK;

    check_ok(bc_jetstream_create(&maker, &copies, &err), &err);
    log = open_as(secured, secured->writer);
    reader = open_as(secured, secured->reader);
    shared_log_contract(
        &(struct shared_log_side){ .log = &log, .other = &reader, .one_writes = true });

    check_ok(log.ops->last(log.self, &end, &bytes, &err), &err);
    while (rc == BC_OK)
        check_ok(rc = reader.ops->read(reader.self, position, 0, &position, &bytes, &err), &err);
    assert_int_equal(position, end);
    check_ok(reader.ops->put_replica(reader.self, BC_STR("r"), BC_STR("at"), &err), &err);

    assert_int_equal(nats_log_try(&reader, end, 9000, &position, &err), BC_E_REMOTE);
    assert_string_equal(
        err.message, "cannot append to the shared log deals: the server does not permit it to "
                     "this user: Permissions Violation for Publish to \"backcast.deals.commit\"");
    assert_int_equal(
        reader.ops->put_part(reader.self, "0123456789abcdef0123456789abcdef", 0, BC_STR("x"), &err),
        BC_E_REMOTE);
    check_says(&err, "the server does not permit it to this user");
    writer.name = "another";
    assert_int_equal(bc_jetstream_create(&writer, &copies, &err), BC_E_REMOTE);
    check_says(&err, "cannot make the shared log another: the server does not permit it");
    bc_buf_release(&bytes);
    log.ops->close(log.self);
    reader.ops->close(reader.self);
}

static void who_is_not_let_in(void **state)
{
    const struct secured *secured = *state;
    char open_url[64], address_url[64], stranger[PATH], loose[PATH];
    const struct {
        const char *servers, *ca, *nkey;
        bc_status rc;
        const char *says;
    } rows[] = {
        { secured->url, secured->other_ca, secured->writer, BC_E_REMOTE, "SSL handshake error" },
        { secured->url, NULL, secured->writer, BC_E_REMOTE, "SSL handshake error" },
        { address_url, secured->ca, secured->writer, BC_E_REMOTE, "SSL handshake error" },
        { open_url, NULL, secured->writer, BC_E_REMOTE, "" },
        { secured->url, secured->ca, NULL, BC_E_REMOTE, "Authorization Violation" },
        { secured->url, secured->ca, stranger, BC_E_REMOTE, "Authorization Violation" },
        { secured->url, secured->ca, loose, BC_E_IO, "(its mode is 644); a seed's file has 600" },
        { secured->url, secured->ca, "/nowhere", BC_E_IO, "cannot open /nowhere" },
        { secured->url, "/nowhere", secured->writer, BC_E_IO, "/nowhere" },
        { secured->url, secured->ca, secured->ca, BC_E_INPUT, "no seed" },
    };

    (void)snprintf(open_url, sizeof(open_url), "nats://localhost:%u", secured->servers.port[0]);
    (void)snprintf(address_url, sizeof(address_url), "tls://127.0.0.1:%u",
                   secured->servers.port[0]);
    secret_file(stranger, secured->servers.folder, "stranger.nk");
    secret_file(loose, secured->servers.folder, "user.creds");
    secret_file(loose, secured->servers.folder, "reader.pub");
    assert_int_equal(chmod(loose, 0644), 0);
    assert_int_equal(chmod(secured->ca, 0600), 0);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct bc_jetstream_address address = address_for(secured, rows[i].nkey);
        struct bc_err err = { 0 };
        bc_shared_log log;

        address.servers = rows[i].servers;
        address.ca_file = rows[i].ca;
        if (bc_jetstream_open(&log, &address, &err) != rows[i].rc ||
            !strstr(err.message, rows[i].says))
            fail_msg("row %zu: %s", i, err.message);
    }
}

/* A server of an operator, whose accounts and users are JWTs that it signed. */
static void credentials(void **state)
{
    struct nats_servers servers;
    struct bc_jetstream_address address;
    struct bc_buf text = { 0 };
    struct bc_err err = { 0 };
    char creds[PATH];
    bc_shared_log log;
    unsigned copies;

    (void)state;
    nats_prepare(&servers, 1, "nats");
    file_read(&text, KEYS "operator.conf");
    bc_buf_add_byte(&text, '\0');
    nats_start(&servers, text.at);
    bc_buf_release(&text);
    secret_file(creds, servers.folder, "user.creds");
    address = nats_log_address(&servers);
    assert_int_equal(bc_jetstream_create(&address, &copies, &err), BC_E_REMOTE);
    check_says(&err, "Authorization Violation");
    address.creds_file = creds;
    check_ok(bc_jetstream_create(&address, &copies, &err), &err);
    check_ok(bc_jetstream_open(&log, &address, &err), &err);
    (void)nats_log_append(&log, 0, 1);
    nats_log_check(&log, 1);
    log.ops->close(log.self);
    assert_int_equal(chmod(creds, 0640), 0);
    assert_int_equal(bc_jetstream_open(&log, &address, &err), BC_E_IO);
    check_says(&err, "a credential's file has 600");
    nats_stop(&servers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_may_its_own, secured_begin, secured_end),
        cmocka_unit_test_setup_teardown(who_is_not_let_in, secured_begin, secured_end),
        cmocka_unit_test(credentials),
    };

    if (!nats_is_here())
        return NATS_SKIPPED;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
