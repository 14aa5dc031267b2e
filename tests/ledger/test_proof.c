/* Proofs are those of RFC 6962's definitions, hold for what they are about, and for nothing else;
 * a log makes them from what it keeps. */
#include "ledger/proof.h"
#include "ledger/prove.h"
#include "tests/support/check.h"
#include "tests/support/made.h"

#include <stdio.h>

enum { MOST = 600, LOG_SIZE = 1111 };

static struct bc_hash leaves[MOST];
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

/* Each hash of a proof changed, one left out, one more: nothing of it may hold. */
static void spoil(const struct bc_proof *proof, bool (*holds)(const struct bc_proof *, void *),
                  void *payload)
{
    struct bc_proof other;

    for (size_t i = 0; i < proof->n; i++) {
        other = *proof;
        other.at[i].at[i % BC_HASH_LEN] ^= 1;
        assert_false(holds(&other, payload));
        other = *proof;
        memmove(&other.at[i], &other.at[i + 1], (proof->n - i - 1) * sizeof(other.at[0]));
        other.n--;
        assert_false(holds(&other, payload));
    }
    other = *proof;
    other.at[other.n++] = leaves[0];
    assert_false(holds(&other, payload));
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

static void a_proof_of_inclusion_holds_for_nothing_else(void **state)
{
    (void)state;
    for (uint64_t size = 1; size <= 40; size++) {
        for (uint64_t seq = 1; seq <= size; seq++) {
            struct claim claim = { .seq = seq, .newer = head_of((size_t)size) };
            struct bc_head other = claim.newer;
            struct bc_proof proof = { 0 };

            naive_path(&proof, (size_t)seq - 1, 0, (size_t)size);
            spoil(&proof, record_holds, &claim);
            assert_false(bc_proof_holds_record(&proof, seq, record(seq % MOST), &claim.newer));
            for (uint64_t wrong = 0; wrong <= size + 1; wrong++)
                if (wrong != seq)
                    assert_false(bc_proof_holds_record(&proof, wrong, record((size_t)seq - 1),
                                                       &claim.newer));
            other.root.at[7] ^= 0x80;
            assert_false(bc_proof_holds_record(&proof, seq, record((size_t)seq - 1), &other));
        }
    }
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

static void a_proof_of_consistency_holds_for_nothing_else(void **state)
{
    (void)state;
    for (uint64_t size = 2; size <= 40; size++) {
        for (uint64_t old = 1; old < size; old++) {
            struct claim claim = { .older = head_of((size_t)old), .newer = head_of((size_t)size) };
            struct bc_proof proof = { 0 };

            naive_subproof(&proof, (size_t)old, 0, (size_t)size, true);
            spoil(&proof, prefix_holds, &claim);
            claim.older.root.at[0] ^= 1;
            assert_false(prefix_holds(&proof, &claim));
            claim.older.root.at[0] ^= 1;
            claim.newer.root.at[31] ^= 1;
            assert_false(prefix_holds(&proof, &claim));
        }
    }
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
    assert_false(bc_proof_holds_prefix(&proof, &some, &none));
    assert_false(bc_proof_holds_record(&proof, 1, record(0), &none));
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
        cmocka_unit_test(consistency_is_as_defined_for_every_size_up_to_600),
        cmocka_unit_test(a_proof_of_inclusion_holds_for_nothing_else),
        cmocka_unit_test(any_leaf_is_held_against_its_index_from_0),
        cmocka_unit_test(a_proof_of_consistency_holds_for_nothing_else),
        cmocka_unit_test(the_empty_head_is_a_prefix_of_all_and_no_head_of_a_longer_one),
        cmocka_unit_test(a_log_proves_its_records_in_every_head_it_had),
    };

    return cmocka_run_group_tests_name("ledger/proof", tests, make_leaves, NULL);
}
