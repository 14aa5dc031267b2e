#include "projections/metrics/marks.h"

#include <stdlib.h>

void bc_marks_join(struct bc_marks *marks, struct bc_marks *from)
{
    for (size_t heap = 0; heap < BC_HEAPS; heap++)
        bc_chain_join(&marks->told[heap], &from->told[heap]);
}

void bc_marks_drop(struct bc_marks *marks, size_t heap)
{
    bc_chain_release(&marks->told[heap]);
    free(marks->sorted[heap].at);
    marks->sorted[heap] = (struct bc_sorted){ 0 };
}

void bc_marks_release(struct bc_marks *marks)
{
    for (size_t heap = 0; heap < BC_HEAPS; heap++)
        bc_marks_drop(marks, heap);
}

/* --- order --- */

static inline int in_order(const struct bc_mark *left, const struct bc_mark *right)
{
    int order = bc_id128_cmp(left->id, right->id);

    return order ? order : (left->first > right->first) - (left->first < right->first);
}

static int by_id(const void *a, const void *b)
{
    return in_order(a, b);
}

static void sort_few(struct bc_mark *marks, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const struct bc_mark held = marks[i];
        size_t j = i;

        for (; j > 0 && in_order(&marks[j - 1], &held) > 0; j--)
            marks[j] = marks[j - 1];
        marks[j] = held;
    }
}

enum { DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS, FEW = 24, ID_BITS = 64 };

static inline size_t digit_of(const struct bc_mark *mark, unsigned shift)
{
    return mark->id.half[0] >> shift & (DIGITS - 1);
}

/* Ids are hashes, so their first bits part them evenly: into 256 heaps in place, each again until
 * it is small. (P. M. McIlroy, K. Bostic, M. D. McIlroy, Engineering radix sort, 1993: the American
 * flag.) Heaps that do not get smaller, of one id mostly, are left to the library. */
static void sort_by_id(struct bc_mark *marks, size_t n, unsigned shift)
{
    size_t begin[DIGITS + 1], next[DIGITS], most = 0;

    if (n <= FEW) {
        sort_few(marks, n);
        return;
    }
    memset(next, 0, sizeof(next));
    for (size_t i = 0; i < n; i++)
        next[digit_of(&marks[i], shift)]++;
    begin[0] = 0;
    for (size_t digit = 0; digit < DIGITS; digit++) {
        most = next[digit] > most ? next[digit] : most;
        begin[digit + 1] = begin[digit] + next[digit];
        next[digit] = begin[digit];
    }
    if (most > n / 2 || shift < DIGIT_BITS) {
        qsort(marks, n, sizeof(*marks), by_id);
        return;
    }
    for (size_t digit = 0; digit < DIGITS; digit++)
        while (next[digit] < begin[digit + 1]) {
            struct bc_mark held = marks[next[digit]];
            size_t to = digit_of(&held, shift);

            marks[next[digit]] = marks[next[to]];
            marks[next[to]++] = held;
        }
    for (size_t digit = 0; digit < DIGITS; digit++)
        sort_by_id(&marks[begin[digit]], begin[digit + 1] - begin[digit], shift - DIGIT_BITS);
}

const struct bc_sorted *bc_marks_sort(struct bc_marks *marks, size_t heap)
{
    struct bc_sorted *sorted = &marks->sorted[heap];

    sorted->n = marks->told[heap].n;
    sorted->at = bc_chain_take(&marks->told[heap], sizeof(*sorted->at));
    sort_by_id(sorted->at, sorted->n, ID_BITS - BC_HEAP_BITS - DIGIT_BITS);
    return sorted;
}

const struct bc_sorted *bc_marks_merge(struct bc_marks *marks, size_t heap)
{
    struct bc_mark *at;
    size_t n, kept = 0;

    (void)bc_marks_sort(marks, heap);
    at = marks->sorted[heap].at;
    n = marks->sorted[heap].n;
    for (size_t i = 0; i < n; i++) {
        struct bc_mark *last = kept ? &at[kept - 1] : NULL;

        if (!last || !bc_id128_eq(last->id, at[i].id) || at[i].first > last->end)
            at[kept++] = at[i];
        else if (at[i].end > last->end)
            last->end = at[i].end;
    }
    marks->sorted[heap].n = kept;
    return &marks->sorted[heap];
}

size_t bc_sorted_find(const struct bc_sorted *sorted, struct bc_id128 id)
{
    size_t low = 0, high = sorted->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bc_id128_cmp(sorted->at[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
