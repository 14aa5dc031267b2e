/* ledger/base/search.h - the place of something in an ascending array. */
#ifndef BC_LEDGER_BASE_SEARCH_H
#define BC_LEDGER_BASE_SEARCH_H

/* Sets `i` (a variable) to the first of begin <= i < end that is not before what is sought, or to
 * `end`. `before` is an expression of `i`, true up to some place and false from there on:
 *
 *     BC_LOWER_BOUND(i, 0, n, items[i].seq < seq);
 *
 * A macro, so that each comparison is compiled into its loop. */
#define BC_LOWER_BOUND(i, begin, end, before)                                                      \
    do {                                                                                           \
        __typeof__(i) bc_low = (begin), bc_high = (end);                                           \
        while (bc_low < bc_high) {                                                                 \
            (i) = bc_low + (bc_high - bc_low) / 2;                                                 \
            if (before)                                                                            \
                bc_low = (i) + 1;                                                                  \
            else                                                                                   \
                bc_high = (i);                                                                     \
        }                                                                                          \
        (i) = bc_low;                                                                              \
    } while (0)

#endif
