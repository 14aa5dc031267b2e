#include "tools/ask/event_words.h"

static const struct place {
    enum bc_body body;
    unsigned number;
    enum bc_word_field field;
} places[] = {
    { BC_DEAL_CREATED, BC_DEAL_CREATED_STAGE, BC_WORD_STAGE },
    { BC_DEAL_CREATED, BC_DEAL_CREATED_DEAL_TYPE, BC_WORD_DEAL_TYPE },
    { BC_STAGE_CHANGED, BC_STAGE_CHANGED_TO, BC_WORD_STAGE },
    { BC_PROPERTY_CHANGED, BC_PROPERTY_CHANGED_VALUE, BC_WORD_DEAL_TYPE },
    { BC_PROPERTY_CHANGED, BC_PROPERTY_CHANGED_NAME, BC_WORD_PROPERTY },
    { BC_MEETING_LOGGED, BC_MEETING_LOGGED_OUTCOME, BC_WORD_OUTCOME },
    { BC_MEETING_LOGGED, BC_MEETING_LOGGED_TYPE, BC_WORD_MEETING_TYPE },
    { BC_LOSS_RECORDED, BC_LOSS_RECORDED_REASON, BC_WORD_LOSS_REASON },
    { BC_PIVOT_DECIDED, BC_PIVOT_DECIDED_RED_LINE, BC_WORD_RED_LINE },
};

/* Of the properties' values only the deal type is a word of the rules. */
static bool says(const struct bc_event *event, const struct place *place)
{
    return event->body == place->body && event->value[place->number].text.len > 0 &&
           (place->number != BC_PROPERTY_CHANGED_VALUE || event->body != BC_PROPERTY_CHANGED ||
            bc_str_eq(event->value[BC_PROPERTY_CHANGED_NAME].text, BC_STR("deal_type")));
}

size_t event_words(struct event_word out[EVENT_WORDS_MOST], const struct bc_event *event)
{
    size_t n = 0;

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        if (says(event, &places[i]))
            out[n++] = (struct event_word){ places[i].field, places[i].number,
                                            event->value[places[i].number].text };
    return n;
}
