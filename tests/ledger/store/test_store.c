/* The promises of a store, held against both stores: one table of behaviours, each row run on
 * RocksDB and in memory, and over again after closing and opening where there is a disk. */
#include "ledger/store/store_rocksdb.h"
#include "tests/support/check.h"
#include "tests/support/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A store under test, and how to open it again. */
struct bench {
    bc_store *store;
    char folder[FOLDER_PATH], db[FOLDER_PATH + 16];
    bool on_disk;
    struct bc_err err;
};

static void bench_open(struct bench *bench, bool write, bool create)
{
    check_ok(bc_store_rocksdb(&bench->store, bench->db, write, create, &bench->err), &bench->err);
}

/* As a new process would find it; in memory there is none. */
static void reopen(struct bench *bench, bool write)
{
    if (!bench->on_disk)
        return;
    bc_store_close(bench->store);
    bench_open(bench, write, false);
}

static void put(struct bench *bench, enum bc_op op, enum bc_family family, const char *key,
                const char *value)
{
    struct bc_batch batch = { 0 };

    bc_batch_add(&batch, family, op, bc_str_of(key), bc_str_of(value));
    check_ok(bc_store_write(bench->store, &batch, true, &bench->err), &bench->err);
    bc_batch_release(&batch);
}

/* NULL: absent. */
static void check_value(struct bench *bench, enum bc_family family, const char *key,
                        const char *want)
{
    struct bc_buf value = { 0 };
    bc_status rc;

    bc_buf_add_str(&value, BC_STR("left from before"));
    rc = bc_store_get(bench->store, family, bc_str_of(key), &value, &bench->err);
    check_ok(rc, &bench->err);
    assert_int_equal(rc, want ? BC_OK : BC_DONE);
    if (want && !bc_str_eq(bc_buf_str(&value), bc_str_of(want)))
        fail_msg("%s is \"%.*s\", expected \"%s\"", key, BC_STR_ARG(bc_buf_str(&value)), want);
    bc_buf_release(&value);
}

/* A family as "key=value " in the order of a walk. */
static void check_walk(struct bench *bench, enum bc_family family, const char *first,
                       const char *want)
{
    struct bc_buf text = { 0 };
    struct bc_str key, value;
    bc_iter *iter;
    bc_status rc;

    check_ok(bc_iter_open(&iter, bench->store, family, bc_str_of(first), &bench->err), &bench->err);
    while ((rc = bc_iter_next(iter, &key, &value, &bench->err)) == BC_OK)
        bc_buf_printf(&text, "%.*s=%.*s ", BC_STR_ARG(key), BC_STR_ARG(value));
    check_ok(rc, &bench->err);
    assert_int_equal(bc_iter_next(iter, &key, &value, &bench->err), BC_DONE); /* still the end */
    bc_iter_free(iter);
    bc_buf_add_byte(&text, '\0');
    assert_string_equal(text.at, want);
    bc_buf_release(&text);
}

static void what_was_put_is_there(struct bench *bench)
{
    put(bench, BC_PUT, BC_LOG, "a", "1");
    put(bench, BC_PUT, BC_LOG, "b", "");
    for (int pass = 0; pass < 2; pass++) {
        check_value(bench, BC_LOG, "a", "1");
        check_value(bench, BC_LOG, "b", "");
        check_value(bench, BC_LOG, "c", NULL);
        check_value(bench, BC_IDS, "a", NULL);
        reopen(bench, pass == 0);
    }
}

static void putting_again_replaces(struct bench *bench)
{
    put(bench, BC_PUT, BC_META, "head", "a longer one");
    put(bench, BC_PUT, BC_META, "head", "2");
    reopen(bench, true);
    check_value(bench, BC_META, "head", "2");
}

static void appending_joins_in_order(struct bench *bench)
{
    put(bench, BC_APPEND, BC_TIMELINES, "d", "a");
    put(bench, BC_APPEND, BC_TIMELINES, "d", "");
    put(bench, BC_APPEND, BC_TIMELINES, "d", "bc");
    check_value(bench, BC_TIMELINES, "d", "abc");
    reopen(bench, true);
    put(bench, BC_APPEND, BC_TIMELINES, "d", "d");
    put(bench, BC_PUT, BC_DEALS, "d", "x");
    put(bench, BC_APPEND, BC_DEALS, "d", "y");
    for (int pass = 0; pass < 2; pass++) {
        check_value(bench, BC_TIMELINES, "d", "abcd");
        check_value(bench, BC_DEALS, "d", "xy");
        check_walk(bench, BC_TIMELINES, "", "d=abcd ");
        reopen(bench, pass == 0);
    }
}

