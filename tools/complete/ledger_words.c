#include "tools/complete/ledger_words.h"

#include "projections/events/published.h"
#include "projections/events/reports.h"
#include "projections/facts/learning.h"
#include "projections/report/question.h"
#include "projections/rules/words.h"
#include "projections/walk/about_none.h"
#include "projections/walk/deal_names.h"
#include "projections/walk/experiment_words.h"
#include "tools/ask/open.h"
#include "tools/ask/rules_ref.h"
#include "tools/config/config.h"

#include <stdlib.h>

/* Is there a ledger? */
static bool opened(struct ledger_words *words)
{
    struct bc_err err;

    if (!words->tried) {
        bc_status rc = open_ledger(&words->log, words->env, words->dir, OPEN_READ_ALL, &err);

        words->tried = true;
        if (rc == BC_OK)
            rc = bc_timelines_open(&words->timelines, words->log, BC_FROM_CACHE, &err);
        if (rc == BC_OK)
            rc = rules_ref_latest(&words->rules, words->log, &err);
        if (rc < 0)
            ledger_words_release(words);
    }
    return words->rules != NULL;
}

void ledger_words_release(struct ledger_words *words)
{
    bc_rules_free(words->rules);
    bc_timelines_free(words->timelines);
    bc_log_close(words->log);
    words->rules = NULL;
    words->timelines = NULL;
    words->log = NULL;
}

static void add(struct complete *complete, const char *text, const char *help)
{
    complete_add(complete, bc_str_of(text), bc_str_of(help));
}

/* --- the rules --- */

void ledger_words_stages(struct complete *complete, struct ledger_words *words)
{
    for (size_t i = 0; opened(words) && i < words->rules->stage_n; i++)
        add(complete, words->rules->stages[i].id, words->rules->stages[i].label);
}

void ledger_words_slices(struct complete *complete, struct ledger_words *words)
{
    for (size_t i = 0; opened(words) && i < words->rules->slice_n; i++)
        add(complete, words->rules->slices[i].name, "");
}

void ledger_words_metrics(struct complete *complete, struct ledger_words *words)
{
    for (size_t i = 0; opened(words) && i < words->rules->metric_n; i++)
        add(complete, words->rules->metrics[i].name, "");
}

void ledger_words_red_lines(struct complete *complete, struct ledger_words *words)
{
    for (size_t i = 0; opened(words) && i < words->rules->red_line_n; i++)
        add(complete, words->rules->red_lines[i].name, words->rules->red_lines[i].says);
}

static void see_word(void *payload, struct bc_str word)
{
    complete_add(payload, word, (struct bc_str){ 0 });
}

static void add_words(struct complete *complete, struct ledger_words *words,
                      enum bc_word_field field)
{
    if (opened(words))
        bc_words_each(words->rules, field, see_word, complete);
}

void ledger_words_deal_types(struct complete *complete, struct ledger_words *words)
{
    add_words(complete, words, BC_WORD_DEAL_TYPE);
}

void ledger_words_meeting_types(struct complete *complete, struct ledger_words *words)
{
    add_words(complete, words, BC_WORD_MEETING_TYPE);
}

void ledger_words_meeting_outcomes(struct complete *complete, struct ledger_words *words)
{
    add_words(complete, words, BC_WORD_OUTCOME);
}

void ledger_words_loss_reasons(struct complete *complete, struct ledger_words *words)
{
    add_words(complete, words, BC_WORD_LOSS_REASON);
}

/* --- deals --- */

struct deals {
    struct complete *complete;
    bc_deal_names *names; /* NULL: nobody sees them */
    size_t n;
};

static bc_status see_deal(void *payload, struct bc_str deal, struct bc_str facts,
                          struct bc_err *err)
{
    struct deals *deals = payload;
    struct bc_deal_name name = { 0 };
    bc_status rc = BC_OK;

    (void)facts;
    if (deals->n++ == LEDGER_WORDS_DEALS || !bc_str_begins(deal, deals->complete->word))
        return BC_DONE;
    if (deals->names)
        rc = bc_deal_names_get(deals->names, &name, deal, err);
    complete_add(deals->complete, deal, name.name);
    return rc;
}

void ledger_words_deals(struct complete *complete, struct ledger_words *words)
{
    struct deals deals = { .complete = complete };
    struct bc_err err;
    bc_status rc = opened(words) ? BC_OK : BC_DONE;

    if (rc == BC_OK && words->help)
        rc = bc_deal_names_open(&deals.names, words->timelines,
                                &(struct bc_question){ .rules = words->rules }, &err);
    if (rc == BC_OK)
        (void)bc_timelines_walk_from(words->timelines, complete->word, see_deal, &deals, &err);
    bc_deal_names_free(deals.names);
}

/* --- what is about no deal --- */

void ledger_words_experiments(struct complete *complete, struct ledger_words *words)
{
    struct bc_about_none none = { 0 };
    struct bc_experiment_list list = { 0 };
    struct bc_err err;

    if (!opened(words) ||
        bc_about_none_read(&none, words->timelines, words->rules, (struct bc_visible){ 0 },
                           BC_FACT_BIT(BC_FACT_EXPERIMENT) | BC_FACT_BIT(BC_FACT_CONCLUSION),
                           &err) < 0)
        return;
    bc_experiment_list_fill(&list, none.facts, none.n, INT64_MAX);
    for (size_t i = 0; i < list.n; i++)
        complete_add(complete, list.at[i].id,
                     bc_experiment_text(&list.at[i], BC_TEXT_EXPERIMENT_HYPOTHESIS));
    bc_experiment_list_release(&list);
    bc_about_none_release(&none);
}

