#include "tools/discover/discover_stages.h"

#include "tools/discover/discover_words.h"

int discover_stage_of(const struct discover_guess *guess, struct bc_str word)
{
    const struct discover_meaning meaning = discover_stage(guess->rules, word);

    return meaning.to ? bc_rules_stage(guess->rules, bc_str_of(meaning.to)) : BC_NO_STAGE;
}

bool discover_is_closed(const struct discover_guess *guess, int stage)
{
    return stage != BC_NO_STAGE && guess->rules->stages[stage].kind != BC_STAGE_OPEN;
}

bool discover_is_timed(const struct discover_guess *guess, int stage)
{
    return stage != BC_NO_STAGE && guess->stages_with_times >> stage & 1;
}

size_t discover_closing(const struct discover_guess *guess)
{
    const size_t status = guess->of[DISCOVER_STATUS];

    return status != DISCOVER_NO_COLUMN ? status : guess->of[DISCOVER_STAGE];
}

const struct discover_words *discover_stage_words(const struct discover_guess *guess)
{
    const size_t stage = guess->of[DISCOVER_STAGE];

    if (guess->shape == DISCOVER_LOG)
        return &guess->stage_words;
    return stage != DISCOVER_NO_COLUMN ? &guess->survey->columns[stage].words : NULL;
}

size_t discover_lost_time(const struct discover_guess *guess)
{
    if (guess->shape != DISCOVER_DEALS)
        return guess->time;
    for (size_t i = 0; i < guess->survey->column_n; i++) {
        const struct discover_named *named = &guess->named[i];

        if (named->role == DISCOVER_ENTERED && named->stage != BC_NO_STAGE &&
            guess->rules->stages[named->stage].kind == BC_STAGE_LOST)
            return i;
    }
    return guess->of[DISCOVER_CLOSED] != DISCOVER_NO_COLUMN ? guess->of[DISCOVER_CLOSED]
                                                            : guess->of[DISCOVER_SINCE];
}
