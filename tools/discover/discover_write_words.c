#include "tools/cli/text.h"
#include "tools/discover/discover_stages.h"
#include "tools/discover/discover_words.h"
#include "tools/discover/discover_write.h"

#include <inttypes.h>

static bool picked(const struct discover_guess *guess, struct bc_str word, enum discover_pick pick)
{
    const int stage = discover_stage_of(guess, word);

    switch (pick) {
    case DISCOVER_PICK_LOST:
        return stage != BC_NO_STAGE && guess->rules->stages[stage].kind == BC_STAGE_LOST;
    case DISCOVER_PICK_CLOSED:
        return discover_is_closed(guess, stage) && !discover_is_timed(guess, stage);
    case DISCOVER_PICK_OPEN:
        return !discover_is_closed(guess, stage) && !discover_is_timed(guess, stage);
    case DISCOVER_PICK_ANY:
        return !discover_is_timed(guess, stage);
    }
    return false;
}

size_t discover_count_words(const struct discover_draft *draft, size_t column,
                            enum discover_pick pick)
{
    const struct discover_words *words = &draft->guess->survey->columns[column].words;
    size_t n = 0;

    for (size_t i = 0; i < words->n; i++)
        n += picked(draft->guess, words->at[i].text, pick);
    return n;
}

size_t discover_add_words(struct discover_draft *draft, size_t column, enum discover_pick pick)
{
    const struct discover_words *words = &draft->guess->survey->columns[column].words;
    size_t n = 0;

    for (size_t i = 0; i < words->n; i++) {
        if (!picked(draft->guess, words->at[i].text, pick))
            continue;
        discover_add(draft, "%s", n++ ? ", " : "[");
        discover_add_text(draft, words->at[i].text);
    }
    discover_add(draft, "%s", n ? "]" : "");
    return n;
}

/* A crosswalk that is being written: of which words, and what they say. */
struct walk {
    struct discover_draft *draft;
    enum bc_word_field field;
    size_t column;         /* for remarks */
    const char *otherwise; /* what a word is that is like none, or NULL: to be decided */
};

static void write_word(const struct walk *walk, const struct discover_word *word)
{
    struct discover_draft *draft = walk->draft;
    const bc_rules *rules = draft->guess->rules;
    struct discover_meaning meaning = discover_word(rules, walk->field, word->text);
    const struct discover_note check = { DISCOVER_CHECK, walk->column, word->n };
    const int cut = (int)text_cut(word->text, 60);
    struct bc_buf list = { 0 };

    if (!meaning.to && walk->otherwise)
        meaning = (struct discover_meaning){ walk->otherwise, true };
    discover_add(draft, "      %s", meaning.to ? "" : "# ");
    discover_add_text(draft, word->text);
    discover_add(draft, ":%s%s", meaning.to ? " " : "", meaning.to ? meaning.to : "");
    if (meaning.to && !meaning.like) {
        discover_end(draft, DISCOVER_SAY, "%" PRIu64 " row%s", word->n, text_plural(word->n));
    } else if (meaning.to) {
        discover_end(draft, check, "the rules have no \"%.*s\"; taken for %s", cut, word->text.at,
                     meaning.to);
    } else {
        discover_list_words(&list, rules, walk->field);
        discover_end(draft, (struct discover_note){ DISCOVER_DECIDE, walk->column, word->n },
                     "\"%.*s\" is like no %s of the rules: %.*s; or itself, which counts as none",
                     cut, word->text.at, bc_word_field_name(walk->field), BC_STR_ARG(list));
    }
    bc_buf_release(&list);
}

/* The words of a list that are not among the first `before`. */
static void write_words(const struct walk *walk, const struct discover_words *words,
                        const struct discover_words *before)
{
    for (size_t i = 0; i < words->n; i++) {
        const struct discover_word *word = &words->at[i];

        if (!before || discover_words_find(before, word->text) < 0)
            write_word(walk, word);
    }
}

static void begin(struct discover_draft *draft, bool *begun, const char *name)
{
    if (!*begun) {
        discover_end_plain(draft);
        discover_add(draft, "crosswalks:");
        discover_end(draft, DISCOVER_SAY, "the table's words, and the rules'");
    }
    *begun = true;
    discover_add(draft, "  %s:", name);
    discover_end_plain(draft);
    discover_add(draft, "    values:");
    discover_end_plain(draft);
}

static void write_stages(struct discover_draft *draft, bool *begun)
{
    const struct discover_guess *guess = draft->guess;
    const struct discover_words *words = discover_stage_words(guess);
    const size_t from = guess->of[DISCOVER_FROM], status = guess->of[DISCOVER_STATUS];
    struct walk walk = { draft, BC_WORD_STAGE, guess->of[DISCOVER_STAGE], NULL };

    if (!words || words->n == 0)
        return;
    if (guess->shape == DISCOVER_LOG)
        walk.column = guess->of[DISCOVER_VALUE];
    begin(draft, begun, "stages");
    write_words(&walk, words, NULL);
    if (from != DISCOVER_NO_COLUMN && guess->shape == DISCOVER_HISTORY) {
        walk.column = from;
        write_words(&walk, &guess->survey->columns[from].words, words);
    }
    if (status == DISCOVER_NO_COLUMN)
        return;
    walk.column = status;
    for (size_t i = 0; i < guess->survey->columns[status].words.n; i++) {
        const struct discover_word *word = &guess->survey->columns[status].words.at[i];

        if (discover_is_closed(guess, discover_stage_of(guess, word->text)) &&
            discover_words_find(words, word->text) < 0)
            write_word(&walk, word);
    }
}

static void write_others(struct discover_draft *draft, bool *begun)
{
    const struct discover_guess *guess = draft->guess;
    const size_t reason = guess->of[DISCOVER_REASON];

    for (size_t i = 0; i < guess->survey->column_n; i++) {
        const struct walk walk = { draft, BC_WORD_DEAL_TYPE, i, NULL };

        if (guess->named[i].role != DISCOVER_PROPERTY ||
            strcmp(guess->named[i].property, "deal_type") != 0 ||
            !discover_column_is_words(&guess->survey->columns[i]))
            continue;
        begin(draft, begun, "deal_types");
        write_words(&walk, &guess->survey->columns[i].words, NULL);
    }
    if (reason != DISCOVER_NO_COLUMN && guess->shape != DISCOVER_LOG &&
        discover_lost_time(guess) != DISCOVER_NO_COLUMN &&
        discover_column_is_words(&guess->survey->columns[reason])) {
        const struct walk walk = { draft, BC_WORD_LOSS_REASON, reason, "other" };

        begin(draft, begun, "loss_reasons");
        write_words(&walk, &guess->survey->columns[reason].words, NULL);
    }
}

void discover_write_crosswalks(struct discover_draft *draft)
{
    bool begun = false;

    write_stages(draft, &begun);
    write_others(draft, &begun);
}
