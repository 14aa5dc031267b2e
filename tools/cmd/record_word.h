/* tools/cmd/record_word.h - short words for bodies: `record action --text ...`, and with an option
 * that names what is closed, `record action --close ID --outcome ...`. */
#ifndef BC_TOOLS_CMD_RECORD_WORD_H
#define BC_TOOLS_CMD_RECORD_WORD_H

#include "ledger/record/event.h"

struct record_word {
    const char *word;
    enum bc_body body;
    const char *close; /* "close": then it is the other body; NULL: there is none */
    enum bc_body closed;
    const char *help; /* of that option */
};

/* NULL: it is no short word. */
const struct record_word *record_word_of(const char *word);
/* Each in turn; NULL: there are fewer. */
const struct record_word *record_word_at(size_t i);
/* Whether its option that closes is among the arguments. */
bool record_word_closes(const struct record_word *word, int argc, char **argv);

#endif
