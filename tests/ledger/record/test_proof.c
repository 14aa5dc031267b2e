/* Proofs are those of RFC 6962's definitions, hold for what they are about, and for nothing else;
 * a log makes them from what it keeps. */
#include "ledger/log/prove.h"
#include "ledger/record/proof.h"
#include "tests/support/check.h"
#include "tests/support/history.h"
#include "tests/support/made.h"

#include <stdio.h>

enum { MOST = 600, LOG_SIZE = 1111 };

static struct bc_hash leaves[MOST], foreign = { "a hash of another tree" };
static uint32_t records[MOST];

static struct bc_str record(size_t i)
{
    return (struct bc_str){ (const char *)&records[i], sizeof(records[i]) };
}

static int make_leaves(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < MOST; i++) {
        records[i] = i;
        leaves[i] = bc_hash_leaf(record(i));
    }
    return 0;
}

/* RFC 6962, section 2.1, to the letter. */
static size_t split_of(size_t n)
{
    size_t split = 1;

    while (2 * split < n)
        split *= 2;
    return split;
}

static struct bc_hash naive_root(size_t first, size_t n)
{
    static struct bc_hash known[MOST][MOST + 1]; /* or the test would take hours */
    static bool is_known[MOST][MOST + 1];
    struct bc_hash left, right;

    if (n == 0)
        return bc_hash_bytes((struct bc_str){ 0 });
    if (n == 1)
        return leaves[first];
    if (!is_known[first][n]) {
        left = naive_root(first, split_of(n));
        right = naive_root(first + split_of(n), n - split_of(n));
        known[first][n] = bc_hash_node(&left, &right);
        is_known[first][n] = true;
    }
    return known[first][n];
}

/* Section 2.1.1: PATH(m, D[n]). */
static void naive_path(struct bc_proof *out, size_t m, size_t first, size_t n)
{
    size_t k = split_of(n);

    if (n == 1)
        return;
    if (m < k) {
        naive_path(out, m, first, k);
        out->at[out->n++] = naive_root(first + k, n - k);
    } else {
        naive_path(out, m - k, first + k, n - k);
        out->at[out->n++] = naive_root(first, k);
    }
}

/* Section 2.1.2: SUBPROOF(m, D[n], b). */
static void naive_subproof(struct bc_proof *out, size_t m, size_t first, size_t n, bool b)
{
    size_t k = split_of(n);

    if (m == n) {
        if (!b)
            out->at[out->n++] = naive_root(first, n);
        return;
    }
    if (m <= k) {
        naive_subproof(out, m, first, k, b);
        out->at[out->n++] = naive_root(first + k, n - k);
    } else {
        naive_subproof(out, m - k, first + k, n - k, false);
        out->at[out->n++] = naive_root(first, k);
    }
}

static bc_status subtree(void *payload, unsigned level, uint64_t index, struct bc_hash *out,
                         struct bc_err *err)
{
    uint64_t *size = payload;

    (void)err;
    assert_true((index + 1) << level <= *size);
    *out = naive_root((size_t)(index << level), (size_t)1 << level);
    return BC_OK;
}

static void check_same(const struct bc_proof *got, const struct bc_proof *want)
{
    assert_int_equal(got->n, want->n);
    assert_memory_equal(got->at, want->at, want->n * sizeof(want->at[0]));
}

static struct bc_head head_of(size_t size)
{
    return (struct bc_head){ size, naive_root(0, size) };
}

static void inclusion_is_as_defined_for_every_size_up_to_600(void **state)
{
    uint64_t size;
    const struct bc_subtrees subtrees = { subtree, &size };

    (void)state;
    for (size = 1; size <= MOST; size++) {
        struct bc_head head = head_of((size_t)size);

        for (uint64_t seq = 1; seq <= size; seq++) {
            struct bc_proof got = { 0 }, want = { 0 };

            check_ok(bc_proof_inclusion(&got, seq, size, &subtrees, NULL), &(struct bc_err){ 0 });
            naive_path(&want, (size_t)seq - 1, 0, (size_t)size);
            check_same(&got, &want);
            if (size <= 200 || size % 16 == 0)
                assert_true(bc_proof_holds_record(&got, seq, record((size_t)seq - 1), &head));
        }
    }
}

