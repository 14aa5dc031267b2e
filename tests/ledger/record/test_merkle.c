/* The hash tree is that of RFC 6962: the known vectors of Certificate Transparency's own tests, and
 * the recursive definition for every size up to 600. */
#include "ledger/record/merkle.h"
#include "tests/support/check.h"

#include <stdio.h>

/* From https://github.com/google/certificate-transparency (merkle tree tests). */
static const struct bc_str ct_leaves[] = {
    BYTES(""),
    BYTES("\x00"),
    BYTES("\x10"),
    BYTES("\x20\x21"),
    BYTES("\x30\x31"),
    BYTES("\x40\x41\x42\x43"),
    BYTES("\x50\x51\x52\x53\x54\x55\x56\x57"),
    BYTES("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"),
};
static const char *const ct_roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

enum { MOST = 600 };

static void hex(char out[2 * BC_HASH_LEN + 1], const struct bc_hash *hash)
{
    for (size_t i = 0; i < BC_HASH_LEN; i++)
        (void)snprintf(out + 2 * i, 3, "%02x", hash->at[i]);
}

static void known_vectors(void **state)
{
    struct bc_frontier frontier = { 0 };

    (void)state;
    for (size_t n = 0; n < ARRAY_LEN(ct_roots); n++) {
        char text[2 * BC_HASH_LEN + 1];
        struct bc_hash root = bc_frontier_root(&frontier);

        hex(text, &root);
        assert_string_equal(text, ct_roots[n]);
        if (n < ARRAY_LEN(ct_leaves))
            bc_frontier_add(&frontier, bc_hash_leaf(ct_leaves[n]), NULL, NULL);
    }
}

static struct bc_hash leaves[MOST];

/* RFC 6962, section 2.1, to the letter. */
static struct bc_hash naive_root(size_t first, size_t n)
{
    struct bc_hash left, right;
    size_t split = 1;

    if (n == 0)
        return bc_hash_bytes((struct bc_str){ 0 });
    if (n == 1)
        return leaves[first];
    while (2 * split < n)
        split *= 2;
    left = naive_root(first, split);
    right = naive_root(first + split, n - split);
    return bc_hash_node(&left, &right);
}

static void make_leaves(void)
{
    for (uint32_t i = 0; i < MOST; i++)
        leaves[i] = bc_hash_leaf((struct bc_str){ (const char *)&i, sizeof(i) });
}

static void every_size_up_to_600_has_the_defined_root(void **state)
{
    struct bc_frontier frontier = { 0 };

    (void)state;
    make_leaves();
    for (size_t n = 0; n < MOST; n++) {
        struct bc_hash want = naive_root(0, n), got = bc_frontier_root(&frontier);

        assert_int_equal(frontier.size, n);
        assert_memory_equal(&got, &want, sizeof(got));
        bc_frontier_add(&frontier, leaves[n], NULL, NULL);
    }
}

static void check_subtree(void *payload, unsigned level, uint64_t index, const struct bc_hash *hash)
{
    size_t *calls = payload;
    struct bc_hash want = naive_root((size_t)(index << level), (size_t)1 << level);

    assert_memory_equal(hash, &want, sizeof(want));
    ++*calls;
}

static void each_perfect_subtree_is_told_once(void **state)
{
    struct bc_frontier frontier = { 0 };
    size_t calls = 0, want = 0;

    (void)state;
    make_leaves();
    for (size_t n = 0; n < MOST; n++)
        bc_frontier_add(&frontier, leaves[n], check_subtree, &calls);
    for (size_t width = 1; width <= MOST; width *= 2)
        want += MOST / width;
    assert_int_equal(calls, want);
}

static struct text_row {
    const char *name, *text;
    bool good;
} text_rows[] = {
    { "what is printed can be read", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", true },
    { "no text is no hash", "", false },
    { "a hash without its padding", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", false },
    { "bits where the padding has none", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=", false },
    { "another alphabet", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=", false },
    { "one byte less", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==", false },
    { "one byte more", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA", false },
    { "a blank before it", " 7DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", false },
    { "padding in the middle", "47DEQpj8HBSa+/TIm===JCeuQeRkm5NMpJWZG3hSuFU=", false },
};

static void text_row(void **state)
{
    const struct text_row *row = *state;
    struct bc_hash hash, empty = bc_hash_bytes((struct bc_str){ 0 });
    char again[BC_HASH_TEXT_LEN];

    assert_int_equal(bc_hash_parse(&hash, bc_str_of(row->text)), row->good);
    if (!row->good)
        return;
    assert_memory_equal(&hash, &empty, sizeof(hash));
    bc_hash_print(again, &hash);
    assert_string_equal(again, row->text);
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(text_rows) + 3] = {
        cmocka_unit_test(known_vectors),
        cmocka_unit_test(every_size_up_to_600_has_the_defined_root),
        cmocka_unit_test(each_perfect_subtree_is_told_once),
    };

    for (size_t i = 0; i < ARRAY_LEN(text_rows); i++)
        tests[3 + i] =
            (struct CMUnitTest){ text_rows[i].name, text_row, NULL, NULL, &text_rows[i] };
    return cmocka_run_group_tests_name("ledger/record/merkle", tests, NULL, NULL);
}
