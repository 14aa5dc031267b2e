/* ledger/base/sort.h - many texts put into byte order; few items, or nearly sorted ones, into any.
 */
#ifndef BC_LEDGER_BASE_SORT_H
#define BC_LEDGER_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct bc_sort_key {
    const char *at; /* borrowed */
    uint32_t len;
    uint32_t index; /* the caller's name for it */
    uint64_t head;  /* the sort's own */
};

/* In the order of bc_str_cmp, equal ones by index. */
void bc_sort_keys(struct bc_sort_key *keys, size_t n);

/* Defines `static void name(type *items, size_t n)`, for items that mostly stand in order, or are
 * few: it moves each back to where it belongs, and leaves what takes more than 8 moves an item to
 * the library. `compare` takes two of them by pointer, and answers as for qsort; items that it
 * finds equal end in any order. A macro, so that moves and comparisons are compiled into it. */
#define BC_SORT_NEARLY(name, type, compare)                                                        \
    static int name##_compare(const void *a, const void *b)                                        \
    {                                                                                              \
        return compare(a, b);                                                                      \
    }                                                                                              \
    typedef type name##_item;                                                                      \
    static void name(name##_item *items, size_t n)                                                 \
    {                                                                                              \
        size_t moves_left = 8 * n;                                                                 \
                                                                                                   \
        for (size_t i = 1; i < n; i++) {                                                           \
            size_t at = i;                                                                         \
            type held;                                                                             \
                                                                                                   \
            if (compare(&items[i - 1], &items[i]) <= 0)                                            \
                continue;                                                                          \
            held = items[i];                                                                       \
            for (; at > 0 && moves_left && compare(&items[at - 1], &held) > 0; at--, moves_left--) \
                items[at] = items[at - 1];                                                         \
            items[at] = held;                                                                      \
            if (!moves_left) {                                                                     \
                qsort(items, n, sizeof(*items), name##_compare);                                   \
                return;                                                                            \
            }                                                                                      \
        }                                                                                          \
    }                                                                                              \
    _Static_assert(sizeof(type) > 0, "takes the semicolon")

#endif