/* By the path alone, and on which side each of its hashes stands. */
static void the_sides_of_a_path_lead_to_the_root(void **state)
{
    (void)state;
    for (size_t size = 1; size <= 130; size++) {
        const struct bc_hash root = naive_root(0, size);

        for (size_t index = 0; index < size; index++) {
            struct bc_proof path = { 0 };
            struct bc_hash node = leaves[index];

            naive_path(&path, index, 0, size);
            for (size_t i = 0; i < path.n; i++)
                node = bc_proof_is_left(index, size, i) ? bc_hash_node(&path.at[i], &node)
                                                        : bc_hash_node(&node, &path.at[i]);
            assert_memory_equal(&node, &root, sizeof(root));
        }
    }
}

static void consistency_is_as_defined_for_every_size_up_to_600(void **state)
{
    uint64_t size;
    const struct bc_subtrees subtrees = { subtree, &size };

    (void)state;
    for (size = 1; size <= MOST; size++) {
        struct bc_head newer = head_of((size_t)size);

        for (uint64_t old = 1; old <= size; old++) {
            struct bc_proof got = { 0 }, want = { 0 };
            struct bc_head older = head_of((size_t)old);

            check_ok(bc_proof_consistency(&got, old, size, &subtrees, NULL), &(struct bc_err){ 0 });
            naive_subproof(&want, (size_t)old, 0, (size_t)size, true);
            check_same(&got, &want);
            if (size <= 200 || size % 16 == 0)
                assert_true(bc_proof_holds_prefix(&got, &older, &newer));
        }
    }
}

/* False: there is no room. */
static bool put_in(struct bc_proof *out, const struct bc_proof *proof, size_t i,
                   const struct bc_hash *hash)
{
    if (proof->n == BC_PROOF_MOST)
        return false;
    *out = *proof;
    memmove(&out->at[i + 1], &out->at[i], (out->n++ - i) * sizeof(out->at[0]));
    out->at[i] = *hash;
    return true;
}

static void take_out(struct bc_proof *proof, size_t i)
{
    memmove(&proof->at[i], &proof->at[i + 1], (--proof->n - i) * sizeof(proof->at[0]));
}

/* Each hash of a proof changed, left out, doubled, exchanged with the next; a foreign one at each
 * place: nothing of it may hold. */
static void spoil(const struct bc_proof *proof, bool (*holds)(const struct bc_proof *, void *),
                  void *payload)
{
    struct bc_proof other;

    for (size_t i = 0; i <= proof->n; i++) {
        if (put_in(&other, proof, i, &foreign))
            assert_false(holds(&other, payload));
        if (i == proof->n)
            break;
        other = *proof;
        other.at[i].at[i % BC_HASH_LEN] ^= 1;
        assert_false(holds(&other, payload));
        other = *proof;
        take_out(&other, i);
        assert_false(holds(&other, payload));
        if (put_in(&other, proof, i, &proof->at[i]))
            assert_false(holds(&other, payload));
        if (i + 1 == proof->n ||
            memcmp(&proof->at[i], &proof->at[i + 1], sizeof(proof->at[i])) == 0)
            continue;
        other = *proof;
        other.at[i] = proof->at[i + 1];
        other.at[i + 1] = proof->at[i];
        assert_false(holds(&other, payload));
    }
}

struct claim {
    uint64_t seq;
    struct bc_head older, newer;
};

static bool record_holds(const struct bc_proof *proof, void *payload)
{
    struct claim *claim = payload;

    return bc_proof_holds_record(proof, claim->seq, record((size_t)claim->seq - 1), &claim->newer);
}

static bool prefix_holds(const struct bc_proof *proof, void *payload)
{
    struct claim *claim = payload;

    return bc_proof_holds_prefix(proof, &claim->older, &claim->newer);
}

