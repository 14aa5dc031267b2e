/* tools/export/parquet/thrift: the bytes that Thrift's compact protocol has for each kind of field.
 */
#include "tests/support/check.h"
#include "tools/export/parquet/thrift.h"

#include <limits.h>

static struct number_row {
    const char *name;
    int64_t value;
    struct bc_str want; /* of a struct with it as its field 1 */
} numbers[] = {
    { "nothing is one byte", 0, BYTES("\x16\x00\x00") },
    { "minus one is one byte", -1, BYTES("\x16\x01\x00") },
    { "one is one byte", 1, BYTES("\x16\x02\x00") },
    { "63 is the largest of one byte", 63, BYTES("\x16\x7e\x00") },
    { "64 takes two", 64, BYTES("\x16\x80\x01\x00") },
    { "-64 is the smallest of one byte", -64, BYTES("\x16\x7f\x00") },
    { "the largest number takes ten", INT64_MAX,
      BYTES("\x16\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00") },
    { "the smallest number takes ten", INT64_MIN,
      BYTES("\x16\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00") },
};

static void check_bytes(struct bc_buf *got, struct bc_str want)
{
    assert_int_equal(got->len, want.len);
    assert_memory_equal(got->at, want.at, want.len);
    bc_buf_release(got);
}

static void number(void **state)
{
    const struct number_row *row = *state;
    struct bc_buf got = { 0 };
    struct thrift to = { .out = &got };

    thrift_begin(&to);
    thrift_i64(&to, 1, row->value);
    thrift_end(&to);
    check_bytes(&got, row->want);
}

static void fields(void **state)
{
    struct bc_buf got = { 0 };
    struct thrift to = { .out = &got };

    (void)state;
    thrift_begin(&to);
    thrift_bool(&to, 1, true);
    thrift_bool(&to, 3, false);
    thrift_i32(&to, 4, -2);
    thrift_binary(&to, 5, BC_STR("ab"));
    thrift_binary(&to, 20, BC_STR(""));
    thrift_end(&to);
    check_bytes(&got, BC_STR("\x11\x22\x15\x03\x18\x02"
                             "ab\xf8\x00\x00"));
}

static void nested(void **state)
{
    struct bc_buf got = { 0 };
    struct thrift to = { .out = &got };

    (void)state;
    thrift_begin(&to);
    thrift_struct(&to, 2);
    thrift_i32(&to, 2, 1);
    thrift_end(&to);
    thrift_i32(&to, 3, 1); /* ids go on where they were before the struct within */
    thrift_list(&to, 4, THRIFT_STRUCT, 2);
    for (int i = 0; i < 2; i++) {
        thrift_begin(&to);
        thrift_i32(&to, 1, i);
        thrift_end(&to);
    }
    thrift_end(&to);
    check_bytes(&got, BC_STR("\x2c\x25\x02\x00\x15\x02\x19\x2c\x15\x00\x00\x15\x02\x00\x00"));
}

static void lists(void **state)
{
    struct bc_buf got = { 0 };
    struct thrift to = { .out = &got };

    (void)state;
    thrift_begin(&to);
    thrift_list(&to, 1, THRIFT_I32, 14);
    for (int i = 0; i < 14; i++)
        thrift_item_i32(&to, 0);
    thrift_list(&to, 2, THRIFT_BINARY, 15);
    for (int i = 0; i < 15; i++)
        thrift_item_binary(&to, BC_STR(""));
    thrift_end(&to);
    check_bytes(&got, BC_STR("\x19\xe5\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                             "\x19\xf8\x0f\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                             "\0"));
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(numbers) + 3];
    size_t n = 0;

    for (; n < ARRAY_LEN(numbers); n++)
        tests[n] = (struct CMUnitTest){ numbers[n].name, number, NULL, NULL, &numbers[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(fields);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(nested);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(lists);
    return cmocka_run_group_tests_name("tools/export/parquet/thrift", tests, NULL, NULL);
}
