/* tests/projections/metrics/id_ranges: sorting a bucket gives what the library's sort gives,
 * however many ranges there are and however their ids lie; and merging it the dates that each id
 * has, and no others. */
#include "projections/metrics/id_ranges.h"
#include "tests/support/check.h"
#include "tests/support/history.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKET = 11, DATES = 60 };

/* About where few become many, a digit's worth, and so many that buckets are parted again and
 * again.
 */
static const size_t sizes[] = { 0,  1,  2,  3,   22,  23,  24,  25,   26,   47,  48,
                                49, 50, 96, 255, 256, 257, 500, 1000, 4096, 7001 };

/* --- how ids lie --- */

static struct bc_id128 id_of(uint64_t low, uint64_t second)
{
    const unsigned bucket_bits = 64 - BC_BUCKET_BITS;

    return (struct bc_id128){
        { (uint64_t)BUCKET << bucket_bits | (low & ((1ULL << bucket_bits) - 1)), second }
    };
}

static struct bc_id128 as_hashes(uint64_t *random, size_t i, size_t n)
{
    uint64_t first = history_random(random, UINT64_MAX);

    (void)i;
    (void)n;
    return id_of(first, history_random(random, UINT64_MAX));
}

static struct bc_id128 as_one(uint64_t *random, size_t i, size_t n)
{
    (void)random;
    (void)i;
    (void)n;
    return id_of(77, 77);
}

static struct bc_id128 as_few(uint64_t *random, size_t i, size_t n)
{
    uint64_t which = history_random(random, 7);

    return as_hashes(&which, i, n);
}

static struct bc_id128 as_pairs(uint64_t *random, size_t i, size_t n)
{
    uint64_t which = history_random(random, n / 2 + 1);

    return as_hashes(&which, i, n);
}

static struct bc_id128 as_one_beginning(uint64_t *random, size_t i, size_t n)
{
    (void)i;
    (void)n;
    return id_of(0x0badc0de00000000 | history_random(random, 1 << 20), history_random(random, 3));
}

static struct bc_id128 as_last_bytes(uint64_t *random, size_t i, size_t n)
{
    (void)i;
    (void)n;
    return id_of(0x0badc0dedeadbeef, history_random(random, UINT64_MAX));
}

static struct bc_id128 as_descending(uint64_t *random, size_t i, size_t n)
{
    (void)random;
    return id_of((n - i) * (UINT64_MAX / 16 / (n + 1)), n - i);
}

static struct bc_id128 as_ascending(uint64_t *random, size_t i, size_t n)
{
    return as_descending(random, n - i, n);
}

/* Half of them, or one more, have their first byte in common. */
static struct bc_id128 as_half_of_one_byte(uint64_t *random, size_t i, size_t n)
{
    struct bc_id128 id = as_hashes(random, i, n);

    return i % 2 ? id : id_of(id.half[0] >> 8 & ((1ULL << 52) - 1), id.half[1]);
}

/* Each byte of the first half parts them in two alike, down to the last whole one. */
static struct bc_id128 as_one_bit_a_byte(uint64_t *random, size_t i, size_t n)
{
    uint64_t low = 0;

    (void)n;
    for (unsigned bit = 0; bit < 6; bit++)
        low |= (uint64_t)(i >> bit & 1) << (52 - 8 * bit);
    return id_of(low | history_random(random, 8), history_random(random, 2));
}

/* A part of each: whatever may meet in one bucket. */
static struct bc_id128 as_all(uint64_t *random, size_t i, size_t n)
{
    static struct bc_id128 (*const each[])(uint64_t *, size_t, size_t) = {
        as_hashes,           as_one,           as_few,        as_pairs,
        as_one_beginning,    as_last_bytes,    as_descending, as_ascending,
        as_half_of_one_byte, as_one_bit_a_byte
    };

    return each[history_random(random, ARRAY_LEN(each))](random, i, n);
}

static const struct row {
    const char *name;
    struct bc_id128 (*id)(uint64_t *random, size_t i, size_t n);
} rows[] = {
    { "ids as hashes are", as_hashes },
    { "one id", as_one },
    { "few ids", as_few },
    { "ids in pairs", as_pairs },
    { "ids that begin alike", as_one_beginning },
    { "ids that end otherwise", as_last_bytes },
    { "ids in descending order", as_descending },
    { "ids in ascending order", as_ascending },
    { "half of the ids of one byte", as_half_of_one_byte },
    { "ids that each byte parts in two", as_one_bit_a_byte },
    { "ids of all these kinds", as_all },
};

/* --- the laws --- */

struct world {
    struct bc_id_ranges ranges;
    struct bc_id_range *told; /* the same in a list */
    size_t n;
    uint64_t seed;
};

/* Few dates, so that many ranges overlap, touch, or begin on one date. Those of one id are added in
 * turn to two, which are then joined. */
