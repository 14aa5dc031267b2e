/* tools/ask/event_words.h - what an event says in words that rules may know. */
#ifndef BC_TOOLS_ASK_EVENT_WORDS_H
#define BC_TOOLS_ASK_EVENT_WORDS_H

#include "ledger/record/event.h"
#include "projections/rules/words.h"

struct event_word {
    enum bc_word_field field;
    unsigned number; /* of the body's field that holds it */
    struct bc_str text;
};
#define EVENT_WORDS_MOST 2

/* Those that are given; returns how many. They point into the event. */
size_t event_words(struct event_word out[EVENT_WORDS_MOST], const struct bc_event *event);

#endif
