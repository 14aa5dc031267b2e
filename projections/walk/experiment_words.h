/* projections/walk/experiment_words.h - what is known of each experiment at a date, from its own
 * events: its words are those of the last beginning, and the last conclusion tells what came of it.
 *
 * An experiment is there once it was begun, or a deal was enrolled in it; who is enrolled, the
 * deals know. */
#ifndef BC_PROJECTIONS_WALK_EXPERIMENT_WORDS_H
#define BC_PROJECTIONS_WALK_EXPERIMENT_WORDS_H

#include "projections/deal/deal.h"
#include "projections/facts/learning.h"

/* Facts and texts are lent by those that it was made of. */
struct bc_experiment_words {
    struct bc_str id;
    const struct bc_fact_at *first_begun, *begun;         /* the last; NULL: it was never begun */
    const struct bc_fact_at *first_concluded, *concluded; /* the last; NULL: it is running */
};

/* `{ 0 }` is empty. */
struct bc_experiment_list {
    struct bc_experiment_words *at; /* by the bytes of their ids */
    size_t n;
};

/* Those that were begun or concluded up to a date, of facts in the fold's order; other kinds than
 * EXPERIMENT and CONCLUSION are passed over. */
void bc_experiment_list_fill(struct bc_experiment_list *out, const struct bc_fact_at *facts,
                             size_t n, int64_t as_of_us);
void bc_experiment_list_release(struct bc_experiment_list *list);
/* NULL: it was neither begun nor concluded. */
const struct bc_experiment_words *bc_experiment_find(const struct bc_experiment_list *list,
                                                     struct bc_str id);
/* A text of the last beginning, BC_TEXT_EXPERIMENT_...; empty where it was never begun. */
struct bc_str bc_experiment_text(const struct bc_experiment_words *words, size_t i);
/* What it cost, by the last beginning, in millionths; false: that says none, or no amount. */
bool bc_experiment_cost(int64_t *out, const struct bc_experiment_words *words);
/* The currency of its cost: as it was told, or that of the rules. */
struct bc_str bc_experiment_currency(const struct bc_experiment_words *words,
                                     const bc_rules *rules);
/* A text of the last conclusion, BC_TEXT_CONCLUSION_...; empty where it is running. */
struct bc_str bc_experiment_end(const struct bc_experiment_words *words, size_t i);

#endif