static void check_inclusion(uint64_t seq, uint64_t size)
{
    struct claim claim = { .seq = seq, .newer = head_of((size_t)size) };
    struct bc_hash leaf = leaves[seq - 1];
    struct bc_head other = claim.newer;
    struct bc_proof proof = { 0 };

    naive_path(&proof, (size_t)seq - 1, 0, (size_t)size);
    assert_true(record_holds(&proof, &claim));
    spoil(&proof, record_holds, &claim);
    assert_false(bc_proof_holds_record(&proof, seq, record(seq % MOST), &claim.newer));
    leaf.at[seq % BC_HASH_LEN] ^= 2;
    assert_false(bc_proof_holds_leaf(&proof, seq - 1, &leaf, &claim.newer));
    for (uint64_t wrong = 0; wrong <= size + 1; wrong++) {
        if (wrong == seq)
            continue;
        assert_false(bc_proof_holds_record(&proof, wrong, record((size_t)seq - 1), &claim.newer));
        assert_false(bc_proof_holds_leaf(&proof, wrong - 1, &leaves[seq - 1], &claim.newer));
    }
    for (size_t wrong = 0; wrong <= size + 2; wrong++) {
        struct bc_head head = head_of(wrong);

        if (wrong != size)
            assert_false(bc_proof_holds_record(&proof, seq, record((size_t)seq - 1), &head));
    }
    other.root.at[7] ^= 0x80;
    assert_false(bc_proof_holds_record(&proof, seq, record((size_t)seq - 1), &other));
}

static void a_proof_of_inclusion_holds_for_nothing_else(void **state)
{
    static const uint64_t sizes[] = { 127, 128, 129, 255, 256, 257, 511, 512, 513, MOST - 2 };

    (void)state;
    for (uint64_t size = 1; size <= 70; size++)
        for (uint64_t seq = 1; seq <= size; seq++)
            check_inclusion(seq, size);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        for (uint64_t seq = 1; seq <= sizes[i]; seq += 1 + sizes[i] / 7)
            check_inclusion(seq, sizes[i]);
}

/* A leaf need not be a record's: here it is the hash of nothing that is known. */
static void any_leaf_is_held_against_its_index_from_0(void **state)
{
    struct bc_hash leaf = bc_hash_bytes(BC_STR("a leaf of another log"));
    struct bc_proof proof = { .n = 2, .at = { leaves[1], leaves[2] } };
    struct bc_hash pair = bc_hash_node(&leaf, &proof.at[0]);
    struct bc_head tree = { 3, bc_hash_node(&pair, &proof.at[1]) };

    (void)state;
    assert_true(bc_proof_holds_leaf(&proof, 0, &leaf, &tree));
    assert_false(bc_proof_holds_leaf(&proof, 0, &leaves[0], &tree));
    assert_false(bc_proof_holds_leaf(&proof, 1, &leaf, &tree));
    assert_false(bc_proof_holds_leaf(&proof, 3, &leaf, &tree));
    assert_false(bc_proof_holds_leaf(&proof, UINT64_MAX, &leaf, &tree));
    tree.size = 0;
    assert_false(bc_proof_holds_leaf(&proof, 0, &leaf, &tree));
}

/* Every other pair of sizes near it, each with its true roots, and one true root at a time. */
static void check_other_sizes(const struct bc_proof *proof, const struct claim *claim,
                              uint64_t most)
{
    for (size_t old = 0; old <= most; old++) {
        struct bc_head older = head_of(old);

        if (old != claim->older.size)
            assert_false(bc_proof_holds_prefix(proof, &older, &claim->newer));
    }
    for (size_t size = 0; size <= most; size++) {
        struct bc_head newer = head_of(size);

        if (size != claim->newer.size)
            assert_false(bc_proof_holds_prefix(proof, &claim->older, &newer));
    }
    assert_false(bc_proof_holds_prefix(proof, &claim->newer, &claim->older));
}

static void check_consistency(uint64_t old, uint64_t size)
{
    struct claim claim = { .older = head_of((size_t)old), .newer = head_of((size_t)size) };
    struct bc_proof proof = { 0 };

    naive_subproof(&proof, (size_t)old, 0, (size_t)size, true);
    assert_true(prefix_holds(&proof, &claim));
    spoil(&proof, prefix_holds, &claim);
    check_other_sizes(&proof, &claim, size + 2);
    claim.older.root.at[0] ^= 1;
    assert_false(prefix_holds(&proof, &claim));
    claim.older.root.at[0] ^= 1;
    claim.newer.root.at[31] ^= 1;
    assert_false(prefix_holds(&proof, &claim));
}

