/* tests/ledger/log/test_meta.c - the values beside the events: each owner reaches its own keys, and
 * no other's. */
#include "ledger/log/log.h"
#include "tests/support/check.h"

#include <stdlib.h>

/* Ledgers have these on disk. */
static const struct key_row {
    enum bc_meta_owner owner;
    uint32_t number;
    struct bc_str key;
    bool is_of_importer;
} key_rows[] = {
    { BC_META_LOG, 0, { "head", 4 }, false },
    { BC_META_LEDGER, 0, { "origin", 6 }, false },
    { BC_META_TIMELINES, 0, { "timelines", 9 }, false },
    { BC_META_WORDS, 0, { "word\0\0\0\0", 8 }, false },
    { BC_META_WORDS, 1, { "word\0\0\0\1", 8 }, false },
    { BC_META_WORDS, 0x01020304, { "word\1\2\3\4", 8 }, false },
    { BC_META_WORDS, UINT32_MAX, { "word\377\377\377\377", 8 }, false },
    { BC_META_HUBSPOT, 0, { "hubspot", 7 }, true },
    { BC_META_QUIET, 0, { "quiet", 5 }, true },
};

static void keys_are_those_on_disk(void **state)
{
    bool seen[BC_META_OWNER_END] = { false };
    char room[BC_META_KEY_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(key_rows); i++) {
        const struct key_row *row = &key_rows[i];

        assert_true(bc_str_eq(bc_meta_key(room, row->owner, row->number), row->key));
        assert_int_equal(bc_meta_is_of_importer(row->owner), row->is_of_importer);
        seen[row->owner] = true;
    }
    for (size_t owner = 0; owner < BC_META_OWNER_END; owner++)
        assert_true(seen[owner]);
}

static bool begins_with(struct bc_str key, struct bc_str front)
{
    return key.len >= front.len && memcmp(key.at, front.at, front.len) == 0;
}

/* Nor would it with any number. */
static void no_owner_reaches_the_key_of_another(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(key_rows); i++)
        for (size_t j = 0; j < ARRAY_LEN(key_rows); j++) {
            struct bc_str word = key_rows[i].key;

            if (key_rows[i].owner == key_rows[j].owner)
                continue;
            if (key_rows[i].owner == BC_META_WORDS)
                word.len -= sizeof(uint32_t);
            if (begins_with(key_rows[j].key, word))
                fail_msg("keys %zu and %zu", i, j);
        }
}

static void each_owner_reads_what_it_put_there(void **state)
{
    bc_store *store = bc_store_memory();
    struct bc_batch batch = { 0 };
    struct bc_buf got = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    (void)state;
    check_ok(bc_log_open(&log, store, true, NULL, &err), &err); /* before "head" makes no sense */
    for (int owner = 0; owner < BC_META_OWNER_END; owner++) {
        const char value = (char)('a' + owner);

        bc_meta_put(&batch, (enum bc_meta_owner)owner, 0, (struct bc_str){ &value, 1 });
    }
    assert_int_equal(bc_meta_get(log, BC_META_HUBSPOT, &got, &err), BC_DONE);
    check_ok(bc_store_write(store, &batch, true, &err), &err);
    for (int owner = 0; owner < BC_META_OWNER_END; owner++) {
        if (owner == BC_META_WORDS) /* of many keys: they are walked */
            continue;
        check_ok(bc_meta_get(log, (enum bc_meta_owner)owner, &got, &err), &err);
        assert_int_equal(got.len, 1);
        assert_int_equal(got.at[0], 'a' + owner);
    }
    bc_buf_release(&got);
    bc_batch_release(&batch);
    bc_log_close(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_those_on_disk),
        cmocka_unit_test(no_owner_reaches_the_key_of_another),
        cmocka_unit_test(each_owner_reads_what_it_put_there),
    };

    return cmocka_run_group_tests_name("ledger/log/meta", tests, NULL, NULL);
}
