#include "tools/ask/unknown_words.h"

#include "tools/cli/text.h"

#include <inttypes.h>
#include <stdlib.h>

enum { WORDS_MOST = 64 }; /* a column mapped wrongly may have millions */

static void see(struct unknown_words *words, const struct event_word *word)
{
    for (size_t i = 0; i < words->n; i++) {
        if (words->at[i].field != word->field ||
            !bc_str_eq(bc_str_of(words->at[i].text), word->text))
            continue;
        words->at[i].events++;
        return;
    }
    if (words->n == WORDS_MOST) {
        words->others++;
        return;
    }
    BC_GROW(words->at, words->n, words->cap);
    words->at[words->n++] = (struct unknown_word){ word->field, bc_strdup(word->text), 1 };
}

void unknown_words_see(struct unknown_words *words, const struct bc_event *event)
{
    struct event_word said[EVENT_WORDS_MOST];
    const size_t n = event_words(said, event);

    for (size_t i = 0; i < n; i++)
        if (!bc_words_know(words->rules, said[i].field, said[i].text))
            see(words, &said[i]);
}

void unknown_words_release(struct unknown_words *words)
{
    for (size_t i = 0; i < words->n; i++)
        free(words->at[i].text);
    free(words->at);
    *words = (struct unknown_words){ 0 };
}

static void fill(struct row *row, const void *source, size_t i)
{
    const struct unknown_word *word = &((const struct unknown_words *)source)->at[i];

    row_word(row, "field", bc_word_field_name(word->field));
    row_word(row, "value", word->text);
    row_count(row, "events", word->events);
}

void unknown_words_cells(struct row *row, const struct unknown_words *words)
{
    if (words->n)
        row_rows(row, "unknownWords", rows_of(fill, words, words->n));
    if (words->others)
        row_count(row, "unknownWordsOthers", words->others);
}

void unknown_words_print(const struct cmd_env *env, const struct unknown_words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        const struct unknown_word *word = &words->at[i];

        fprintf(env->out, "the rules know no %s '", bc_word_field_name(word->field));
        text_put(env->out, bc_str_of(word->text));
        fprintf(env->out, "': %" PRIu64 " event%s, kept, and counted as none that is listed",
                word->events, word->events == 1 ? "" : "s");
        if (word->field == BC_WORD_PROPERTY)
            fprintf(env->out, "; did you mean '%s'?",
                    bc_words_property_meant(bc_str_of(word->text)));
        fputc('\n', env->out);
    }
    if (words->others)
        fprintf(env->out, "... and other such words: %" PRIu64 " event%s\n", words->others,
                words->others == 1 ? "" : "s");
}