static void a_proof_of_consistency_holds_for_nothing_else(void **state)
{
    static const uint64_t sizes[] = { 127, 128, 129, 255, 256, 257, 511, 512, 513, MOST - 2 };

    (void)state;
    for (uint64_t size = 2; size <= 70; size++)
        for (uint64_t old = 1; old < size; old++)
            check_consistency(old, size);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        for (uint64_t old = 1; old < sizes[i]; old += 1 + sizes[i] / 7)
            check_consistency(old, sizes[i]);
}

static void the_empty_head_is_a_prefix_of_all_and_no_head_of_a_longer_one(void **state)
{
    struct bc_head none = head_of(0), some = head_of(5), false_none = { 0, leaves[1] };
    struct bc_proof proof = { 0 };

    (void)state;
    assert_true(bc_proof_holds_prefix(&proof, &none, &some));
    assert_true(bc_proof_holds_prefix(&proof, &none, &none));
    assert_true(bc_proof_holds_prefix(&proof, &some, &some));
    assert_false(bc_proof_holds_prefix(&proof, &false_none, &some));
    assert_false(bc_proof_holds_prefix(&proof, &none, &false_none));
    assert_false(bc_proof_holds_prefix(&proof, &false_none, &none));
    assert_false(bc_proof_holds_prefix(&proof, &false_none, &false_none));
    assert_false(bc_proof_holds_prefix(&proof, &some, &none));
    assert_false(bc_proof_holds_record(&proof, 1, record(0), &none));
}

/* --- trees of any size --- */

/* All leaves are alike but one: so the root of any perfect subtree is known. */
struct large {
    uint64_t mark; /* the index of the one */
    struct bc_hash plain[64], marked[64];
};

static void large_init(struct large *tree, uint64_t mark)
{
    tree->mark = mark;
    tree->plain[0] = leaves[0];
    tree->marked[0] = leaves[1];
    for (unsigned level = 0; level < 63; level++) {
        const struct bc_hash *plain = &tree->plain[level], *marked = &tree->marked[level];

        tree->plain[level + 1] = bc_hash_node(plain, plain);
        tree->marked[level + 1] =
            mark >> level & 1 ? bc_hash_node(plain, marked) : bc_hash_node(marked, plain);
    }
}

static bc_status large_subtree(void *payload, unsigned level, uint64_t index, struct bc_hash *out,
                               struct bc_err *err)
{
    const struct large *tree = payload;

    (void)err;
    *out = tree->mark >> level == index ? tree->marked[level] : tree->plain[level];
    return BC_OK;
}

static struct bc_hash large_root(struct large *tree, uint64_t first, uint64_t n)
{
    unsigned level = 63 - (unsigned)__builtin_clzll(n);
    uint64_t split = UINT64_C(1) << level;
    struct bc_hash left, right;

    (void)large_subtree(tree, level, first >> level, &left, NULL);
    if (n == split)
        return left;
    right = large_root(tree, first + split, n - split);
    return bc_hash_node(&left, &right);
}

struct large_claim {
    uint64_t index;
    struct bc_hash leaf;
    struct bc_head older, newer;
};

static bool large_leaf_holds(const struct bc_proof *proof, void *payload)
{
    struct large_claim *claim = payload;

    return bc_proof_holds_leaf(proof, claim->index, &claim->leaf, &claim->newer);
}

static bool large_prefix_holds(const struct bc_proof *proof, void *payload)
{
    struct large_claim *claim = payload;

    return bc_proof_holds_prefix(proof, &claim->older, &claim->newer);
}

static void check_large(uint64_t mark, uint64_t old, uint64_t size)
{
    struct large tree;
    const struct bc_subtrees subtrees = { large_subtree, &tree };
    struct large_claim claim = { .index = mark, .leaf = leaves[1] };
    struct bc_proof proof;

    large_init(&tree, mark);
    claim.older = (struct bc_head){ old, large_root(&tree, 0, old) };
    claim.newer = (struct bc_head){ size, large_root(&tree, 0, size) };
    check_ok(bc_proof_inclusion(&proof, mark + 1, size, &subtrees, NULL), &(struct bc_err){ 0 });
    assert_true(large_leaf_holds(&proof, &claim));
    spoil(&proof, large_leaf_holds, &claim);
    for (unsigned bit = 0; bit < 64; bit++)
        assert_false(
            bc_proof_holds_leaf(&proof, mark ^ UINT64_C(1) << bit, &claim.leaf, &claim.newer));
    assert_false(bc_proof_holds_leaf(&proof, mark, &leaves[0], &claim.newer));
    check_ok(bc_proof_consistency(&proof, old, size, &subtrees, NULL), &(struct bc_err){ 0 });
    assert_true(large_prefix_holds(&proof, &claim));
    spoil(&proof, large_prefix_holds, &claim);
    claim.older.root.at[9] ^= 1;
    assert_false(large_prefix_holds(&proof, &claim));
    claim.older.root.at[9] ^= 1;
    claim.newer.root.at[9] ^= 1;
    assert_false(large_prefix_holds(&proof, &claim));
}

