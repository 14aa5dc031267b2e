/* ledger/base/near.h - the word that was meant by a mistyped one. */
#ifndef BC_LEDGER_BASE_NEAR_H
#define BC_LEDGER_BASE_NEAR_H

#include "ledger/base/str.h"

/* The steps (a byte more, less, other, or two swapped) between two words, or `limit` + 1 if more.
 */
unsigned bc_near_steps(struct bc_str a, struct bc_str b, unsigned limit);

/* A search for the nearest of many words. Start with `{ .word = what was typed }`. */
struct bc_near {
    struct bc_str word;
    struct bc_str best; /* the nearest so far that is near enough; len 0: none */
    unsigned steps;
};
void bc_near_try(struct bc_near *near, struct bc_str candidate);

#endif
