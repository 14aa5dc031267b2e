/* projections/deal/known_words.h - which strings of the string table the rules know, and which
 * meetings are lost to words that they do not. */
#ifndef BC_PROJECTIONS_DEAL_KNOWN_WORDS_H
#define BC_PROJECTIONS_DEAL_KNOWN_WORDS_H

#include "projections/deal/deal.h"
#include "projections/rules/words.h"

struct bc_known_words {
    const bc_rules *rules;
    const bc_string_table *strings;
    uint8_t *at;     /* by number: a bit a field, where the rules know it there */
    uint8_t every;   /* bits of the fields in which any word is known */
    uint32_t word_n; /* size of the string table */
};

/* Borrows both, which must not grow while it is used. */
void bc_known_words_init(struct bc_known_words *known, const bc_rules *rules,
                         const bc_string_table *strings);
void bc_known_words_release(struct bc_known_words *known);

/* The empty word, number 0, is never unknown. */
static inline bool bc_known_word(const struct bc_known_words *known, enum bc_word_field field,
                                 uint32_t word)
{
    return word == 0 || ((known->at[word] | known->every) >> field & 1);
}

/* Whether a meeting is of a type that is not known, and without any would count from its start on:
 * its outcome does, and so does the stage in which the deal is then. */
bool bc_known_words_type_costs(const struct bc_known_words *known, const struct bc_deal *deal,
                               const struct bc_activity *meeting);

#endif
