/* tools/discover/discover_words.h - what the words of a table mean in the words of the rules. */
#ifndef BC_TOOLS_DISCOVER_DISCOVER_WORDS_H
#define BC_TOOLS_DISCOVER_DISCOVER_WORDS_H

#include "projections/rules/words.h"

struct discover_meaning {
    const char *to; /* the rules' word, which lives as long as they do; NULL: none is near */
    bool like;      /* it only looks like that: to be checked */
};

/* By the same letters, by what the word means in several languages, by what one of its parts begins
 * with, or by the nearest spelling. Of a word that denies ("Not closed won"), or that several begin
 * or end with ("Closed"), nothing but the first two tells. */
struct discover_meaning discover_stage(const bc_rules *rules, struct bc_str word);
/* Of deal types and loss reasons. */
struct discover_meaning discover_word(const bc_rules *rules, enum bc_word_field field,
                                      struct bc_str word);
/* "enrichment, outreach, ...": what there is. */
void discover_list_words(struct bc_buf *out, const bc_rules *rules, enum bc_word_field field);
/* A cell that says that there is no value: "n/a", "-", 0000-00-00. */
bool discover_says_nothing(struct bc_str text);

#endif
