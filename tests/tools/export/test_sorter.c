/* However many things are sorted, each comes back once, in the order of its key; equal keys in the
 * order in which they were added. */
#include "tests/support/check.h"
#include "tools/export/sorter.h"

#include <string.h>

enum { FEW = 7, MANY = 40000, VALUE_LEN = 2000 }; /* so many are several pieces */

static void add(sorter *all, struct bc_buf *key, uint64_t number, struct bc_str value)
{
    key->len = 0;
    sorter_key_number(key, number);
    assert_int_equal(sorter_add(all, bc_buf_str(key), value, NULL), BC_OK);
}

/* Keys in a mixed order, each twice; the value begins with which of the two it is. */
static void sort_some(uint64_t n, size_t value_len)
{
    static char value[VALUE_LEN];
    sorter *all = sorter_new();
    struct bc_buf key = { 0 };
    struct bc_str got_key, got;

    for (int twice = 0; twice < 2; twice++) {
        value[0] = (char)('0' + twice);
        for (uint64_t i = 0; i < n; i++)
            add(all, &key, i * 7919 % n, (struct bc_str){ value, value_len });
    }
    for (int again = 0; again < 2; again++) {
        assert_int_equal(sorter_begin(all, NULL), BC_OK);
        for (uint64_t i = 0; i < 2 * n; i++) {
            assert_int_equal(sorter_next(all, &got_key, &got, NULL), BC_OK);
            key.len = 0;
            sorter_key_number(&key, i / 2);
            assert_true(bc_str_eq(got_key, bc_buf_str(&key)));
            assert_int_equal(got.len, value_len);
            assert_int_equal(got.at[0], '0' + (int)(i % 2));
        }
        assert_int_equal(sorter_next(all, &got_key, &got, NULL), BC_DONE);
    }
    bc_buf_release(&key);
    sorter_free(all);
}

static void few_are_sorted(void **state)
{
    (void)state;
    sort_some(FEW, 1);
}

static void many_are_sorted(void **state)
{
    (void)state;
    sort_some(MANY, VALUE_LEN / 2);
}

static void none_are_sorted(void **state)
{
    sorter *all = sorter_new();
    struct bc_str key, value;

    (void)state;
    assert_int_equal(sorter_begin(all, NULL), BC_OK);
    assert_int_equal(sorter_next(all, &key, &value, NULL), BC_DONE);
    sorter_free(all);
    sorter_free(NULL);
}

static void a_shorter_text_comes_first(void **state)
{
    static const char *const texts[] = { "ab", "a", "a\x01", "" };
    static const char *const sorted[] = { "", "a", "a\x01", "ab" };
    sorter *all = sorter_new();
    struct bc_buf key = { 0 };
    struct bc_str got, value;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        key.len = 0;
        sorter_key_text(&key, bc_str_of(texts[i]));
        sorter_key_number(&key, 9 - i);
        assert_int_equal(sorter_add(all, bc_buf_str(&key), bc_str_of(texts[i]), NULL), BC_OK);
    }
    assert_int_equal(sorter_begin(all, NULL), BC_OK);
    for (size_t i = 0; i < ARRAY_LEN(sorted); i++) {
        assert_int_equal(sorter_next(all, &got, &value, NULL), BC_OK);
        assert_true(bc_str_eq(value, bc_str_of(sorted[i])));
    }
    bc_buf_release(&key);
    sorter_free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none_are_sorted),
        cmocka_unit_test(few_are_sorted),
        cmocka_unit_test(many_are_sorted),
        cmocka_unit_test(a_shorter_text_comes_first),
    };

    return cmocka_run_group_tests_name("tools/export/sorter", tests, NULL, NULL);
}