static void make_world(struct world *world, const struct row *row, size_t n, uint64_t seed)
{
    struct bc_id_ranges other = { 0 };
    uint64_t random = seed;

    *world = (struct world){ .told = bc_calloc(n, sizeof(*world->told)), .n = n, .seed = seed };
    for (size_t i = 0; i < n; i++) {
        struct bc_id_range *range = &world->told[i];

        *range = (struct bc_id_range){ .id = row->id(&random, i, n) };
        range->first = (uint32_t)history_random(&random, DATES);
        range->end = range->first + 1 + (uint32_t)history_random(&random, DATES - range->first) / 8;
        range->slices = 1 + (uint32_t)history_random(&random, 255);
        assert_int_equal(bc_id_ranges_bucket(range->id), BUCKET);
        bc_id_ranges_add(i % 3 ? &world->ranges : &other, range->id, range->first, range->end,
                         range->slices);
    }
    bc_id_ranges_join(&world->ranges, &other);
    bc_id_ranges_release(&other);
}

static void release_world(struct world *world)
{
    bc_id_ranges_release(&world->ranges);
    free(world->told);
}

static int by_id_and_date(const void *a, const void *b)
{
    const struct bc_id_range *left = a, *right = b;
    int order = bc_id128_cmp(left->id, right->id);

    return order ? order : (left->first > right->first) - (left->first < right->first);
}

static int by_all(const void *a, const void *b)
{
    const struct bc_id_range *left = a, *right = b;
    int order = by_id_and_date(a, b);

    if (order == 0)
        order = (left->end > right->end) - (left->end < right->end);
    return order ? order : (left->slices > right->slices) - (left->slices < right->slices);
}

/* Ranges of one id and first date may be in any order: they are put into one, and nothing else
 * is. */
static void check_sorted(const struct world *world, const struct bc_sorted *got)
{
    struct bc_id_range *again = bc_calloc(got->n, sizeof(*again));

    assert_int_equal(got->n, world->n);
    for (size_t i = 0; i < got->n; i++) {
        again[i] = got->at[i];
        if (i > 0 && by_id_and_date(&again[i - 1], &again[i]) > 0)
            fail_msg("seed %lu, %zu ranges: number %zu is before %zu", (unsigned long)world->seed,
                     got->n, i, i - 1);
    }
    qsort(again, got->n, sizeof(*again), by_all);
    qsort(world->told, world->n, sizeof(*world->told), by_all);
    for (size_t i = 0; i < got->n; i++)
        if (by_all(&again[i], &world->told[i]) != 0)
            fail_msg("seed %lu, %zu ranges: number %zu is not as it was added",
                     (unsigned long)world->seed, got->n, i);
    free(again);
}

static void check_found(const struct world *world, const struct bc_sorted *got)
{
    for (size_t i = 0; i < world->n; i++) {
        size_t at = bc_sorted_from(got, world->told[i].id);

        assert_true(at < got->n && bc_id128_eq(got->at[at].id, world->told[i].id));
        assert_true(at == 0 || !bc_id128_eq(got->at[at - 1].id, world->told[i].id));
    }
    assert_int_equal(bc_sorted_from(got, id_of(UINT64_MAX, UINT64_MAX)), got->n);
}

/* What world->told[i..end), of one id, hold date by date. */
static size_t check_union(const struct world *world, size_t i, size_t end,
                          const struct bc_sorted *got, size_t at)
{
    bool held[DATES + 1] = { false };

    for (size_t j = i; j < end; j++)
        for (uint32_t date = world->told[j].first; date < world->told[j].end; date++)
            held[date] = true;
    for (uint32_t first = 0, past; first < DATES; first = past) {
        past = first + 1;
        if (!held[first])
            continue;
        while (held[past])
            past++;
        if (at == got->n || !bc_id128_eq(got->at[at].id, world->told[i].id) ||
            got->at[at].first != first || got->at[at].end != past)
            fail_msg("seed %lu, %zu ranges: range %zu is not %u to %u, which number %zu is in",
                     (unsigned long)world->seed, world->n, at, first, past, i);
        at++;
    }
    return at;
}

static void check_merged(struct world *world, const struct bc_sorted *got)
{
    size_t at = 0;

    qsort(world->told, world->n, sizeof(*world->told), by_all);
    for (size_t i = 0, end; i < world->n; i = end) {
        for (end = i + 1; end < world->n; end++)
            if (!bc_id128_eq(world->told[end].id, world->told[i].id))
                break;
        at = check_union(world, i, end, got, at);
    }
    assert_int_equal(at, got->n);
}

static void any_bucket(void **state)
{
    const struct row *row = *state;

    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            const struct bc_sorted *sorted;
            struct world world;

            make_world(&world, row, sizes[i], seed);
            sorted = bc_id_ranges_sort(&world.ranges, BUCKET);
            check_sorted(&world, sorted);
            check_found(&world, sorted);
            bc_id_ranges_drop(&world.ranges, BUCKET);
            assert_int_equal(world.ranges.sorted[BUCKET].n, 0);
            release_world(&world);

            make_world(&world, row, sizes[i], seed);
            check_merged(&world, bc_id_ranges_merge(&world.ranges, BUCKET));
            check_found(&world, &world.ranges.sorted[BUCKET]);
            release_world(&world);
        }
}

int main(void)
{
    struct CMUnitTest tests[ARRAY_LEN(rows)];

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        tests[i] = (struct CMUnitTest){ rows[i].name, any_bucket, NULL, NULL,
                                        (void *)(uintptr_t)&rows[i] };
    return cmocka_run_group_tests_name("projections/metrics/id_ranges", tests, NULL, NULL);
}
