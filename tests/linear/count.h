/* tests/linear/count.h - what a piece of work costs, without a clock: the branches that the counted
 * code takes, and the bytes that it has the C library look at or move; and the most memory that it
 * holds at a time. What foreign libraries do within themselves is not counted. */
#ifndef BC_TESTS_LINEAR_COUNT_H
#define BC_TESTS_LINEAR_COUNT_H

#include <stddef.h>
#include <stdint.h>

struct cost {
    uint64_t steps;
    size_t memory; /* bytes, beyond what was held at the beginning */
};

void count_begin(void);
struct cost count_end(void);

#endif
