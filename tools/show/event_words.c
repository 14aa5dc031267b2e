#include "tools/show/event_words.h"

#include "tools/cli/text.h"
#include "tools/cli/times.h"
#include "tools/json/event_text.h"
#include "tools/show/labels.h"

#include <string.h>

enum { VALUE_MAX = 120 }; /* bytes shown of one value */

void event_words_kind_add(struct bc_buf *out, enum bc_body body)
{
    static const struct {
        enum bc_body body;
        const char *word;
    } kinds[] = {
        { BC_NO_BODY, "Of an unknown kind" }, { BC_STAGE_CHANGED, "Stage" },
        { BC_PROPERTY_CHANGED, "Property" },  { BC_MEETING_LOGGED, "Meeting" },
        { BC_RETRACTED, "Retraction" },
    };
    const size_t at = out->len;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (kinds[i].body == body) {
            bc_buf_add_str(out, bc_str_of(kinds[i].word));
            return;
        }
    labels_body_add(out, bc_str_of(bc_schema(body)->json_name));
    if (out->len > at && out->at[at] >= 'a' && out->at[at] <= 'z')
        out->at[at] = (char)(out->at[at] - 'a' + 'A');
}

/* --- what it says --- */

struct words {
    struct bc_buf *out;
    const struct bc_event *event;
    const bc_rules *rules;
    bool any; /* something was said */
};

static void add_value(struct bc_buf *out, struct bc_str value)
{
    const size_t len = text_cut(value, VALUE_MAX);

    bc_buf_add(out, value.at, len);
    if (len < value.len)
        bc_buf_add_str(out, BC_STR("\xe2\x80\xa6"));
}

/* With a comma before it, where something was said; nothing where there is no value. */
static void say(struct words *words, const char *before, struct bc_str value)
{
    if (value.len == 0)
        return;
    bc_buf_printf(words->out, "%s%s", words->any ? ", " : "", before);
    add_value(words->out, value);
    words->any = true;
}

static struct bc_str text_of(const struct words *words, unsigned field)
{
    return words->event->value[field].text;
}

static void say_stage(struct words *words, const char *before, unsigned field)
{
    say(words, before, labels_stage(words->rules, text_of(words, field)));
}

static void say_created(struct words *words, const struct names *names)
{
    const bool found = words->event->value[BC_DEAL_CREATED_OBSERVED].yes;

    say(words, "", text_of(words, BC_DEAL_CREATED_NAME));
    say_stage(words, found ? "found in " : "in ", BC_DEAL_CREATED_STAGE);
    say(words, "", text_of(words, BC_DEAL_CREATED_DEAL_TYPE));
    if (text_of(words, BC_DEAL_CREATED_OWNER).len)
        say(words, "owner ", names_of_person(names, text_of(words, BC_DEAL_CREATED_OWNER)));
}

static void say_changed(struct words *words)
{
    const bool found = words->event->value[BC_STAGE_CHANGED_OBSERVED].yes;

    say_stage(words, found ? "found in " : "to ", BC_STAGE_CHANGED_TO);
    say_stage(words, "from ", BC_STAGE_CHANGED_FROM);
}

static void say_property(struct words *words)
{
    const struct bc_str value = text_of(words, BC_PROPERTY_CHANGED_VALUE);

    say(words, "", text_of(words, BC_PROPERTY_CHANGED_NAME));
    bc_buf_add_str(words->out, value.len ? BC_STR(" = ") : BC_STR(" unset"));
    add_value(words->out, value);
}

static void say_meeting(struct words *words, const struct times *times)
{
    const struct bc_value *starts = &words->event->value[BC_MEETING_LOGGED_STARTS_AT];
    const struct bc_str outcome = text_of(words, BC_MEETING_LOGGED_OUTCOME);
    char time[TIMES_LEN];

    say(words, "", text_of(words, bc_field_of(BC_MEETING_LOGGED, BC_STR("title"))));
    if (!words->any)
        say(words, "", text_of(words, BC_MEETING_LOGGED_MEETING));
    if (starts->set) {
        times_print(time, times, starts->us);
        say(words, "", bc_str_of(time));
    }
    if (outcome.len)
        bc_buf_add_str(words->out, BC_STR(": "));
    add_value(words->out, outcome);
}

/* All fields by their names, without that of the kind. */
static void say_fields(struct words *words, const struct times *times, const struct names *names)
{
    struct bc_buf text = { 0 };
    const char *space;

    event_text_add(&text, words->event, times, names);
    space = text.len ? memchr(text.at, ' ', text.len) : NULL;
    if (space)
        bc_buf_add(words->out, space + 1, text.len - (size_t)(space + 1 - text.at));
    bc_buf_release(&text);
}

void event_words_add(struct bc_buf *out, const struct bc_event *event, const bc_rules *rules,
                     const struct names *names)
{
    const struct times times = { .zone = rules->zone };
    struct words words = { out, event, rules, false };

    if (event->body == BC_DEAL_CREATED)
        say_created(&words, names);
    else if (event->body == BC_STAGE_CHANGED)
        say_changed(&words);
    else if (event->body == BC_PROPERTY_CHANGED)
        say_property(&words);
    else if (event->body == BC_MEETING_LOGGED)
        say_meeting(&words, &times);
    else if (event->body != BC_RETRACTED && event->body != BC_NO_BODY)
        say_fields(&words, &times, names);
}
