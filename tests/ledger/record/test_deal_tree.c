/* The tree over the deals: a leaf is what its header says to the byte, and a proof holds for one
 * deal with all of its seqs, and for nothing else. */
#include "ledger/record/deal_tree.h"
#include "tests/support/check.h"

enum { DEALS = 21 };

static const uint64_t seqs[] = { 1, 3, 258 };

static void a_leaf_is_what_the_header_says(void **state)
{
    static const char bytes[] = "\0backcast deal 1\n"
                                "\0\0\0\0\0\0\0\2ab"
                                "\0\0\0\0\0\0\0\1"
                                "\0\0\0\0\0\0\0\3"
                                "\0\0\0\0\0\0\1\2";
    struct bc_hash leaf = bc_deal_tree_leaf(BC_STR("ab"), seqs, ARRAY_LEN(seqs));
    struct bc_hash want = bc_hash_bytes(BC_STR(bytes));

    (void)state;
    assert_memory_equal(&leaf, &want, sizeof(want));
}

/* Where the length of the id is not hashed, a seq could pass for the end of an id. */
static void no_two_lists_have_the_same_leaf(void **state)
{
    static const char longer[] = "ab\0\0\0\0\0\0\0\1";
    struct bc_hash a = bc_deal_tree_leaf(BC_STR("ab"), seqs, 2);
    struct bc_hash b = bc_deal_tree_leaf(BC_STR(longer), seqs + 1, 1);

    (void)state;
    assert_memory_not_equal(&a, &b, sizeof(a));
}

static void of_no_deals_the_root_is_that_of_nothing(void **state)
{
    bc_deal_tree *tree = bc_deal_tree_new();
    struct bc_head head = bc_deal_tree_head(tree);
    struct bc_hash none = bc_hash_bytes((struct bc_str){ 0 });

    (void)state;
    assert_int_equal(head.size, 0);
    assert_memory_equal(&head.root, &none, sizeof(none));
    bc_deal_tree_free(tree);
}

static struct bc_str deal_of(char name[2], size_t i)
{
    name[0] = 'd';
    name[1] = (char)('a' + i);
    return (struct bc_str){ name, 2 };
}

static void a_proof_holds_for_its_deal_alone(void **state)
{
    (void)state;
    for (size_t n = 1; n <= DEALS; n++) {
        bc_deal_tree *tree = bc_deal_tree_new();
        struct bc_head head;
        char name[2];

        for (size_t i = 0; i < n; i++)
            bc_deal_tree_add(tree, deal_of(name, i), seqs, ARRAY_LEN(seqs));
        head = bc_deal_tree_head(tree);
        assert_int_equal(head.size, n);
        for (size_t i = 0; i < n; i++) {
            struct bc_proof proof;
            struct bc_hash leaf = bc_deal_tree_leaf(deal_of(name, i), seqs, ARRAY_LEN(seqs));
            struct bc_hash other = bc_deal_tree_leaf(deal_of(name, i + 1), seqs, ARRAY_LEN(seqs));
            struct bc_hash cut = bc_deal_tree_leaf(deal_of(name, i), seqs, ARRAY_LEN(seqs) - 1);

            bc_deal_tree_prove(tree, i, &proof);
            assert_true(bc_proof_holds_leaf(&proof, i, &leaf, &head));
            assert_false(bc_proof_holds_leaf(&proof, i, &other, &head));
            assert_false(bc_proof_holds_leaf(&proof, i, &cut, &head));
            assert_false(bc_proof_holds_leaf(&proof, i + 1, &leaf, &head));
        }
        bc_deal_tree_free(tree);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leaf_is_what_the_header_says),
        cmocka_unit_test(no_two_lists_have_the_same_leaf),
        cmocka_unit_test(of_no_deals_the_root_is_that_of_nothing),
        cmocka_unit_test(a_proof_holds_for_its_deal_alone),
    };

    return cmocka_run_group_tests_name("ledger/record/deal_tree", tests, NULL, NULL);
}
