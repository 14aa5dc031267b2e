/* Addresses of shared logs on NATS JetStream, and the NKeys of users: without a server. */
#include "ledger/share/jetstream.h"
#include "ledger/share/nkey.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>
#include <sys/stat.h>

#define KEYS BC_SOURCE_DIR "/tests/ledger/share/keys/"

static void addresses(void **state)
{
    static const struct {
        const char *servers, *name, *ca_file, *creds_file, *nkey_file, *says;
    } rows[] = {
        { "nats://a", "", NULL, NULL, NULL, "'' is no name of a shared log" },
        { "nats://a", "a.b", NULL, NULL, NULL, "'a.b' is no name" },
        { "nats://a", "a-parts", NULL, NULL, NULL, "'a-parts' is no name" },
        { "nats://a", "a-replicas", NULL, NULL, NULL, "'a-replicas' is no name" },
        { "", "a", NULL, NULL, NULL, "'' is no server" },
        { "nats://", "a", NULL, NULL, NULL, "'nats://' is no server" },
        { "http://a", "a", NULL, NULL, NULL, "'http://a' is no server" },
        { "nats://a,", "a", NULL, NULL, NULL, "'' is no server" },
        { "nats://a,tls://b", "a", NULL, NULL, NULL, "some are tls://, some nats://" },
        { "nats://me:secret@a", "a", NULL, NULL, NULL, "no password" },
        { "nats://a", "a", "x", NULL, NULL, "certificates are for servers with tls://" },
        { "tls://a", "a", NULL, "x", "y", "not both" },
        { "nats://1,nats://2,nats://3,nats://4,nats://5,nats://6,nats://7,nats://8,nats://9,"
          "nats://10,nats://11,nats://12,nats://13,nats://14,nats://15,nats://16,nats://17",
          "a", NULL, NULL, NULL, "these are 17 servers, at most 16" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct bc_jetstream_address address = { .servers = rows[i].servers,
                                                      .name = rows[i].name,
                                                      .ca_file = rows[i].ca_file,
                                                      .creds_file = rows[i].creds_file,
                                                      .nkey_file = rows[i].nkey_file };
        struct bc_err err = { 0 };
        bc_shared_log log;

        assert_int_equal(bc_jetstream_open(&log, &address, &err), BC_E_INPUT);
        if (!strstr(err.message, rows[i].says))
            fail_msg("row %zu: %s", i, err.message);
        assert_null(strstr(err.message, "secret"));
    }
}

/* --- NKeys --- */

static void read_key(struct bc_buf *out, const char *file)
{
    char path[FOLDER_PATH + 64];

    (void)snprintf(path, sizeof(path), KEYS "%s", file);
    file_read(out, path);
    out->len = strcspn(out->at, "\n");
    out->at[out->len] = '\0';
}

static void public_of_seed(void **state)
{
    static const char *const users[][2] = { { "maker.nk", "maker.pub" },
                                            { "writer.nk", "writer.pub" },
                                            { "reader.nk", "reader.pub" } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(users); i++) {
        struct bc_buf seed = { 0 }, want = { 0 };
        char got[BC_NKEY_PUBLIC_LEN + 1];

        read_key(&seed, users[i][0]);
        read_key(&want, users[i][1]);
        assert_true(bc_nkey_public(got, bc_buf_str(&seed)));
        assert_string_equal(got, want.at);
        /* Each character altered, one left out, one too many: it is no seed. */
        for (size_t k = 0; k < seed.len; k++) {
            const char was = seed.at[k];

            seed.at[k] = was == 'A' ? 'B' : 'A';
            assert_false(bc_nkey_public(got, bc_buf_str(&seed)));
            seed.at[k] = was;
        }
        assert_false(bc_nkey_public(got, (struct bc_str){ seed.at, seed.len - 1 }));
        assert_false(bc_nkey_public(got, bc_buf_str(&want)));
        bc_buf_release(&seed);
        bc_buf_release(&want);
    }
}

static void seed_in_a_file(void **state)
{
    static const struct {
        const char *before, *after;
        mode_t mode;
        bc_status rc;
        const char *says;
    } rows[] = {
        { "", "", 0600, BC_OK, NULL },
        { "", "\n", 0400, BC_OK, NULL },
        { "# of the writer\n\n", " \r\n\n", 0600, BC_OK, NULL },
        { "", "\n", 0640, BC_E_IO, "(its mode is 640); a seed's file has 600" },
        { "", "\n", 0604, BC_E_IO, "(its mode is 604); a seed's file has 600" },
        { "seed: ", "\n", 0600, BC_E_INPUT, "there is no seed of a user's NKey in " },
        { "", "X\n", 0600, BC_E_INPUT, "there is no seed of a user's NKey in " },
    };
    struct folder_place *place;
    struct bc_buf seed = { 0 }, text = { 0 }, want = { 0 };
    char got[BC_NKEY_PUBLIC_LEN + 1];

    place = *state;
    read_key(&seed, "writer.nk");
    read_key(&want, "writer.pub");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        bc_status rc;

        text.len = 0;
        bc_buf_printf(&text, "%s%s%s", rows[i].before, seed.at, rows[i].after);
        file_write(place->dir, bc_buf_str(&text));
        assert_int_equal(chmod(place->dir, rows[i].mode), 0);
        rc = bc_nkey_file_public(got, place->dir, &place->err);
        assert_int_equal(rc, rows[i].rc);
        if (rc == BC_OK)
            assert_string_equal(got, want.at);
        else if (!strstr(place->err.message, rows[i].says))
            fail_msg("row %zu: %s", i, place->err.message);
        assert_null(strstr(place->err.message, seed.at));
        assert_int_equal(chmod(place->dir, 0600), 0);
    }
    bc_buf_release(&seed);
    bc_buf_release(&text);
    bc_buf_release(&want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses),
        cmocka_unit_test(public_of_seed),
        cmocka_unit_test_setup_teardown(seed_in_a_file, folder_place_begin, folder_place_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
