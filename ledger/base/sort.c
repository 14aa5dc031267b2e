/* Ids of one source have a long common prefix, and reading a text is a cache miss. So eight bytes
 * of each text are kept with its key as one number, the first byte highest: first those after the
 * prefix that all texts share; the keys are put in order by them, byte by byte; and where some are
 * equal, these go on with the next eight. (Two sorts of other keys are like it: ledger/README.md,
 * D15.) */
#include "ledger/base/sort.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_BYTES = 8, TOP_SHIFT = 56, FEW = 24, AHEAD = 16 };

static void load_heads(struct bc_sort_key *keys, size_t n, size_t from)
{
    for (size_t i = 0; i < n; i++) {
        const size_t left = keys[i].len > from ? keys[i].len - from : 0;
        uint64_t bytes = 0;

        if (left)
            memcpy(&bytes, keys[i].at + from, left < HEAD_BYTES ? left : HEAD_BYTES);
        keys[i].head = __builtin_bswap64(bytes);
    }
}

static inline int in_head_order(const struct bc_sort_key *left, const struct bc_sort_key *right)
{
    return (left->head > right->head) - (left->head < right->head);
}

BC_SORT_NEARLY(sort_few, struct bc_sort_key, in_head_order);

/* Puts each key into the bucket of one byte of its head, in place. */
static void distribute(struct bc_sort_key *keys, const size_t *counts, unsigned shift)
{
    size_t next[256], end[256], sum = 0;

    for (size_t b = 0; b < 256; b++) {
        next[b] = sum;
        sum += counts[b];
        end[b] = sum;
    }
    for (size_t b = 0; b < 256; b++) {
        while (next[b] < end[b]) {
            struct bc_sort_key key = keys[next[b]];
            size_t to = key.head >> shift & 255;

            while (to != b) {
                struct bc_sort_key other = keys[next[to]];

                keys[next[to]++] = key;
                key = other;
                to = key.head >> shift & 255;
            }
            keys[next[b]++] = key;
        }
    }
}

static void by_head(struct bc_sort_key *keys, size_t n, unsigned shift)
{
    size_t counts[256] = { 0 };

    if (n <= FEW) {
        sort_few(keys, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        counts[keys[i].head >> shift & 255]++;
    if (counts[keys[0].head >> shift & 255] < n)
        distribute(keys, counts, shift);
    for (size_t b = 0, at = 0; shift && b < 256; at += counts[b++])
        if (counts[b] > 1)
            by_head(keys + at, counts[b], shift - 8);
}

static int by_end(const void *a, const void *b)
{
    const struct bc_sort_key *left = a, *right = b;

    if (left->len != right->len)
        return left->len < right->len ? -1 : 1;
    return (left->index > right->index) - (left->index < right->index);
}

/* Sorts keys whose texts are equal up to `from`. */
static void by_rest(struct bc_sort_key *keys, size_t n, size_t from)
{
    size_t end;

    load_heads(keys, n, from);
    by_head(keys, n, TOP_SHIFT);
    for (size_t first = 0; first < n; first = end) {
        bool more = false;

        for (end = first; end < n && keys[end].head == keys[first].head; end++) {
            more = more || keys[end].len > from + HEAD_BYTES;
            if (end + AHEAD < n)
                __builtin_prefetch(keys[end + AHEAD].at + from + HEAD_BYTES);
        }
        if (end - first > 1 && more)
            by_rest(keys + first, end - first, from + HEAD_BYTES);
        else if (end - first > 1)
            qsort(keys + first, end - first, sizeof(*keys), by_end);
    }
}

static size_t common_bytes(const struct bc_sort_key *keys, size_t n)
{
    size_t common = n ? keys[0].len : 0;

    for (size_t i = 1; i < n; i++) {
        size_t same = 0;

        while (same < common && same < keys[i].len && keys[i].at[same] == keys[0].at[same])
            same++;
        common = same;
    }
    return common;
}

void bc_sort_keys(struct bc_sort_key *keys, size_t n)
{
    by_rest(keys, n, common_bytes(keys, n));
}
