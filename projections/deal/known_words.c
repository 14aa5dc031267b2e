#include "projections/deal/known_words.h"

#include <stdlib.h>

struct marking {
    struct bc_known_words *known;
    enum bc_word_field field;
};

static void mark(void *payload, struct bc_str text)
{
    const struct marking *marking = payload;
    uint32_t word = bc_string_table_find(marking->known->strings, text);

    if (word < marking->known->word_n)
        marking->known->at[word] |= (uint8_t)(1u << marking->field);
}

void bc_known_words_init(struct bc_known_words *known, const bc_rules *rules,
                         const bc_string_table *strings)
{
    static const enum bc_word_field fields[] = { BC_WORD_DEAL_TYPE, BC_WORD_MEETING_TYPE,
                                                 BC_WORD_OUTCOME };

    _Static_assert(BC_WORD_FIELD_N <= 8, "a bit for each field");
    *known = (struct bc_known_words){ .rules = rules,
                                      .strings = strings,
                                      .word_n = bc_string_table_count(strings) };
    known->at = bc_calloc(known->word_n, sizeof(*known->at));
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        bc_words_each(rules, fields[i], mark, &(struct marking){ known, fields[i] });
    if (!bc_words_any_slice(rules))
        known->every = 1u << BC_WORD_DEAL_TYPE;
}

void bc_known_words_release(struct bc_known_words *known)
{
    free(known->at);
    *known = (struct bc_known_words){ 0 };
}

bool bc_known_words_type_costs(const struct bc_known_words *known, const struct bc_deal *deal,
                               const struct bc_activity *meeting)
{
    const struct bc_visit *visit;

    if (bc_known_word(known, BC_WORD_MEETING_TYPE, meeting->type))
        return false;
    visit = bc_deal_visit_at(deal, meeting->starts_us);
    return visit && bc_words_count_by_stage(known->rules,
                                            bc_string_table_text(known->strings, meeting->outcome),
                                            visit->stage);
}
