/* Sums of digests are the same for the same members in any order, and for no others. */
#include "ledger/base/digest.h"
#include "tests/support/check.h"

static struct bc_digest of(const char *bytes, size_t len)
{
    return bc_digest_of((struct bc_digest){ { 0 } }, (struct bc_str){ bytes, len });
}

static void every_bit_counts(void **state)
{
    char bytes[70] = { 0 };

    (void)state;
    for (size_t len = 0; len <= sizeof(bytes); len++) {
        struct bc_digest plain = of(bytes, len);

        for (size_t bit = 0; bit < 8 * len; bit++) {
            struct bc_digest other;

            bytes[bit / 8] ^= (char)(1 << bit % 8);
            other = of(bytes, len);
            bytes[bit / 8] ^= (char)(1 << bit % 8);
            assert_true(plain.half[0] != other.half[0] && plain.half[1] != other.half[1]);
        }
        for (unsigned bit = 0; bit < 128; bit++) {
            struct bc_digest seed = { { 0 } };

            seed.half[bit / 64] ^= UINT64_C(1) << bit % 64;
            assert_false(bc_digest_eq(plain, bc_digest_of(seed, (struct bc_str){ bytes, len })));
        }
    }
}

static void zeros_of_each_length_differ(void **state)
{
    static const char zeros[64];

    (void)state;
    for (size_t a = 0; a <= sizeof(zeros); a++)
        for (size_t b = 0; b < a; b++)
            assert_false(bc_digest_eq(of(zeros, a), of(zeros, b)));
}

static void a_sum_knows_no_order(void **state)
{
    struct bc_sum up = { 0 }, down = { 0 }, joined = { 0 }, half = { 0 };

    (void)state;
    for (char i = 0; i < 100; i++) {
        bc_sum_add(&up, of(&i, 1));
        bc_sum_add(i % 2 ? &joined : &half, of(&i, 1));
    }
    for (char i = 99; i >= 0; i--)
        bc_sum_add(&down, of(&i, 1));
    bc_sum_join(&joined, &half);
    assert_true(bc_sum_eq(&up, &down));
    assert_true(bc_sum_eq(&up, &joined));
    assert_false(bc_sum_eq(&up, &half));
}

/* Neither a member that is there twice and one that is gone, nor two that exchanged their halves.
 */
static void other_members_have_another_sum(void **state)
{
    struct bc_sum ab = { 0 }, aa = { 0 }, cd = { 0 }, one = { 0 };

    (void)state;
    bc_sum_add(&ab, of("0123456789abcdefleft....", 24));
    bc_sum_add(&ab, of("fedcba9876543210right...", 24));
    bc_sum_add(&cd, of("0123456789abcdefright...", 24));
    bc_sum_add(&cd, of("fedcba9876543210left....", 24));
    bc_sum_add(&aa, of("0123456789abcdefleft....", 24));
    one = aa;
    bc_sum_add(&aa, of("0123456789abcdefleft....", 24));
    assert_false(bc_sum_eq(&ab, &aa));
    assert_false(bc_sum_eq(&ab, &cd));
    assert_false(bc_sum_eq(&aa, &one));
}

/* With a constant for a factor this block would make both products zero, whatever the seed. */
static void no_block_forgets_what_came_before_it(void **state)
{
    static const uint64_t block[] = { UINT64_C(0xe7037ed1a0b428db), UINT64_C(0xa0761d6478bd642f) };
    const struct bc_digest seed = { { 3, 5 } };
    char one[32] = "one", other[32] = "other";

    (void)state;
    memcpy(one + 16, block, sizeof(block));
    memcpy(other + 16, block, sizeof(block));
    assert_false(bc_digest_eq(bc_digest_of(seed, (struct bc_str){ one, 32 }),
                              bc_digest_of(seed, (struct bc_str){ other, 32 })));
}

static void a_seed_is_another_each_time(void **state)
{
    struct bc_digest one, other;
    struct bc_err err = { 0 };

    (void)state;
    check_ok(bc_digest_seed(&one, &err), &err);
    check_ok(bc_digest_seed(&other, &err), &err);
    assert_false(bc_digest_eq(one, other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(zeros_of_each_length_differ),
        cmocka_unit_test(a_sum_knows_no_order),
        cmocka_unit_test(other_members_have_another_sum),
        cmocka_unit_test(no_block_forgets_what_came_before_it),
        cmocka_unit_test(a_seed_is_another_each_time),
    };

    return cmocka_run_group_tests_name("ledger/base/digest", tests, NULL, NULL);
}
