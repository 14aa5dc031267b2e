/* tests/support/story.c - reading stories. */
#include "tests/support/story.h"

#include "ledger/base/instant.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

#define WORD_MAX 16

struct telling {
    struct events *events;
    const char *statement; /* as written, for messages */
    char *words[WORD_MAX]; /* of one event, less its label, deal, verb and clocks */
    size_t n, at;
    const char *label, *deal, *actor, *system;
    int64_t last_us; /* when the event before occurred */
    int64_t occurred_us, recorded_us, learnt_us;
    bool has_learnt;
};

static void give_up(const struct telling *telling, const char *why)
{
    fail_msg("story: %s in \"%s\"", why, telling->statement);
}

int64_t story_when(const char *when)
{
    char text[64];
    struct bc_err err = { 0 };
    int64_t us = 0;
    const char *time = strchr(when, 'T');
    const char *zone = time ? strpbrk(time, "Z+-") : NULL;
    int time_len = !time ? 0 : zone ? (int)(zone - time) : (int)strlen(time);

    snprintf(text, sizeof(text), "%.10s%.*s%s%s", when, time_len, time ? time : "",
             !time           ? "T12:00:00"
             : time_len == 6 ? ":00"
                             : "",
             zone ? zone : "Z");
    if (bc_instant_parse(&us, bc_str_of(text), &err) < 0)
        fail_msg("story: \"%s\" is no time: %s", when, err.message);
    return us;
}

static const char *next(struct telling *telling)
{
    return telling->at < telling->n ? telling->words[telling->at++] : NULL;
}

static const char *need(struct telling *telling, const char *what)
{
    const char *word = next(telling);

    if (!word)
        give_up(telling, what);
    return word;
}

static void add(struct telling *telling, enum bc_body body)
{
    struct events *events = telling->events;
    const char *id = telling->label ? telling->label : events_printf(events, "#%zu", events->n + 1);
    struct bc_event *event =
        events_add(events, body, id, telling->deal, telling->occurred_us, telling->recorded_us);

    event->has_source_recorded = telling->has_learnt;
    event->source_recorded_us = telling->learnt_us;
    if (telling->actor)
        event->actor = bc_str_of(events_printf(events, "%s", telling->actor));
    if (telling->system)
        event->source_system = bc_str_of(events_printf(events, "%s", telling->system));
}

static void text(struct telling *telling, unsigned field, const char *value)
{
    events_set_text(telling->events, field, value ? value : "");
}

static void tell_created(struct telling *telling, enum bc_body body, bool observed)
{
    const char *word = next(telling);

    add(telling, body);
    if (word && strcmp(word, "type") != 0 && strcmp(word, "owner") != 0 &&
        strcmp(word, "name") != 0) {
        text(telling, BC_DEAL_CREATED_STAGE, word);
        word = next(telling);
    }
    for (; word; word = next(telling)) {
        unsigned field = strcmp(word, "type") == 0    ? BC_DEAL_CREATED_DEAL_TYPE
                         : strcmp(word, "owner") == 0 ? BC_DEAL_CREATED_OWNER
                         : strcmp(word, "name") == 0  ? BC_DEAL_CREATED_NAME
                                                      : 0;
        if (!field)
            give_up(telling, "expected type, owner or name");
        text(telling, field, need(telling, "a value is missing"));
    }
    events_set_yes(telling->events, BC_DEAL_CREATED_OBSERVED, observed);
}

static void tell_stage(struct telling *telling, enum bc_body body, bool observed)
{
    const char *word;

    add(telling, body);
    text(telling, BC_STAGE_CHANGED_TO, need(telling, "a stage is missing"));
    word = next(telling);
    if (word && strcmp(word, "from") != 0)
        give_up(telling, "expected from");
    if (word)
        text(telling, BC_STAGE_CHANGED_FROM, need(telling, "a stage is missing"));
    events_set_yes(telling->events, BC_STAGE_CHANGED_OBSERVED, observed);
}

static void tell_property(struct telling *telling, enum bc_body body, bool has_value)
{
    add(telling, body);
    text(telling, BC_PROPERTY_CHANGED_NAME, need(telling, "a name is missing"));
    if (has_value)
        text(telling, BC_PROPERTY_CHANGED_VALUE, need(telling, "a value is missing"));
}