static void many_appendings_join_to_one_value(struct bench *bench)
{
    struct bc_buf want = { 0 };
    char part[16];

    for (int i = 0; i < 300; i++) {
        (void)snprintf(part, sizeof(part), "%d,", i);
        bc_buf_add_str(&want, bc_str_of(part));
        put(bench, BC_APPEND, BC_DEALS, "deal", part);
        if (i % 100 == 50)
            reopen(bench, true);
    }
    bc_buf_add_byte(&want, '\0');
    check_value(bench, BC_DEALS, "deal", want.at);
    bc_buf_release(&want);
}

static void what_was_deleted_is_gone(struct bench *bench)
{
    put(bench, BC_PUT, BC_IDS, "a", "1");
    put(bench, BC_PUT, BC_IDS, "b", "2");
    put(bench, BC_DELETE, BC_IDS, "a", "");
    put(bench, BC_DELETE, BC_IDS, "never there", "");
    reopen(bench, true);
    check_value(bench, BC_IDS, "a", NULL);
    check_walk(bench, BC_IDS, "", "b=2 ");
    put(bench, BC_PUT, BC_IDS, "a", "3");
    check_walk(bench, BC_IDS, "", "a=3 b=2 ");
}

static void a_batch_is_applied_in_its_order(struct bench *bench)
{
    struct bc_batch batch = { 0 };

    bc_batch_add(&batch, BC_LOG, BC_PUT, BC_STR("k"), BC_STR("1"));
    bc_batch_add(&batch, BC_LOG, BC_DELETE, BC_STR("k"), BC_STR(""));
    bc_batch_add(&batch, BC_IDS, BC_DELETE, BC_STR("k"), BC_STR(""));
    bc_batch_add(&batch, BC_IDS, BC_PUT, BC_STR("k"), BC_STR("2"));
    bc_batch_add(&batch, BC_DEALS, BC_APPEND, BC_STR("k"), BC_STR("3"));
    bc_batch_add(&batch, BC_DEALS, BC_APPEND, BC_STR("k"), BC_STR("4"));
    check_ok(bc_store_write(bench->store, &batch, false, &bench->err), &bench->err);
    bc_batch_clear(&batch);
    check_ok(bc_store_write(bench->store, &batch, true, &bench->err), &bench->err); /* empty */
    bc_batch_release(&batch);
    check_value(bench, BC_LOG, "k", NULL);
    check_value(bench, BC_IDS, "k", "2");
    check_value(bench, BC_DEALS, "k", "34");
}

static void a_walk_is_in_byte_order_from_its_first_key(struct bench *bench)
{
    static const char *const keys[] = { "b", "a", "ab", "\xc3\xa4", "Z", "a b" };

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        put(bench, BC_PUT, BC_IDS, keys[i], "x");
    put(bench, BC_PUT, BC_TREE, "aa", "other family");
    for (int pass = 0; pass < 2; pass++) {
        check_walk(bench, BC_IDS, "", "Z=x a=x a b=x ab=x b=x \xc3\xa4=x ");
        check_walk(bench, BC_IDS, "a", "a=x a b=x ab=x b=x \xc3\xa4=x ");
        check_walk(bench, BC_IDS, "aa", "ab=x b=x \xc3\xa4=x ");
        check_walk(bench, BC_IDS, "\xff", "");
        check_walk(bench, BC_META, "", "");
        reopen(bench, pass == 0);
    }
}