/* Texts as candidates, each once. */
static void add_once(struct complete *complete, struct bc_str *texts, size_t n,
                     const struct names *names)
{
    n = bc_str_sort_once(texts, n);
    for (size_t i = 0; i < n; i++) {
        const struct bc_str name = names_of_person(names, texts[i]);

        complete_add(complete, texts[i], bc_str_eq(name, texts[i]) ? (struct bc_str){ 0 } : name);
    }
}

void ledger_words_reports(struct complete *complete, struct ledger_words *words)
{
    struct bc_issued_list list = { 0 };
    struct bc_str *names;
    struct bc_err err;

    if (!opened(words) ||
        bc_issued_read(&list, words->timelines, &(struct bc_visible){ 0 }, &err) < 0)
        return;
    names = bc_calloc(list.n + 1, sizeof(*names));
    for (size_t i = 0; i < list.n; i++)
        names[i] = list.at[i].name;
    add_once(complete, names, list.n, NULL);
    free(names);
    bc_issued_release(&list);
}

void ledger_words_versions(struct complete *complete, struct ledger_words *words)
{
    struct bc_published published = { 0 };
    struct bc_str *versions;
    size_t n = 0;
    struct bc_err err;

    if (!opened(words) ||
        bc_published_read(&published, words->timelines, bc_log_head(words->log)->size, &err) < 0)
        return;
    versions = bc_calloc(published.n + 1, sizeof(*versions));
    for (size_t i = 0; i < published.n; i++)
        if (!published.at[i].retracted_by)
            versions[n++] = published.at[i].version;
    add_once(complete, versions, n, NULL);
    free(versions);
    bc_published_release(&published);
}

/* --- the latest events --- */

enum { TEXTS_MOST = 3 };
/* What is wanted of an event: how many texts. */
typedef size_t pick_fn(struct bc_str out[TEXTS_MOST], const struct bc_event *event);

/* Texts of the latest events, each once, and what they are called. */
static void add_latest(struct complete *complete, struct ledger_words *words, pick_fn *pick,
                       const struct names *names)
{
    const uint64_t last = opened(words) ? bc_log_head(words->log)->size : 0;
    const uint64_t first = last > LEDGER_WORDS_EVENTS ? last - LEDGER_WORDS_EVENTS + 1 : 1;
    bc_arena *arena = bc_arena_new();
    struct bc_str *texts = NULL, picked[TEXTS_MOST];
    size_t n = 0, cap = 0;
    const struct bc_event *event;
    bc_cursor *cursor = NULL;
    struct bc_err err;
    bc_status rc = last ? bc_cursor_open(&cursor, words->log, first, last, &err) : BC_DONE;

    while (rc == BC_OK) {
        rc = bc_cursor_next(cursor, &event, NULL, &err);
        for (size_t i = rc == BC_OK ? pick(picked, event) : 0; i-- > 0;) {
            BC_GROW(texts, n, cap);
            texts[n++] = bc_arena_copy(arena, picked[i]);
        }
    }
    if (n)
        add_once(complete, texts, n, names);
    bc_cursor_free(cursor);
    bc_arena_free(arena);
    free(texts);
}

static bool sets(const struct bc_event *event, struct bc_str property)
{
    return event->body == BC_PROPERTY_CHANGED &&
           bc_str_eq(event->value[BC_PROPERTY_CHANGED_NAME].text, property);
}

static size_t pick_people(struct bc_str out[TEXTS_MOST], const struct bc_event *event)
{
    size_t n = 0;

    out[n++] = event->actor;
    if (event->body == BC_DEAL_CREATED)
        out[n++] = event->value[BC_DEAL_CREATED_OWNER].text;
    else if (sets(event, BC_STR("owner")))
        out[n++] = event->value[BC_PROPERTY_CHANGED_VALUE].text;
    return n;
}

static size_t pick_source(struct bc_str out[TEXTS_MOST], const struct bc_event *event)
{
    out[0] = event->source_system;
    return 1;
}

static size_t pick_property(struct bc_str out[TEXTS_MOST], const struct bc_event *event)
{
    out[0] = event->value[BC_PROPERTY_CHANGED_NAME].text;
    return event->body == BC_PROPERTY_CHANGED;
}

static size_t pick_member(struct bc_str out[TEXTS_MOST], const struct bc_event *event)
{
    out[0] = event->value[BC_PROPERTY_CHANGED_VALUE].text;
    return sets(event, BC_STR("company"));
}

static size_t pick_topic(struct bc_str out[TEXTS_MOST], const struct bc_event *event)
{
    out[0] = event->value[bc_field_of(BC_LEARNING_RECORDED, BC_STR("topic"))].text;
    return event->body == BC_LEARNING_RECORDED;
}

/* Those that the settings name are people, whatever they did. */
void ledger_words_people(struct complete *complete, struct ledger_words *words)
{
    const struct config *config = words->env->config;

    add_latest(complete, words, pick_people, words->env->names);
    for (size_t i = 0; config && i < config->people_n; i++)
        complete_add(complete, config->people[i].id, config->people[i].name);
}

void ledger_words_sources(struct complete *complete, struct ledger_words *words)
{
    add_latest(complete, words, pick_source, NULL);
}

void ledger_words_properties(struct complete *complete, struct ledger_words *words)
{
    add_words(complete, words, BC_WORD_PROPERTY);
    add_latest(complete, words, pick_property, NULL);
}

void ledger_words_members(struct complete *complete, struct ledger_words *words)
{
    add_latest(complete, words, pick_member, NULL);
}

void ledger_words_topics(struct complete *complete, struct ledger_words *words)
{
    add_latest(complete, words, pick_topic, NULL);
}
