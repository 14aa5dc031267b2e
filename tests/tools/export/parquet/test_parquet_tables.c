/* tools/export/parquet/parquet_tables: which rows go into which files, whatever comes in which
 * order, in little memory; what an earlier export is. */
#include "tests/support/check.h"
#include "tests/support/folder.h"
#include "tools/export/parquet/parquet_tables.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLACE_PATH = FOLDER_PATH + 128, MEBIBYTE = 1 << 20, WAITING_MOST = 64 * MEBIBYTE };

struct place {
    char folder[FOLDER_PATH], dir[PLACE_PATH];
    struct outdir out;
    struct parquet_tables tables;
    struct cmd_env env;
    struct bc_err err;
};

static int setup(void **state)
{
    struct place *place = bc_calloc(1, sizeof(*place));

    folder_make(place->folder);
    (void)snprintf(place->dir, sizeof(place->dir), "%s/out", place->folder);
    check_ok(outdir_open(&place->out, place->dir, NULL, &place->err), &place->err);
    parquet_tables_init(&place->tables, &place->env, &place->out);
    *state = place;
    return 0;
}

static int teardown(void **state)
{
    struct place *place = *state;

    parquet_tables_release(&place->tables);
    outdir_release(&place->out);
    folder_remove(place->folder);
    free(place);
    return 0;
}

/* A row of a table with one instant and one text; all else is NULL, or nothing. */
static void add(struct place *place, enum table_id id, int64_t us, struct bc_str text)
{
    const struct table *table = &tables[id];
    const struct table_column *by = parquet_tables_by(id);
    struct table_value values[TABLE_COLUMN_MAX] = { 0 };

    for (size_t i = 0; i < table->column_n; i++) {
        values[i].null = table->columns[i].null;
        if (&table->columns[i] == by)
            values[i].integer = us;
        else if (!values[i].null && table->columns[i].type == COLUMN_TEXT)
            values[i].text = text;
    }
    check_ok(place->tables.sink.row(&place->tables.sink, table, values, &place->err), &place->err);
}

static void finish(struct place *place)
{
    check_ok(parquet_tables_end(&place->tables, &place->err), &place->err);
    check_ok(outdir_add(&place->out, PARQUET_FOR_DUCKDB, BC_STR("--"), &place->err), &place->err);
    check_ok(outdir_commit(&place->out, &place->err), &place->err);
}

static bool is_there(const struct place *place, const char *name)
{
    char path[PLACE_PATH + 128];

    (void)snprintf(path, sizeof(path), "%s/%s", place->dir, name);
    return access(path, F_OK) == 0;
}

static void a_row_is_in_the_file_of_its_year(void **state)
{
    static const struct {
        int64_t us;
        const char *name;
    } rows[] = {
        { 0, "events/year=1970/part-0.parquet" },
        { -1, "events/year=1969/part-0.parquet" },
        { INT64_C(1735689599999999), "events/year=2024/part-0.parquet" },
        { INT64_C(1735689600000000), "events/year=2025/part-0.parquet" },
        { INT64_C(253402300799999999), "events/year=9999/part-0.parquet" },
        { INT64_MAX, "events/year=294247/part-0.parquet" },
        { INT64_MIN, "events/year=-290308/part-0.parquet" },
    };
    struct place *place = *state;

    for (size_t i = ARRAY_LEN(rows); i-- > 0;)
        add(place, TABLE_EVENTS, rows[i].us, BC_STR("a"));
    add(place, TABLE_VISITS, 0, BC_STR("a"));
    assert_int_equal(place->tables.at[TABLE_EVENTS].n, ARRAY_LEN(rows));
    finish(place);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        assert_true(is_there(place, rows[i].name));
    assert_true(is_there(place, "visits/year=1970/part-0.parquet"));
}

static void a_table_without_rows_has_a_file(void **state)
{
    struct place *place = *state;
    char name[128];

    finish(place);
    for (size_t id = 0; id < TABLE_N; id++) {
        (void)snprintf(name, sizeof(name), "%s/%spart-0.parquet", tables[id].name,
                       parquet_tables_by((enum table_id)id) ? "year=__HIVE_DEFAULT_PARTITION__/"
                                                            : "");
        assert_true(is_there(place, name));
    }
}

static void what_divides_a_table_is_never_null(void **state)
{
    (void)state;
    for (size_t id = 0; id < TABLE_N; id++) {
        const struct table_column *by = parquet_tables_by((enum table_id)id);

        if (by)
            assert_true(by->type == COLUMN_INSTANT && !by->null);
    }
    assert_null(parquet_tables_by(TABLE_BASIS));
    assert_non_null(parquet_tables_by(TABLE_EVENTS));
}

/* Rows of many years wait in turn; together they take no more than the limit and a row. */
static void rows_that_wait_take_little_memory(void **state)
{
    static char text[MEBIBYTE];
    struct place *place = *state;
    size_t most = 0;

    memset(text, 'x', sizeof(text));
    for (int64_t i = 0; i < 300; i++) {
        add(place, TABLE_ANCHORS, i % 40 * 366 * INT64_C(86400000000),
            (struct bc_str){ text, sizeof(text) / 4 });
        if (place->tables.bytes > most)
            most = place->tables.bytes;
        assert_true(place->tables.bytes <= WAITING_MOST);
    }
    assert_true(most > WAITING_MOST / 2);
    finish(place);
    assert_int_equal(place->tables.bytes, 0);
}

static void an_earlier_export_is_known_by_all_that_is_in_it(void **state)
{
    struct place *place = *state;
    char path[PLACE_PATH + 64];

    finish(place);
    assert_true(parquet_tables_are_in(place->dir));
    (void)snprintf(path, sizeof(path), "%s/notes.txt", place->dir);
    file_write(path, BC_STR("mine"));
    assert_false(parquet_tables_are_in(place->dir));
    assert_int_equal(unlink(path), 0);
    (void)snprintf(path, sizeof(path), "%s/deals/mine", place->dir);
    assert_int_equal(symlink("/", path), 0);
    assert_false(parquet_tables_are_in(place->dir));
    assert_int_equal(unlink(path), 0);
    assert_true(parquet_tables_are_in(place->dir));
    (void)snprintf(path, sizeof(path), "%s/" PARQUET_FOR_DUCKDB, place->dir);
    assert_int_equal(unlink(path), 0);
    assert_false(parquet_tables_are_in(place->dir));
    assert_false(parquet_tables_are_in(place->folder));
    assert_false(parquet_tables_are_in("/no/such/folder"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_row_is_in_the_file_of_its_year),
        TEST(a_table_without_rows_has_a_file),
        TEST(what_divides_a_table_is_never_null),
        TEST(rows_that_wait_take_little_memory),
        TEST(an_earlier_export_is_known_by_all_that_is_in_it),
    };

    return cmocka_run_group_tests_name("tools/export/parquet/parquet_tables", tests, NULL, NULL);
}