static void keys_and_values_may_hold_any_byte(struct bench *bench)
{
    char all[256];
    struct bc_str bytes = { all, sizeof(all) }, key, value;
    struct bc_batch batch = { 0 };
    bc_iter *iter;

    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    bc_batch_add(&batch, BC_LOG, BC_PUT, bytes, bytes);
    check_ok(bc_store_write(bench->store, &batch, true, &bench->err), &bench->err);
    bc_batch_release(&batch);
    reopen(bench, true);
    check_ok(bc_iter_open(&iter, bench->store, BC_LOG, BC_STR("\0"), &bench->err), &bench->err);
    assert_int_equal(bc_iter_next(iter, &key, &value, &bench->err), BC_OK);
    assert_true(bc_str_eq(key, bytes) && bc_str_eq(value, bytes));
    bc_iter_free(iter);
}

static void bulk_put(struct bench *bench, enum bc_family family, const char *const *keys, size_t n,
                     bool ingest)
{
    bc_bulk *bulk;

    check_ok(bc_bulk_open(&bulk, bench->store, family, "part", &bench->err), &bench->err);
    for (size_t i = 0; i < n; i++)
        check_ok(bc_bulk_add(bulk, bc_str_of(keys[i]), bc_str_of(i % 2 ? "" : "v"), &bench->err),
                 &bench->err);
    check_walk(bench, family, "y", ""); /* nothing is seen before it is ingested */
    if (ingest)
        check_ok(bc_bulk_ingest(bulk, &bench->err), &bench->err);
    bc_bulk_free(bulk);
}

static void a_bulk_is_seen_once_ingested(struct bench *bench)
{
    static const char *const keys[] = { "ya", "yb", "yc" };
    char aside[FOLDER_PATH + 32];

    put(bench, BC_PUT, BC_IDS, "x", "0");
    bulk_put(bench, BC_IDS, keys, 3, false);
    check_walk(bench, BC_IDS, "", "x=0 ");
    bulk_put(bench, BC_IDS, keys, 3, true);
    for (int pass = 0; pass < 2; pass++) {
        check_walk(bench, BC_IDS, "", "x=0 ya=v yb= yc=v ");
        check_value(bench, BC_IDS, "yb", "");
        reopen(bench, pass == 0);
    }
    (void)snprintf(aside, sizeof(aside), "%s.new", bench->db);
    assert_int_equal(access(aside, F_OK), -1);
}

static void a_bulk_of_nothing_is_nothing(struct bench *bench)
{
    bulk_put(bench, BC_LOG, NULL, 0, true);
    bulk_put(bench, BC_LOG, NULL, 0, false);
    check_walk(bench, BC_LOG, "", "");
}

static void a_bulk_may_lie_between_what_is_there(struct bench *bench)
{
    static const char *const keys[] = { "ya", "yc" }, *const more[] = { "yb", "yd" };

    bulk_put(bench, BC_IDS, keys, 2, true);
    put(bench, BC_DELETE, BC_IDS, "ya", "");
    put(bench, BC_DELETE, BC_IDS, "yc", "");
    put(bench, BC_PUT, BC_IDS, "ya2", "1");
    bulk_put(bench, BC_TREE, more, 2, true);
    put(bench, BC_DELETE, BC_TREE, "yb", "");
    put(bench, BC_DELETE, BC_TREE, "yd", "");
    bulk_put(bench, BC_TREE, more, 2, true); /* what was deleted may come again */
    reopen(bench, true);
    check_walk(bench, BC_IDS, "", "ya2=1 ");
    check_walk(bench, BC_TREE, "", "yb=v yd= ");
}

static void a_cleared_family_is_empty_and_usable(struct bench *bench)
{
    static const char *const keys[] = { "ya", "yb", "yc" };

    check_ok(bc_store_clear(bench->store, BC_TIMELINES, &bench->err), &bench->err); /* empty */
    bulk_put(bench, BC_TIMELINES, keys, 3, true);
    put(bench, BC_APPEND, BC_TIMELINES, "d1", "a");
    put(bench, BC_APPEND, BC_TIMELINES, "", "no key");
    put(bench, BC_PUT, BC_DEALS, "d1", "stays");
    check_ok(bc_store_clear(bench->store, BC_TIMELINES, &bench->err), &bench->err);
    check_walk(bench, BC_TIMELINES, "", "");
    reopen(bench, true);
    check_walk(bench, BC_TIMELINES, "", "");
    check_value(bench, BC_DEALS, "d1", "stays");
    put(bench, BC_APPEND, BC_TIMELINES, "d1", "b"); /* and does not remember */
    bulk_put(bench, BC_TIMELINES, keys, 1, true);
    reopen(bench, true);
    check_walk(bench, BC_TIMELINES, "", "d1=b ya=v ");
    check_ok(bc_store_clear(bench->store, BC_TIMELINES, &bench->err), &bench->err);
    reopen(bench, false);
    check_walk(bench, BC_TIMELINES, "", "");
}

