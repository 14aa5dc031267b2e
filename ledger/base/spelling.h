/* ledger/base/spelling.h - the word that a mistyped one was meant to be. */
#ifndef BC_LEDGER_BASE_SPELLING_H
#define BC_LEDGER_BASE_SPELLING_H

#include "ledger/base/str.h"

/* The steps (a byte more, less, other, or two swapped) between two words, or `limit` + 1 if more.
 */
unsigned bc_spelling_steps(struct bc_str a, struct bc_str b, unsigned limit);

/* A search for the nearest of many words. Start with `{ .word = what was typed }`. */
struct bc_spelling {
    struct bc_str word;
    struct bc_str best; /* the nearest so far that is near enough; len 0: none */
    unsigned steps;
};
void bc_spelling_try(struct bc_spelling *spelling, struct bc_str candidate);

#endif
