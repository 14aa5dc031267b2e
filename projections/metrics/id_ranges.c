#include "projections/metrics/id_ranges.h"

#include "ledger/base/search.h"
#include "ledger/base/sort.h"

#include <stdlib.h>

void bc_id_ranges_join(struct bc_id_ranges *ranges, struct bc_id_ranges *from)
{
    for (size_t bucket = 0; bucket < BC_BUCKETS; bucket++)
        bc_chunks_join(&ranges->added[bucket], &from->added[bucket]);
}

void bc_id_ranges_drop(struct bc_id_ranges *ranges, size_t bucket)
{
    bc_chunks_release(&ranges->added[bucket]);
    free(ranges->sorted[bucket].at);
    ranges->sorted[bucket] = (struct bc_sorted){ 0 };
}

void bc_id_ranges_release(struct bc_id_ranges *ranges)
{
    for (size_t bucket = 0; bucket < BC_BUCKETS; bucket++)
        bc_id_ranges_drop(ranges, bucket);
}

/* --- order --- */

static inline int in_order(const struct bc_id_range *left, const struct bc_id_range *right)
{
    int order = bc_id128_cmp(left->id, right->id);

    return order ? order : (left->first > right->first) - (left->first < right->first);
}

BC_SORT_NEARLY(sort_few, struct bc_id_range, in_order);

enum { DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS, FEW = 24, ID_BITS = 64 };

static inline size_t digit_of(const struct bc_id_range *range, unsigned shift)
{
    return range->id.half[0] >> shift & (DIGITS - 1);
}

/* Ids are hashes, so their first bits divide them evenly: into 256 buckets in place, each again
 * until it is small. (P. M. McIlroy, K. Bostic, M. D. McIlroy, Engineering radix sort, 1993: the
 * American flag.) Buckets that do not get smaller, mostly of one id, are left to qsort.
 * Two sorts of other keys are like it: ledger/README.md, D15. */
static void sort_by_id(struct bc_id_range *ranges, size_t n, unsigned shift)
{
    size_t begin[DIGITS + 1], next[DIGITS], most = 0;

    if (n <= FEW) {
        sort_few(ranges, n);
        return;
    }
    memset(next, 0, sizeof(next));
    for (size_t i = 0; i < n; i++)
        next[digit_of(&ranges[i], shift)]++;
    begin[0] = 0;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        most = next[digit] > most ? next[digit] : most;
        begin[digit + 1] = begin[digit] + next[digit];
        next[digit] = begin[digit];
    }
    if (most > n / 2 || shift < DIGIT_BITS) {
        qsort(ranges, n, sizeof(*ranges), sort_few_compare);
        return;
    }
    for (size_t digit = 0; digit < DIGITS; digit++)
        while (next[digit] < begin[digit + 1]) {
            struct bc_id_range held = ranges[next[digit]];
            size_t to = digit_of(&held, shift);

            ranges[next[digit]] = ranges[next[to]];
            ranges[next[to]++] = held;
        }
    for (size_t digit = 0; digit < DIGITS; digit++)
        sort_by_id(&ranges[begin[digit]], begin[digit + 1] - begin[digit], shift - DIGIT_BITS);
}

const struct bc_sorted *bc_id_ranges_sort(struct bc_id_ranges *ranges, size_t bucket)
{
    struct bc_sorted *sorted = &ranges->sorted[bucket];

    sorted->n = ranges->added[bucket].n;
    sorted->at = bc_chunks_take(&ranges->added[bucket], sizeof(*sorted->at));
    sort_by_id(sorted->at, sorted->n, ID_BITS - BC_BUCKET_BITS - DIGIT_BITS);
    return sorted;
}

const struct bc_sorted *bc_id_ranges_merge(struct bc_id_ranges *ranges, size_t bucket)
{
    struct bc_id_range *at;
    size_t n, kept = 0;

    (void)bc_id_ranges_sort(ranges, bucket);
    at = ranges->sorted[bucket].at;
    n = ranges->sorted[bucket].n;
    for (size_t i = 0; i < n; i++) {
        struct bc_id_range *last = kept ? &at[kept - 1] : NULL;

        if (!last || !bc_id128_eq(last->id, at[i].id) || at[i].first > last->end)
            at[kept++] = at[i];
        else if (at[i].end > last->end)
            last->end = at[i].end;
    }
    ranges->sorted[bucket].n = kept;
    return &ranges->sorted[bucket];
}

size_t bc_sorted_from(const struct bc_sorted *sorted, struct bc_id128 id)
{
    size_t at;

    BC_LOWER_BOUND(at, 0, sorted->n, bc_id128_cmp(sorted->at[at].id, id) < 0);
    return at;
}
