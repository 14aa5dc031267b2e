/* ledger/base/spelling.c - optimal string alignment distance, kept small. */
#include "ledger/base/spelling.h"

#define WORD_MAX 64 /* longer words are compared with nothing */

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;
    return ab < c ? ab : c;
}

unsigned bc_spelling_steps(struct bc_str a, struct bc_str b, unsigned limit)
{
    unsigned rows[3][WORD_MAX + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];

    if (a.len > WORD_MAX || b.len > WORD_MAX)
        return limit + 1;
    for (size_t j = 0; j <= b.len; j++)
        above[j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            unsigned other = a.at[i - 1] != b.at[j - 1];
            row[j] = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + other);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] &&
                row[j] > before[j - 2] + 1)
                row[j] = before[j - 2] + 1;
        }
        unsigned *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.len] <= limit ? above[b.len] : limit + 1;
}

void bc_spelling_try(struct bc_spelling *spelling, struct bc_str candidate)
{
    /* One step in three letters, so that short words do not all resemble each other. */
    unsigned limit = spelling->word.len < 6 ? 1 + (spelling->word.len > 3) : 3;
    unsigned steps = bc_spelling_steps(spelling->word, candidate, limit);

    if (steps <= limit && (spelling->best.len == 0 || steps < spelling->steps)) {
        spelling->best = candidate;
        spelling->steps = steps;
    }
}
