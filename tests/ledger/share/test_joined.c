/* What a ledger is joined to: written and read back, and what else the file may hold. */
#include "ledger/base/dir.h"
#include "ledger/base/ledger_dir.h"
#include "ledger/share/joined.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>
#include <string.h>

static char folder[FOLDER_PATH];

static int make_folder(void **state)
{
    (void)state;
    folder_make(folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

static const struct bc_joined whole = { .servers = "tls://one:4222,tls://two:4222",
                                        .log = "sales",
                                        .replica = "berlin",
                                        .ca_file = "/etc/a b/ca.pem",
                                        .nkey_file = "/etc/backcast/seed" };

static void what_is_written_is_read(void **state)
{
    bc_arena *arena = bc_arena_new();
    struct bc_joined found;
    struct bc_err err = { 0 };

    (void)state;
    assert_int_equal(bc_joined_read(&found, folder, arena, &err), BC_DONE);
    assert_int_equal(bc_joined_write(folder, &whole, &err), BC_OK);
    assert_int_equal(bc_joined_read(&found, folder, arena, &err), BC_OK);
    assert_string_equal(found.servers, whole.servers);
    assert_string_equal(found.log, whole.log);
    assert_string_equal(found.replica, whole.replica);
    assert_string_equal(found.ca_file, whole.ca_file);
    assert_null(found.creds_file);
    assert_string_equal(found.nkey_file, whole.nkey_file);
    assert_int_equal(bc_joined_remove(folder, &err), BC_OK);
    assert_int_equal(bc_joined_read(&found, folder, arena, &err), BC_DONE);
    assert_int_equal(bc_joined_remove(folder, &err), BC_DONE);
    bc_arena_free(arena);
}

static void a_value_with_a_line_end_is_refused(void **state)
{
    struct bc_joined joined = whole;
    struct bc_err err = { 0 };

    (void)state;
    joined.ca_file = "/etc/x\nnkey /etc/shadow";
    assert_int_equal(bc_joined_write(folder, &joined, &err), BC_E_INPUT);
}

static struct row {
    const char *name, *text;
    bc_status status;
    const char *says;
} rows[] = {
    { "nothing", "", BC_E_DAMAGED, "share:1" },
    { "something else", "hello\n", BC_E_DAMAGED, "share:1" },
    { "a newer form", "backcast share 2\nlog x\n", BC_E_NEWER, NULL },
    { "a word that is none", "backcast share 1\nlog x\nlogg y\n", BC_E_DAMAGED, "share:3" },
    { "a word twice", "backcast share 1\nlog x\nlog y\n", BC_E_DAMAGED, "share:3" },
    { "a word without a value", "backcast share 1\nlog \n", BC_E_DAMAGED, "share:2" },
    { "no replica", "backcast share 1\nservers nats://a\nlog x\n", BC_E_DAMAGED, "share:3" },
    { "a line without an end", "backcast share 1\nservers nats://a\nlog x\nreplica r", BC_E_DAMAGED,
      "share:1" },
    { "all that is needed", "backcast share 1\nservers nats://a\nlog x\nreplica r\n", BC_OK, NULL },
};

static void a_file_is_one_of_these_or_its_line_is_named(void **state)
{
    const struct row *row = *state;
    bc_arena *arena = bc_arena_new();
    struct bc_joined found;
    struct bc_err err = { 0 };

    assert_int_equal(bc_dir_write(folder, BC_LEDGER_SHARE_FILE, bc_str_of(row->text), NULL), BC_OK);
    assert_int_equal(bc_joined_read(&found, folder, arena, &err), row->status);
    if (row->says)
        assert_non_null(strstr(err.context, row->says));
    bc_arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 2] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_value_with_a_line_end_is_refused),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i + 2] =
            (struct CMUnitTest){ .name = rows[i].name,
                                 .test_func = a_file_is_one_of_these_or_its_line_is_named,
                                 .initial_state = &rows[i] };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
