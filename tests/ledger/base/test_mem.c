/* Memory that does not fail, the arena and the growing buffer. */
#include "ledger/base/mem.h"
#include "tests/support/check.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void sizes_of_zero_are_fine(void **state)
{
    void *p = bc_malloc(0), *q = bc_calloc(0, 8);

    (void)state;
    assert_non_null(p);
    assert_non_null(q);
    p = bc_realloc(p, 0);
    assert_non_null(p);
    free(p);
    free(q);
}

static void a_copy_ends_with_nul(void **state)
{
    char *none = bc_strdup((struct bc_str){ 0 });
    char *some = bc_strdup((struct bc_str){ "abcdef", 3 });

    (void)state;
    assert_string_equal(none, "");
    assert_string_equal(some, "abc");
    free(none);
    free(some);
}

static void a_product_too_large_ends_with_exit_code_4(void **state)
{
    static const char want[] = "backcast: out of memory: nothing unfinished was appended\n";
    char said[sizeof(want) + 16] = "";
    int status, ends[2];
    pid_t child;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        (void)dup2(ends[1], STDERR_FILENO);
        free(bc_reallocarray(NULL, SIZE_MAX / 2, 4));
        _exit(0);
    }
    (void)close(ends[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(read(ends[0], said, sizeof(said) - 1), sizeof(want) - 1);
    assert_string_equal(said, want);
    (void)close(ends[0]);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 4);
}

static void scattered_memory_is_aligned_and_zeroed(void **state)
{
    static const size_t sizes[] = { 0, 1, 64, 1000, (2 << 20) - 1, 2 << 20, (4 << 20) + 1 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        unsigned char *p = bc_calloc_scattered(sizes[i]);

        assert_int_equal((uintptr_t)p % 64, 0);
        for (size_t at = 0; at < sizes[i]; at += 997)
            assert_int_equal(p[at], 0);
        if (sizes[i])
            p[sizes[i] - 1] = 1;
        free(p);
    }
}

static void an_array_grows_and_keeps_its_items(void **state)
{
    uint64_t *items = NULL;
    size_t n = 0, cap = 0;

    (void)state;
    for (uint64_t i = 0; i < 1000; i++) {
        BC_GROW(items, n, cap);
        items[n++] = i * i;
    }
    for (uint64_t i = 0; i < 1000; i++)
        assert_int_equal(items[i], i * i);
    free(items);
}

static void what_an_arena_hands_out_is_aligned_zeroed_and_apart(void **state)
{
    bc_arena *arena = bc_arena_new();
    unsigned char *before = NULL;
    size_t before_size = 0;

    (void)state;
    for (int round = 0; round < 3; round++) {
        before = NULL;
        for (size_t size = 0; size < 3000; size += 7) {
            unsigned char *p = bc_arena_alloc(arena, size);

            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xff, size);
            if (before)
                assert_true(before + before_size <= p || p + size <= before);
            before = p;
            before_size = size;
        }
        bc_arena_reset(arena);
    }
    bc_arena_free(arena);
    bc_arena_free(NULL);
}

static void an_arena_takes_what_is_larger_than_its_blocks(void **state)
{
    bc_arena *arena = bc_arena_new();
    char *large, *small;

    (void)state;
    bc_arena_reset(arena); /* empty: nothing to forget */
    small = bc_arena_alloc(arena, 8);
    memset(small, 1, 8);
    large = bc_arena_alloc(arena, 5 << 20);
    memset(large, 2, 5 << 20);
    small = bc_arena_alloc(arena, 8);
    memset(small, 3, 8);
    assert_int_equal(large[0], 2);
    assert_int_equal(large[(5 << 20) - 1], 2);
    bc_arena_free(arena);
}

static void a_copy_in_an_arena_outlives_its_source(void **state)
{
    bc_arena *arena = bc_arena_new();
    char source[] = "stage";
    struct bc_str copy = bc_arena_copy(arena, bc_str_of(source));
    struct bc_str none = bc_arena_copy(arena, (struct bc_str){ 0 });

    (void)state;
    source[0] = 'X';
    assert_string_equal(copy.at, "stage");
    assert_int_equal(copy.len, 5);
    assert_string_equal(none.at, "");
    bc_arena_free(arena);
}

static void a_buffer_holds_what_was_added_in_order(void **state)
{
    struct bc_buf buf = { 0 };

    (void)state;
    bc_buf_add(&buf, NULL, 0);
    assert_int_equal(buf.len, 0);
    assert_non_null(bc_buf_room(&buf, 0));
    bc_buf_add_str(&buf, BC_STR("deal "));
    bc_buf_printf(&buf, "%d", 42);
    bc_buf_printf(&buf, "%s", "");
    bc_buf_add_byte(&buf, ';');
    assert_true(bc_str_eq(bc_buf_str(&buf), BC_STR("deal 42;")));
    bc_buf_printf(&buf, "%0500d", 7);
    assert_int_equal(buf.len, 508);
    assert_int_equal(buf.at[507], '7');
    for (size_t i = 0; i < 100000; i++)
        bc_buf_add_byte(&buf, (char)i);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(buf.at[508 + i], (char)i);
    bc_buf_release(&buf);
    assert_int_equal(buf.len, 0);
    bc_buf_add_byte(&buf, 'x'); /* usable again */
    assert_int_equal(buf.len, 1);
    bc_buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_of_zero_are_fine),
        cmocka_unit_test(a_copy_ends_with_nul),
        cmocka_unit_test(a_product_too_large_ends_with_exit_code_4),
        cmocka_unit_test(scattered_memory_is_aligned_and_zeroed),
        cmocka_unit_test(an_array_grows_and_keeps_its_items),
        cmocka_unit_test(what_an_arena_hands_out_is_aligned_zeroed_and_apart),
        cmocka_unit_test(an_arena_takes_what_is_larger_than_its_blocks),
        cmocka_unit_test(a_copy_in_an_arena_outlives_its_source),
        cmocka_unit_test(a_buffer_holds_what_was_added_in_order),
    };

    return cmocka_run_group_tests_name("ledger/base/mem", tests, NULL, NULL);
}
