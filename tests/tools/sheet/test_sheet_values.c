/* tools/sheet/sheet_values: what the Sheets API gives, as CSV; days are counted from 1899-12-30. */
#include "tests/support/check.h"
#include "tools/sheet/sheet_values.h"

static bool is_time(const void *from, struct bc_str column)
{
    (void)from;
    return bc_str_eq(column, BC_STR("t"));
}

static const struct {
    const char *values, *csv;
} good[] = {
    { "[[\"t\",\"n\"],[43831,43831],[1.5,0.12]]",
      "t,n\r\n2020-01-01,43831\r\n1899-12-31 12:00:00,0.12\r\n" },
    { "[[\"t\"],[2.5],[45691.4375],[45691.999999999]]",
      "t\r\n1900-01-01 12:00:00\r\n2025-02-03 10:30:00\r\n2025-02-04\r\n" },
    /* computed: a third of a day, half a second, and what is but just below a second */
    { "[[\"t\"],[45691.333333333336],[45691.000005787],[45691.00001157406]]",
      "t\r\n2025-02-03 08:00:00\r\n2025-02-03 00:00:00.500\r\n2025-02-03 00:00:01\r\n" },
    { "[[\"t\",\"n\"],[\"2/3/2025\"],[],[\"\",\"\",\"\"],[null,1]]",
      "t,n\r\n2/3/2025,\r\n,\r\n,\r\n,1\r\n" },
    { "[[\"t\",\"n\"],[1e12,1],[-1e300,1]]",
      "t,n\r\n1000000000000,1\r\n-1.00000000000000E+300,1\r\n" },
    { "[[\"n\"],[true],[false],[-0.0],[12],[0.1],[9007199254740993.0],[1e21]]",
      "n\r\nTRUE\r\nFALSE\r\n0\r\n12\r\n0.1\r\n9007199254740992\r\n1.00000000000000E+21\r\n" },
    { "[[\"n\"],[\"a,b\"],[\"say \\\"hi\\\"\"],[\"two\\nlines\"],[\"#REF!\"]]",
      "n\r\n\"a,b\"\r\n\"say \"\"hi\"\"\"\r\n\"two\nlines\"\r\n#REF!\r\n" },
    { "[[\"n\"],[1,2,\"\"]]", "n,\r\n1,2\r\n" }, /* a cell without a name over it */
    { "[[7],[1]]", "7\r\n1\r\n" },
    { "[]", "" },
    { "[[],[\"\"]]", "" },
};

static void becomes_the_rows_of_a_csv(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        json_t *values = json_loads(good[i].values, 0, NULL);
        struct bc_buf csv = { 0 };
        struct bc_err err = { 0 };

        assert_non_null(values);
        check_ok(sheet_values_csv(&csv, values, is_time, NULL, &err), &err);
        bc_buf_add_byte(&csv, '\0');
        assert_string_equal(csv.at, good[i].csv);
        bc_buf_release(&csv);
        json_decref(values);
    }
}

static void is_no_list_of_rows(void **state)
{
    static const char *const bad[] = { "{}", "[{}]", "[[\"a\"],\"b\"]" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        json_t *values = json_loads(bad[i], 0, NULL);
        struct bc_buf csv = { 0 };

        assert_int_equal(sheet_values_csv(&csv, values, is_time, NULL, NULL), BC_E_REMOTE);
        bc_buf_release(&csv);
        json_decref(values);
    }
}

/* Of the same values as they are displayed only times are texts; another number stays one. */
static void a_column_of_times_is_known_by_how_it_is_displayed(void **state)
{
    json_t *values =
        json_loads("[[\"on\",\"n\",\"s\",7],[45731,5,\"x\",1],[],[\"?\",45731,\"y\"]]", 0, NULL);
    json_t *shown = json_loads("[[\"on\",\"n\",\"s\",7],[\"3/15\",5,\"x\",\"1\"],[],"
                               "[\"?\",45731,\"y\"]]",
                               0, NULL);
    json_t *times = sheet_values_times(values, shown);

    (void)state;
    assert_int_equal(json_object_size(times), 1);
    assert_true(sheet_values_is_time(times, BC_STR("on")));
    assert_false(sheet_values_is_time(times, BC_STR("n")));
    assert_false(sheet_values_is_time(times, (struct bc_str){ 0 }));
    json_decref(values);
    json_decref(shown);
    json_decref(times);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(becomes_the_rows_of_a_csv),
        cmocka_unit_test(is_no_list_of_rows),
        cmocka_unit_test(a_column_of_times_is_known_by_how_it_is_displayed),
    };

    return cmocka_run_group_tests_name("tools/sheet/sheet_values", tests, NULL, NULL);
}