static void tell_meeting(struct telling *telling, enum bc_body body, bool unused)
{
    const char *word;
    (void)unused;

    add(telling, body);
    text(telling, BC_MEETING_LOGGED_MEETING, need(telling, "a meeting is missing"));
    events_set_time(telling->events, BC_MEETING_LOGGED_STARTS_AT, telling->occurred_us);
    word = next(telling);
    if (word && strcmp(word, "starts") == 0) {
        events_set_time(telling->events, BC_MEETING_LOGGED_STARTS_AT,
                        story_when(need(telling, "a time is missing")));
        word = next(telling);
    }
    text(telling, BC_MEETING_LOGGED_OUTCOME, word);
    text(telling, BC_MEETING_LOGGED_TYPE, next(telling));
}

/* Field 1, and perhaps field 2, as they come; `required`: without field 1 it says nothing. */
static void tell_words(struct telling *telling, enum bc_body body, bool required)
{
    add(telling, body);
    text(telling, 1, required ? need(telling, "a word is missing") : next(telling));
    text(telling, 2, next(telling));
}

/* With a day from which on to ask again. */
static void tell_lost(struct telling *telling, enum bc_body body, bool unused)
{
    (void)unused;
    add(telling, body);
    text(telling, BC_LOSS_RECORDED_REASON, need(telling, "a word is missing"));
    if (telling->at < telling->n && strcmp(next(telling), "again") == 0)
        text(telling, BC_LOSS_RECORDED_REENGAGE_AFTER, need(telling, "a date is missing"));
}

/* A version, and what is new in it. */
static void tell_published(struct telling *telling, enum bc_body body, bool unused)
{
    (void)unused;
    add(telling, body);
    text(telling, 1, need(telling, "a version is missing"));
    text(telling, 3, next(telling));
}

static void tell_rules(struct telling *telling, enum bc_body body, bool unused)
{
    (void)unused;
    add(telling, body);
    text(telling, BC_RULES_PUBLISHED_VERSION, need(telling, "a version is missing"));
    events_set_time(telling->events, BC_RULES_PUBLISHED_EFFECTIVE_FROM, telling->occurred_us);
    text(telling, BC_RULES_PUBLISHED_TEXT, "version: none");
}

static void tell_artifact(struct telling *telling, enum bc_body body, bool unused)
{
    (void)unused;
    add(telling, body);
    text(telling, 1, need(telling, "a kind is missing"));
    text(telling, 2, "https://notes.example");
}

static void tell_concluded(struct telling *telling, enum bc_body body, bool required)
{
    tell_words(telling, body, required);
    text(telling, 3, next(telling));
}

static void tell_decided(struct telling *telling, enum bc_body body, bool unused)
{
    (void)unused;
    add(telling, body);
    text(telling, 1, need(telling, "an action is missing"));
    for (unsigned field = 2; field <= 4; field++)
        text(telling, field, field == 2 && telling->at == telling->n ? "do it" : next(telling));
}

static void tell_role(struct telling *telling, enum bc_body body, bool unused)
{
    (void)unused;
    add(telling, body);
    text(telling, 1, need(telling, "a person is missing"));
    text(telling, 2, need(telling, "a role is missing"));
    events_set_yes(telling->events, 3, next(telling) != NULL);
}

static void tell_pivot(struct telling *telling, enum bc_body body, bool stay)
{
    add(telling, body);
    events_set_yes(telling->events, BC_PIVOT_DECIDED_STAY, stay);
    text(telling, BC_PIVOT_DECIDED_RED_LINE, next(telling));
    text(telling, 2, "try another way");
}

/* The id of an experiment, then its fields, `metric=speed`. */
static void tell_begun(struct telling *telling, enum bc_body body, bool unused)
{
    static const char *const fields[] = { "hypothesis=", "kind=", "metric=",  "target=",
                                          "campaign=",   "cost=", "currency=" };
    (void)unused;

    add(telling, body);
    text(telling, 1, need(telling, "an experiment is missing"));
    for (const char *word = next(telling); word; word = next(telling)) {
        bool known = false;

        for (unsigned i = 0; i < ARRAY_LEN(fields); i++)
            if (strncmp(word, fields[i], strlen(fields[i])) == 0) {
                events_set_text(telling->events, i + 2, word + strlen(fields[i]));
                known = true;
            }
        if (!known)
            fail_msg("no field of an experiment: %s", word);
    }
}