static void one_that_stays_reads_the_same(struct bench *bench)
{
    static const char *const keys[] = { "ya", "yb", "yc" };

    bulk_put(bench, BC_TIMELINES, keys, 3, true);
    put(bench, BC_PUT, BC_IDS, "x", "0");
    reopen(bench, true);
    bc_store_stays(bench->store);
    for (int pass = 0; pass < 3; pass++) {
        check_walk(bench, BC_TIMELINES, "", "ya=v yb= yc=v ");
        check_walk(bench, BC_TIMELINES, "yb", "yb= yc=v ");
        check_walk(bench, BC_IDS, "", "x=0 ");
    }
    put(bench, BC_APPEND, BC_TIMELINES, "yb", "w"); /* and sees what comes */
    check_walk(bench, BC_TIMELINES, "", "ya=v yb=w yc=v ");
    check_value(bench, BC_TIMELINES, "yb", "w");
}

static void a_large_value_comes_back_whole(struct bench *bench)
{
    struct bc_buf value = { 0 }, got = { 0 };
    struct bc_batch batch = { 0 };

    for (uint32_t i = 0; i < 5 << 20; i++)
        bc_buf_add_byte(&value, (char)(i * 2654435761U >> 24));
    bc_batch_add(&batch, BC_LOG, BC_PUT, BC_STR("k"), bc_buf_str(&value));
    check_ok(bc_store_write(bench->store, &batch, true, &bench->err), &bench->err);
    reopen(bench, false);
    check_ok(bc_store_get(bench->store, BC_LOG, BC_STR("k"), &got, &bench->err), &bench->err);
    assert_true(bc_str_eq(bc_buf_str(&got), bc_buf_str(&value)));
    bc_batch_release(&batch);
    bc_buf_release(&value);
    bc_buf_release(&got);
}

static struct row {
    const char *name;
    void (*run)(struct bench *bench);
} rows[] = {
    { "what was put is there", what_was_put_is_there },
    { "putting again replaces", putting_again_replaces },
    { "appending joins in order", appending_joins_in_order },
    { "many appendings join to one value", many_appendings_join_to_one_value },
    { "what was deleted is gone", what_was_deleted_is_gone },
    { "a batch is applied in its order", a_batch_is_applied_in_its_order },
    { "a walk is in byte order from its first key", a_walk_is_in_byte_order_from_its_first_key },
    { "keys and values may hold any byte", keys_and_values_may_hold_any_byte },
    { "a bulk is seen once ingested", a_bulk_is_seen_once_ingested },
    { "a bulk of nothing is nothing", a_bulk_of_nothing_is_nothing },
    { "a bulk may lie between what is there", a_bulk_may_lie_between_what_is_there },
    { "a cleared family is empty and usable", a_cleared_family_is_empty_and_usable },
    { "one that stays reads the same", one_that_stays_reads_the_same },
    { "a large value comes back whole", a_large_value_comes_back_whole },
};

static void on_both(void **state)
{
    const struct row *row = *state;
    struct bench memory = { .store = bc_store_memory() }, disk = { .on_disk = true };

    row->run(&memory);
    bc_store_close(memory.store);
    folder_make(disk.folder);
    (void)snprintf(disk.db, sizeof(disk.db), "%s/db", disk.folder);
    bench_open(&disk, true, true);
    row->run(&disk);
    bc_store_close(disk.store);
    folder_remove(disk.folder);
}

/* --- only on disk --- */

