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
    const char *name; /* of an owner of several; or NULL */
} key_rows[] = {
    { BC_META_LOG, 0, { "head", 4 }, false, NULL },
    { BC_META_LEDGER, 0, { "origin", 6 }, false, NULL },
    { BC_META_TIMELINES, 0, { "timelines", 9 }, false, NULL },
    { BC_META_WORDS, 0, { "word\0\0\0\0", 8 }, false, NULL },
    { BC_META_WORDS, 1, { "word\0\0\0\1", 8 }, false, NULL },
    { BC_META_WORDS, 0x01020304, { "word\1\2\3\4", 8 }, false, NULL },
    { BC_META_WORDS, UINT32_MAX, { "word\377\377\377\377", 8 }, false, NULL },
    { BC_META_HUBSPOT, 0, { "hubspot", 7 }, true, NULL },
    { BC_META_QUIET, 0, { "quiet", 5 }, true, NULL },
    { BC_META_SOURCE, 0, { "source/github/x", 15 }, true, "github/x" },
    { BC_META_SOURCE, 0, { "source/", 7 }, true, "" },
    { BC_META_UNTIED, 0, { "untied/github", 13 }, true, "github" },
    { BC_META_UNTIED, 0, { "untied/", 7 }, true, "" },
    { BC_META_SHARE, 0, { "share", 5 }, false, NULL },
};

static void keys_are_those_on_disk(void **state)
{
    bool seen[BC_META_OWNER_END] = { false };
    char room[BC_META_KEY_MAX];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(key_rows); i++) {
        const struct key_row *row = &key_rows[i];
        struct bc_buf named = { 0 };

        if (row->name)
            bc_meta_key_named(&named, row->owner, bc_str_of(row->name));
        assert_true(bc_str_eq(
            row->name ? bc_buf_str(&named) : bc_meta_key(room, row->owner, row->number), row->key));
        bc_buf_release(&named);
        assert_int_equal(bc_meta_is_of_importer(row->owner), row->is_of_importer);
        assert_int_equal(bc_meta_key_is_of_importer(row->key),
                         row->is_of_importer && (!row->name || row->name[0]));
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

static bool is_named(int owner)
{
    return owner == BC_META_SOURCE || owner == BC_META_UNTIED;
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

        if (is_named(owner))
            bc_meta_put_named(&batch, (enum bc_meta_owner)owner, BC_STR("x"),
                              (struct bc_str){ &value, 1 });
        else
            bc_meta_put(&batch, (enum bc_meta_owner)owner, 0, (struct bc_str){ &value, 1 });
    }
    assert_int_equal(bc_meta_get(log, BC_META_HUBSPOT, &got, &err), BC_DONE);
    check_ok(bc_store_write(store, &batch, true, &err), &err);
    for (int owner = 0; owner < BC_META_OWNER_END; owner++) {
        if (owner == BC_META_WORDS) /* of many keys: they are walked */
            continue;
        got.len = 0;
        if (is_named(owner))
            check_ok(bc_meta_get_named(log, (enum bc_meta_owner)owner, BC_STR("x"), &got, &err),
                     &err);
        else
            check_ok(bc_meta_get(log, (enum bc_meta_owner)owner, &got, &err), &err);
        assert_int_equal(got.len, 1);
        assert_int_equal(got.at[0], 'a' + owner);
    }
    bc_buf_release(&got);
    bc_batch_release(&batch);
    bc_log_close(log);
}

/* "name=value;" of each. */
static bc_status gather(void *payload, struct bc_str name, struct bc_str value, struct bc_err *err)
{
    (void)err;
    bc_buf_printf(payload, "%.*s=%.*s;", BC_STR_ARG(name), BC_STR_ARG(value));
    return BC_OK;
}

static void names_are_walked_in_order_and_no_other_owners(void **state)
{
    bc_store *store = bc_store_memory();
    struct bc_batch batch = { 0 };
    struct bc_buf got = { 0 };
    struct bc_err err = { 0 };
    bc_log *log = NULL;

    (void)state;
    check_ok(bc_log_open(&log, store, true, NULL, &err), &err);
    bc_meta_put_named(&batch, BC_META_SOURCE, BC_STR("b"), BC_STR("2"));
    bc_meta_put_named(&batch, BC_META_SOURCE, BC_STR("a"), BC_STR("1"));
    bc_meta_put_named(&batch, BC_META_UNTIED, BC_STR("c"), BC_STR("3"));
    bc_meta_put(&batch, BC_META_TIMELINES, 0, BC_STR("t"));
    check_ok(bc_store_write(store, &batch, true, &err), &err);
    check_ok(bc_meta_each_named(log, BC_META_SOURCE, gather, &got, &err), &err);
    assert_true(bc_str_eq(bc_buf_str(&got), BC_STR("a=1;b=2;")));
    got.len = 0;
    check_ok(bc_meta_each_named(log, BC_META_UNTIED, gather, &got, &err), &err);
    assert_true(bc_str_eq(bc_buf_str(&got), BC_STR("c=3;")));
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
        cmocka_unit_test(names_are_walked_in_order_and_no_other_owners),
    };

    return cmocka_run_group_tests_name("ledger/log/meta", tests, NULL, NULL);
}