/* need, budget, icp_fit, and the version of the ICP as any other word. */
static void tell_qualified(struct telling *telling, enum bc_body body, bool unused)
{
    static const char *const fits[] = { "need", "budget", "icp_fit" };
    (void)unused;

    add(telling, body);
    for (const char *word = next(telling); word; word = next(telling)) {
        bool fit = false;

        for (unsigned i = 0; i < ARRAY_LEN(fits); i++)
            if (strcmp(word, fits[i]) == 0) {
                events_set_yes(telling->events, i + 1, true);
                fit = true;
            }
        if (!fit)
            text(telling, 4, word);
    }
}

static const struct verb {
    const char *name;
    enum bc_body body;
    void (*tell)(struct telling *telling, enum bc_body body, bool flag);
    bool flag;
} verbs[] = {
    { "created", BC_DEAL_CREATED, tell_created, false },
    { "found", BC_DEAL_CREATED, tell_created, true },
    { "moved", BC_STAGE_CHANGED, tell_stage, false },
    { "observed", BC_STAGE_CHANGED, tell_stage, true },
    { "set", BC_PROPERTY_CHANGED, tell_property, true },
    { "unset", BC_PROPERTY_CHANGED, tell_property, false },
    { "deleted", BC_DEAL_DELETED, tell_words, false },
    { "restored", BC_DEAL_RESTORED, tell_words, false },
    { "merged", BC_DEAL_MERGED, tell_words, true },
    { "meeting", BC_MEETING_LOGGED, tell_meeting, false },
    { "sent", BC_EMAIL_SENT, tell_words, true },
    { "opened", BC_EMAIL_OPENED, tell_words, true },
    { "replied", BC_EMAIL_REPLIED, tell_words, true },
    { "lost", BC_LOSS_RECORDED, tell_lost, true },
    { "service_started", BC_SERVICE_STARTED, tell_words, false },
    { "service_ended", BC_SERVICE_ENDED, tell_words, false },
    { "qualified", BC_QUALIFICATION_RECORDED, tell_qualified, false },
    { "lead", BC_LEAD_CAPTURED, tell_words, false },
    { "enrolled", BC_DEAL_ENROLLED, tell_words, true },
    { "begun", BC_EXPERIMENT_STARTED, tell_begun, true },
    { "concluded", BC_EXPERIMENT_CONCLUDED, tell_concluded, true },
    { "health", BC_HEALTH_RECORDED, tell_words, true },
    { "intent", BC_RENEWAL_INTENT_RECORDED, tell_words, true },
    { "icp", BC_ICP_PUBLISHED, tell_published, true },
    { "playbook", BC_PLAYBOOK_PUBLISHED, tell_published, true },
    { "rules", BC_RULES_PUBLISHED, tell_rules, true },
    { "learned", BC_LEARNING_RECORDED, tell_words, true },
    { "artifact", BC_ARTIFACT_LINKED, tell_artifact, true },
    { "signed", BC_AGREEMENT_SIGNED, tell_words, true },
    { "ordered", BC_ORDER_PLACED, tell_words, true },
    { "handed", BC_HANDOFF_OPENED, tell_words, true },
    { "accepted", BC_HANDOFF_ACCEPTED, tell_words, true },
    { "order_started", BC_ORDER_STARTED, tell_words, false },
    { "touched", BC_OUTREACH_ATTEMPTED, tell_words, false },
    { "decided", BC_ACTION_DECIDED, tell_decided, false },
    { "done", BC_ACTION_CLOSED, tell_words, true },
    { "role", BC_ROLE_ASSIGNED, tell_role, false },
    { "reviewed", BC_REVIEW_HELD, tell_words, false },
    { "pivot", BC_PIVOT_DECIDED, tell_pivot, false },
    { "stay", BC_PIVOT_DECIDED, tell_pivot, true },
    { "retract", BC_RETRACTED, tell_words, true },
};

static const struct verb *verb_of(const char *word)
{
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (strcmp(verbs[i].name, word) == 0)
            return &verbs[i];
    return NULL;
}

/* Takes the pair out of the words that begins with a word; NULL: there is none. */
static const char *take_pair(struct telling *telling, const char *name)
{
    const char *found = NULL;
    size_t kept = 0;

    for (size_t i = 0; i < telling->n; i++)
        if (i > 0 && i + 1 < telling->n && strcmp(telling->words[i], name) == 0)
            found = telling->words[++i];
        else
            telling->words[kept++] = telling->words[i];
    telling->n = kept;
    return found;
}