static void proofs_hold_in_trees_of_any_size(void **state)
{
    uint64_t seed = 20260304;

    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int i = 0; i < 400; i++) {
        uint64_t most = UINT64_MAX >> history_random(&seed, 64);
        uint64_t size = 1 + history_random(&seed, most), mark = history_random(&seed, size);

        check_large(mark, 1 + history_random(&seed, size), size);
    }
    check_large(0, 1, UINT64_MAX);
    check_large(UINT64_MAX - 1, UINT64_MAX - 1, UINT64_MAX);
    check_large(UINT64_C(1) << 62, UINT64_C(1) << 63, UINT64_MAX);
}

/* --- over a log --- */

static void check_log_at(bc_log *log, uint64_t size, const struct bc_head *all)
{
    struct bc_buf bytes = { 0 };
    bc_arena *arena = bc_arena_new();
    struct bc_proof proof;
    struct bc_event event;
    struct bc_err err = { 0 };
    struct bc_head head;

    check_ok(bc_log_head_at(log, size, &head, &err), &err);
    assert_int_equal(bc_log_extends(log, &head, &err), BC_OK);
    check_ok(bc_log_prove_prefix(log, size, all->size, &proof, &err), &err);
    assert_true(bc_proof_holds_prefix(&proof, &head, all));
    for (uint64_t seq = 1; seq <= size; seq += seq < 4 || seq + 4 > size ? 1 : 97) {
        check_ok(bc_log_get(log, seq, &event, &bytes, arena, &err), &err);
        check_ok(bc_log_prove_record(log, seq, size, &proof, &err), &err);
        assert_true(bc_proof_holds_record(&proof, seq, bc_buf_str(&bytes), &head));
    }
    head.root.at[3] ^= 4;
    assert_int_equal(bc_log_extends(log, &head, &err), BC_NO);
    bc_buf_release(&bytes);
    bc_arena_free(arena);
}

static void a_log_proves_its_records_in_every_head_it_had(void **state)
{
    static const uint64_t sizes[] = { 1,   2,   3,   255, 256, 257,  511,  512,
                                      513, 767, 768, 769, 777, 1023, 1024, LOG_SIZE };
    struct bc_err err = { 0 };
    struct bc_head longer;
    bc_log *log = NULL;

    (void)state;
    check_ok(bc_log_open(&log, bc_store_memory(), true, NULL, &err), &err);
    check_ok(made_append(log, 1, LOG_SIZE, 0, MADE_NOW_US, &err), &err);
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        check_log_at(log, sizes[i], bc_log_head(log));
    longer = *bc_log_head(log);
    longer.size++;
    assert_int_equal(bc_log_extends(log, &longer, &err), BC_NO);
    bc_log_close(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inclusion_is_as_defined_for_every_size_up_to_600),
        cmocka_unit_test(the_sides_of_a_path_lead_to_the_root),
        cmocka_unit_test(consistency_is_as_defined_for_every_size_up_to_600),
        cmocka_unit_test(a_proof_of_inclusion_holds_for_nothing_else),
        cmocka_unit_test(any_leaf_is_held_against_its_index_from_0),
        cmocka_unit_test(a_proof_of_consistency_holds_for_nothing_else),
        cmocka_unit_test(the_empty_head_is_a_prefix_of_all_and_no_head_of_a_longer_one),
        cmocka_unit_test(proofs_hold_in_trees_of_any_size),
        cmocka_unit_test(a_log_proves_its_records_in_every_head_it_had),
    };

    return cmocka_run_group_tests_name("ledger/record/proof", tests, make_leaves, NULL);
}
