/* An event with more than 7 fields, as a build that knows field numbers up to 7 sees it: the files
 * that read and write events are compiled into this program with that limit (tests/CMakeLists.txt).
 * It keeps, hashes and hands on every byte. */
#include "ledger/record/codec.h"
#include "ledger/record/merkle.h"
#include "tests/support/check.h"

#include <stdlib.h>

_Static_assert(BC_FIELD_MAX == 7, "compiled with the limit of an older build");

/* experimentStarted with fields 1 to 8, and 15, the last of one byte. */
static const char content[] = "\x1a\x02"
                              "x1"
                              "\x22\x06\x08\x80\x92\x84\xbb\x06"
                              "\xea\x01\x25"
                              "\x0a\x02"
                              "e1"
                              "\x12\x01"
                              "h"
                              "\x1a\x03"
                              "icp"
                              "\x22\x01"
                              "m"
                              "\x2a\x03"
                              "0.2"
                              "\x32\x01"
                              "c"
                              "\x3a\x03"
                              "9.5"
                              "\x42\x03"
                              "EUR"
                              "\x7a\x02"
                              "zz";

static void stored(struct bc_buf *out)
{
    bc_encode_prefix(out, 300, INT64_C(1743413500000001));
    bc_buf_add(out, content, sizeof(content) - 1);
}

static void nothing_is_lost(void **state)
{
    static const struct bc_str unknown = { "\x42\x03"
                                           "EUR\x7a\x02zz",
                                           9 };
    struct bc_buf bytes = { 0 }, again = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_err err = { 0 };
    struct bc_event event;
    struct bc_hash first, second;

    (void)state;
    stored(&bytes);
    check_ok(bc_decode(&event, bc_buf_str(&bytes), arena, &err), &err);
    check_ok(bc_event_check(&event, NULL, &err), &err);
    assert_int_equal(event.body, BC_EXPERIMENT_STARTED);
    assert_true(bc_str_eq(event.value[7].text, BC_STR("9.5")));
    assert_true(bc_str_eq(event.body_unknown, unknown));
    bc_encode_prefix(&again, event.seq, event.recorded_us);
    bc_encode_content(&again, &event);
    assert_true(bc_str_eq(bc_buf_str(&again), bc_buf_str(&bytes)));
    first = bc_hash_leaf(bc_buf_str(&bytes));
    second = bc_hash_leaf(bc_buf_str(&again));
    assert_memory_equal(&first, &second, sizeof(first));
    bc_buf_release(&bytes);
    bc_buf_release(&again);
    bc_arena_free(arena);
}

static void fields_beyond_the_limit_are_not_known(void **state)
{
    (void)state;
    assert_string_equal(bc_schema(BC_EXPERIMENT_STARTED)->field[7].json_name, "cost");
    assert_int_equal(bc_schema(BC_EXPERIMENT_STARTED)->field_end, 8);
    assert_int_equal(bc_field_of(BC_EXPERIMENT_STARTED, BC_STR("currency")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(fields_beyond_the_limit_are_not_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
