/* A hash that was added is always a maybe; of others few are, as long as it is not full. */
#include "ledger/base/str.h"
#include "ledger/spill/bloom.h"
#include "tests/support/check.h"

enum { BYTES_EACH = 3 }; /* 24 bits a hash */

static uint64_t hash_of(uint64_t number)
{
    return bc_str_hash((struct bc_str){ (const char *)&number, sizeof(number) });
}

static void what_was_added_is_found_and_little_else(void **state)
{
    static const uint64_t sizes[] = { 1, 100, 50000 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct bc_bloom bloom;
        uint64_t wrong = 0;

        bc_bloom_init(&bloom, 64 + sizes[i] * BYTES_EACH);
        assert_false(bc_bloom_maybe(&bloom, hash_of(0)));
        for (uint64_t n = 0; n < sizes[i]; n++)
            bc_bloom_add(&bloom, hash_of(n));
        for (uint64_t n = 0; n < sizes[i]; n++) {
            bc_bloom_expect(&bloom, hash_of(n));
            assert_true(bc_bloom_maybe(&bloom, hash_of(n)));
        }
        for (uint64_t n = 0; n < 100000; n++)
            wrong += bc_bloom_maybe(&bloom, hash_of(sizes[i] + n));
        assert_true(wrong < 300);
        bc_bloom_release(&bloom);
        bc_bloom_release(&bloom);
    }
}

static void one_that_is_full_says_maybe(void **state)
{
    struct bc_bloom bloom;

    (void)state;
    bc_bloom_init(&bloom, 64);
    assert_false(bc_bloom_maybe(&bloom, hash_of(1)));
    for (uint64_t n = 0; n < 5000; n++)
        bc_bloom_add(&bloom, hash_of(n));
    for (uint64_t n = 0; n < 10000; n++)
        assert_true(bc_bloom_maybe(&bloom, hash_of(n)));
    bc_bloom_release(&bloom);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_found_and_little_else),
        cmocka_unit_test(one_that_is_full_says_maybe),
    };

    return cmocka_run_group_tests_name("ledger/spill/bloom", tests, NULL, NULL);
}