static void a_reader_keeps_its_moment(void **state)
{
    struct bench bench = { .on_disk = true }, reader = { .on_disk = true };

    (void)state;
    folder_make(bench.folder);
    (void)snprintf(bench.db, sizeof(bench.db), "%s/db", bench.folder);
    memcpy(reader.db, bench.db, sizeof(reader.db));
    bench_open(&bench, true, true);
    put(&bench, BC_PUT, BC_LOG, "a", "1");
    bench_open(&reader, false, false);
    put(&bench, BC_PUT, BC_LOG, "a", "2");
    check_ok(bc_store_clear(bench.store, BC_LOG, &bench.err), &bench.err);
    put(&bench, BC_PUT, BC_LOG, "b", "3");
    check_walk(&reader, BC_LOG, "", "a=1 ");
    reopen(&reader, false);
    check_walk(&reader, BC_LOG, "", "b=3 ");
    bc_store_close(reader.store);
    bc_store_close(bench.store);
    folder_remove(bench.folder);
}

/* As an older build left it. */
static void drop_learning(struct bench *bench)
{
    struct bc_rocks *rocks = (struct bc_rocks *)bench->store;
    char *text = NULL;

    rocksdb_drop_column_family(rocks->db, rocks->handles[BC_LEARNING], &text);
    assert_null(text);
}

static void a_family_that_no_build_made_so_far_comes_with_the_next_writer(void **state)
{
    struct bench bench = { .on_disk = true };
    bc_store *all = NULL;

    (void)state;
    folder_make(bench.folder);
    (void)snprintf(bench.db, sizeof(bench.db), "%s/db", bench.folder);
    bench_open(&bench, true, true);
    put(&bench, BC_PUT, BC_LOG, "a", "1");
    drop_learning(&bench);
    reopen(&bench, false);
    check_value(&bench, BC_LOG, "a", "1");
    check_ok(bc_store_rocksdb_all(&all, bench.db, &bench.err), &bench.err);
    bc_store_close(all);
    reopen(&bench, true);
    put(&bench, BC_APPEND, BC_LEARNING, "d", "2");
    reopen(&bench, false);
    check_value(&bench, BC_LOG, "a", "1");
    bc_store_close(bench.store);
    check_ok(bc_store_rocksdb_all(&bench.store, bench.db, &bench.err), &bench.err);
    check_value(&bench, BC_LEARNING, "d", "2");
    bc_store_close(bench.store);
    folder_remove(bench.folder);
}

static void what_is_no_database_is_an_error(void **state)
{
    char folder[FOLDER_PATH], path[FOLDER_PATH + 16];
    struct bc_err err = { 0 };
    bc_store *store = NULL;

    (void)state;
    folder_make(folder);
    (void)snprintf(path, sizeof(path), "%s/none", folder);
    assert_int_equal(bc_store_rocksdb(&store, path, false, false, &err), BC_E_DAMAGED);
    assert_int_equal(bc_store_rocksdb(&store, path, true, false, &err), BC_E_DAMAGED);
    (void)snprintf(path, sizeof(path), "%s/file", folder);
    file_write(path, BC_STR("text"));
    assert_true(bc_store_rocksdb(&store, path, false, false, &err) < 0);
    assert_true(bc_store_rocksdb(&store, path, true, false, &err) < 0);
    assert_null(store);
    bc_store_close(NULL);
    folder_remove(folder);
}

static void a_second_writer_is_told_so(void **state)
{
    struct bench bench = { .on_disk = true };
    bc_store *second = NULL;

    (void)state;
    folder_make(bench.folder);
    (void)snprintf(bench.db, sizeof(bench.db), "%s/db lock x", bench.folder);
    bench_open(&bench, true, true);
    assert_int_equal(bc_store_rocksdb(&second, bench.db, true, false, &bench.err), BC_E_BUSY);
    assert_null(second);
    bc_store_close(bench.store);
    folder_remove(bench.folder);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows) + 4] = {
        cmocka_unit_test(a_reader_keeps_its_moment),
        cmocka_unit_test(a_family_that_no_build_made_so_far_comes_with_the_next_writer),
        cmocka_unit_test(what_is_no_database_is_an_error),
        cmocka_unit_test(a_second_writer_is_told_so),
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[4 + i] = (struct CMUnitTest){ rows[i].name, on_both, NULL, NULL, &rows[i] };
    return cmocka_run_group_tests_name("ledger/store/store", tests, NULL, NULL);
}
