/* projections/rules/words.h - the words that mean something, field by field: those of the rules,
 * and those that every set of rules has. Any other word is kept, and counts as no listed one. */
#ifndef BC_PROJECTIONS_RULES_WORDS_H
#define BC_PROJECTIONS_RULES_WORDS_H

#include "projections/rules/rules.h"

enum bc_word_field {
    BC_WORD_STAGE,     /* ids, the CRM's own too */
    BC_WORD_DEAL_TYPE, /* of the slices; where no slice has a type, any word is known */
    BC_WORD_MEETING_TYPE,
    BC_WORD_OUTCOME, /* of a meeting */
    BC_WORD_LOSS_REASON,
    BC_WORD_RED_LINE,
    BC_WORD_PROPERTY, /* any name is known but one that was meant for a listed one */
    BC_WORD_FIELD_N
};

/* "stage", "deal type", "meeting type", "meeting outcome", "loss reason", "red line",
 * "property". */
const char *bc_word_field_name(enum bc_word_field field);

/* Each word once or more, in the order of the rules; they live as long as the rules. */
typedef void bc_words_visit(void *payload, struct bc_str word);
void bc_words_each(const bc_rules *rules, enum bc_word_field field, bc_words_visit *visit,
                   void *payload);
/* Whether a word is among them; the empty one is none, and never unknown. */
bool bc_words_know(const bc_rules *rules, enum bc_word_field field, struct bc_str word);

/* The property that a name was meant for, where it is not known as one. */
const char *bc_words_property_meant(struct bc_str name);

/* Whether any slice is of deals of some types: else a deal's type costs nothing. */
bool bc_words_any_slice(const bc_rules *rules);
/* " but all": the slices that hold every deal; nothing where there are none. */
void bc_words_put_whole_slices(struct bc_buf *out, const bc_rules *rules);
/* Whether a meeting of no type that has this outcome would count, in a metric or a red line's
 * guard, where the deal is in this stage. */
bool bc_words_count_by_stage(const bc_rules *rules, struct bc_str outcome, int stage);

#endif
