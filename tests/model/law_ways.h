/* tests/model/law_ways.h - two ways of asking about a random history, and what must hold of any
 * difference between their answers. */
#ifndef BC_TESTS_MODEL_LAW_WAYS_H
#define BC_TESTS_MODEL_LAW_WAYS_H

#include "projections/diff/sums_diff.h"
#include "tests/support/history.h"

/* By turns with each of the clocks, with other rules, with another date. Borrows all of it. */
struct bc_ways law_ways_of(const struct history *history, const bc_rules *rules,
                           const bc_rules *others, size_t turn);
/* The same from the second to the first. */
struct bc_ways law_ways_swapped(const struct bc_ways *ways);

/* Deals by id; borrows them. */
struct law_deals {
    struct bc_str *at;
    size_t n, cap;
};
/* Puts a deal in that is not there, and takes one out that is: turned twice it is as if never
 * there. */
void law_deals_turn(struct law_deals *set, struct bc_str deal);

/* The figures of a row are moved by its parts from the first to the second, and each part by its
 * deals, which are in order and moved, each with its events where there are any. */
void law_sums_add_up(const struct bc_sums_row *row, unsigned n);
/* The deals that the parts take into a figure and out of it make one list the other. */
void law_sums_lead(const struct bc_sums_row *row, size_t figure, const struct bc_str *from,
                   size_t from_n, const struct bc_str *to, size_t to_n);
/* Asked the other way round, a row has the two ends exchanged; and where there is but one cause,
 * that does the opposite to the same deals. */
void law_sums_negated(const struct bc_sums_row *row, const struct bc_sums_row *swapped);

#endif
