/* tools/ask/unknown_words.h - what an import says in words that the rules do not know: they are
 * kept, and count as no listed one. */
#ifndef BC_TOOLS_ASK_UNKNOWN_WORDS_H
#define BC_TOOLS_ASK_UNKNOWN_WORDS_H

#include "tools/ask/event_words.h"
#include "tools/cli/cmd.h"
#include "tools/print/row.h"

struct unknown_word {
    enum bc_word_field field;
    char *text;
    uint64_t events;
};

/* `{ 0 }` and the rules, which it borrows, are ready. */
struct unknown_words {
    const bc_rules *rules;
    struct unknown_word *at; /* as they came */
    size_t n, cap;
    uint64_t others; /* events with other words than the first 64 */
};

void unknown_words_see(struct unknown_words *words, const struct bc_event *event);
void unknown_words_release(struct unknown_words *words);

/* "unknownWords", rows of field, value and events; nothing where there are none. */
void unknown_words_cells(struct row *row, const struct unknown_words *words);
/* A line a word. */
void unknown_words_print(const struct cmd_env *env, const struct unknown_words *words);

#endif