/* Takes the clocks out of the words. */
static void read_clocks(struct telling *telling)
{
    const struct events *events = telling->events;
    int64_t before_us = events->n ? events->at[events->n - 1].recorded_us : 0;
    const char *known = NULL;
    size_t kept = 0;

    telling->occurred_us = telling->last_us + BC_DAY_US;
    telling->has_learnt = false;
    for (size_t i = 0; i < telling->n; i++) {
        char *word = telling->words[i];
        bool clock = strcmp(word, "known") == 0 || strcmp(word, "learnt") == 0;

        if (clock && i + 1 == telling->n)
            give_up(telling, "a time is missing");
        if (word[0] == '@') {
            telling->occurred_us = story_when(word + 1);
        } else if (clock && word[0] == 'k') {
            known = telling->words[++i];
        } else if (clock) {
            telling->learnt_us = story_when(telling->words[++i]);
            telling->has_learnt = true;
        } else {
            telling->words[kept++] = word;
        }
    }
    telling->n = kept;
    telling->recorded_us =
        known ? story_when(known)
              : (before_us > telling->occurred_us ? before_us : telling->occurred_us);
    if (telling->recorded_us < before_us)
        give_up(telling, "the recorded time runs backwards");
}

/* One event, from its words. */
static void tell_event(struct telling *telling)
{
    const struct verb *verb;
    const char *word;
    size_t len;

    telling->at = 0;
    telling->label = NULL;
    telling->deal = "";
    telling->actor = take_pair(telling, "by");
    telling->system = take_pair(telling, "via");
    read_clocks(telling);
    len = telling->n ? strlen(telling->words[0]) : 0;
    if (len > 1 && telling->words[0][len - 1] == ':') {
        telling->words[0][len - 1] = '\0';
        telling->label = next(telling);
    }
    word = next(telling);
    if (word && strcmp(word, "pivot") != 0 && strcmp(word, "stay") != 0 &&
        strcmp(word, "retract") != 0) {
        telling->deal = strcmp(word, "-") == 0 ? "" : word;
        word = next(telling);
    }
    verb = word ? verb_of(word) : NULL;
    if (!verb)
        give_up(telling, "no such verb");
    verb->tell(telling, verb->body, verb->flag);
    if (telling->at < telling->n)
        give_up(telling, "a word too many");
}

/* Tells a statement whose range was settled; `text` is taken apart. */
static void tell_text(struct telling *telling, char *text)
{
    char *rest = NULL;

    telling->n = 0;
    for (char *word = strtok_r(text, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest)) {
        if (telling->n == WORD_MAX)
            give_up(telling, "too many words");
        telling->words[telling->n++] = word;
    }
    if (telling->n)
        tell_event(telling);
}

/* Copies a statement with `d1..d20`, from `range` on, as one deal, and each `%` as its number. */
static void put_number(char *out, size_t size, const char *statement, const char *range,
                       long number)
{
    size_t n = 0;

    for (const char *at = statement; *at && n + 12 < size;) {
        if (at == range) {
            n += (size_t)snprintf(out + n, size - n, "%ld", number);
            at += strcspn(at, " \n");
        } else if (*at == '%') {
            n += (size_t)snprintf(out + n, size - n, "%ld", number);
            at++;
        } else {
            out[n++] = *at++;
        }
    }
    out[n] = '\0';
}

static void tell_statement(struct telling *telling)
{
    char text[512];
    const char *dots = strstr(telling->statement, ".."), *range = dots;
    long first, last;

    if (!dots) {
        snprintf(text, sizeof(text), "%s", telling->statement);
        tell_text(telling, text);
        return;
    }
    while (range > telling->statement && range[-1] >= '0' && range[-1] <= '9')
        range--;
    first = strtol(range, NULL, 10);
    last = strtol(dots + 2 + strcspn(dots + 2, "0123456789"), NULL, 10);
    for (long i = first; i <= last; i++) {
        put_number(text, sizeof(text), telling->statement, range, i);
        tell_text(telling, text);
    }
}

void story_tell(struct events *events, const char *story)
{
    struct telling telling = { .events = events, .last_us = story_when("2025-01-01") - BC_DAY_US };
    char statement[512];

    while (*story) {
        size_t len = strcspn(story, ";");

        snprintf(statement, sizeof(statement), "%.*s", (int)len, story);
        telling.statement = statement;
        telling.occurred_us = telling.last_us;
        if (len >= sizeof(statement))
            give_up(&telling, "too many letters");
        tell_statement(&telling);
        telling.last_us = telling.occurred_us;
        story += len + (story[len] == ';');
    }
}

void story_append(bc_log *log, const char *story)
{
    struct events events = { 0 };

    story_tell(&events, story);
    events_append(log, events.at, events.n);
    events_release(&events);
}
