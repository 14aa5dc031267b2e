#include "tools/byhand/record_check.h"

#include "ledger/base/amount.h"
#include "ledger/base/instant.h"
#include "ledger/base/spelling.h"
#include "ledger/record/event.h"
#include "tools/ask/event_words.h"
#include "tools/byhand/record_words.h"
#include "tools/cli/times.h"

#include <stdlib.h>

static bool is_field(const struct bc_event *event, unsigned number, enum bc_body body,
                     const char *name)
{
    return event->body == body && strcmp(bc_schema(body)->field[number].name, name) == 0;
}

/* "--deal-type" or "dealType" */
static const char *label(char out[RECORD_NAME_LEN + 2], const struct record_check *check,
                         unsigned number)
{
    const struct bc_field *field = &bc_schema(check->event->body)->field[number];

    if (!check->options)
        return field->json_name;
    strcpy(out, "--");
    record_kebab(out + 2, field->name);
    return out;
}

/* --- words --- */

struct known {
    struct bc_spelling spelling;
    struct bc_buf list;
    struct bc_str last;
};

/* The CRM's own ids of a stage follow it, and metrics name words again: those are left out. */
static void see_known(void *payload, struct bc_str word)
{
    struct known *known = payload;
    const struct bc_str list = bc_buf_str(&known->list);
    struct bc_buf entry = { 0 };

    bc_spelling_try(&known->spelling, word);
    bc_buf_printf(&entry, " %.*s,", BC_STR_ARG(word));
    if (!list.len || !memmem(list.at, list.len, entry.at, entry.len))
        bc_buf_add_str(&known->list, bc_buf_str(&entry));
    bc_buf_release(&entry);
}

/* Any other name is fine, so there is no list of those that are known. */
static bc_status misnamed(const struct record_check *check, const struct event_word *word,
                          struct bc_err *err)
{
    char name[RECORD_NAME_LEN + 2];

    return bc_err_set(err, BC_E_USAGE,
                      "%s '%.*s' is no property that figures are made of, did you mean '%s'? "
                      "--anyway takes it",
                      label(name, check, word->number), BC_STR_ARG(word->text),
                      bc_words_property_meant(word->text));
}

/* `known`: what it may be. */
static bc_status unknown_word(const struct record_check *check, unsigned number, const char *what,
                              const struct known *known, struct bc_err *err)
{
    const struct bc_str best = known->spelling.best;
    char name[RECORD_NAME_LEN + 2];

    return bc_err_set(err, BC_E_USAGE,
                      "%s '%.*s' is no %s that the rules know%s%.*s%s; they know%.*s; --anyway "
                      "takes it",
                      label(name, check, number), BC_STR_ARG(known->spelling.word), what,
                      best.len ? ", did you mean '" : "", BC_STR_ARG(best), best.len ? "'" : "",
                      known->list.len ? (int)known->list.len - 1 : 5,
                      known->list.len ? known->list.at : " none");
}

static bc_status check_rules_word(const struct record_check *check, const struct event_word *word,
                                  struct bc_err *err)
{
    struct known known = { .spelling = { .word = word->text } };
    bc_status rc;

    if (bc_words_know(check->rules, word->field, word->text))
        return BC_OK;
    if (word->field == BC_WORD_PROPERTY)
        return misnamed(check, word, err);
    bc_words_each(check->rules, word->field, see_known, &known);
    rc = unknown_word(check, word->number, bc_word_field_name(word->field), &known, err);
    bc_buf_release(&known.list);
    return rc;
}

/* Words that are the same whatever the rules. */
static const struct listed {
    enum bc_body body;
    const char *field, *what, *words[4];
} listed[] = {
    { BC_EXPERIMENT_CONCLUDED,
      "outcome",
      "outcome of an experiment",
      { "validated", "refuted", "inconclusive" } },
    { BC_RENEWAL_INTENT_RECORDED, "intent", "intent", { "confirmed", "declined", "undecided" } },
};

static bc_status check_listed_word(const struct record_check *check, unsigned number,
                                   struct bc_err *err)
{
    const struct bc_event *event = check->event;
    struct known known = { .spelling = { .word = event->value[number].text } };
    bc_status rc = BC_OK;

    for (size_t i = 0; i < sizeof(listed) / sizeof(listed[0]); i++) {
        const struct listed *one = &listed[i];
        bool found = !is_field(event, number, one->body, one->field);

        for (size_t j = 0; !found && one->words[j]; j++)
            found = bc_str_eq(known.spelling.word, bc_str_of(one->words[j]));
        for (size_t j = 0; !found && one->words[j]; j++)
            see_known(&known, bc_str_of(one->words[j]));
        if (!found)
            rc = unknown_word(check, number, one->what, &known, err);
    }
    bc_buf_release(&known.list);
    return rc;
}

/* The metric that an experiment is to move. */
static bc_status check_metric(const struct record_check *check, unsigned number, struct bc_err *err)
{
    struct known known = { .spelling = { .word = check->event->value[number].text } };
    bc_status rc = BC_OK;

    for (size_t i = 0; i < check->rules->metric_n; i++) {
        if (bc_str_eq(known.spelling.word, bc_str_of(check->rules->metrics[i].name)))
            goto done;
        see_known(&known, bc_str_of(check->rules->metrics[i].name));
    }
    rc = unknown_word(check, number, "metric", &known, err);
done:
    bc_buf_release(&known.list);
    return rc;
}

static bc_status check_words(const struct record_check *check, unsigned number, struct bc_err *err)
{
    struct event_word words[EVENT_WORDS_MOST];
    size_t n = event_words(words, check->event);
    bc_status rc = BC_OK;

    for (size_t i = 0; rc == BC_OK && i < n; i++)
        if (words[i].number == number)
            rc = check_rules_word(check, &words[i], err);
    if (rc == BC_OK)
        rc = check_listed_word(check, number, err);
    if (rc == BC_OK && is_field(check->event, number, BC_EXPERIMENT_STARTED, "metric"))
        rc = check_metric(check, number, err);
    return rc;
}

/* --- values --- */

static bc_status check_property(const struct record_check *check, struct bc_err *err)
{
    const struct bc_str name = check->event->value[BC_PROPERTY_CHANGED_NAME].text;
    const struct bc_str value = check->event->value[BC_PROPERTY_CHANGED_VALUE].text;
    char field[RECORD_NAME_LEN + 2];
    int64_t amount;
    int32_t day;

    if (value.len == 0)
        return BC_OK;
    if (bc_property_is_day(name) && !bc_day_parse(&day, value))
        return bc_err_set(err, BC_E_USAGE,
                          "%s '%.*s' is no date, expected one like 2025-03-31 for %.*s; "
                          "--anyway takes it",
                          label(field, check, BC_PROPERTY_CHANGED_VALUE), BC_STR_ARG(value),
                          BC_STR_ARG(name));
    if (bc_property_is_amount(name) && !bc_amount_parse(&amount, value))
        return bc_err_set(err, BC_E_USAGE,
                          "%s '%.*s' is no number, expected one like 1200.50 for %.*s; "
                          "--anyway takes it",
                          label(field, check, BC_PROPERTY_CHANGED_VALUE), BC_STR_ARG(value),
                          BC_STR_ARG(name));
    return BC_OK;
}

/* What it costs, as revenue and leads read it. */
static bc_status check_cost(const struct record_check *check, unsigned number, struct bc_err *err)
{
    const struct bc_str cost = check->event->value[number].text;
    char field[RECORD_NAME_LEN + 2];
    int64_t amount;

    if (bc_amount_parse(&amount, cost))
        return BC_OK;
    return bc_err_set(err, BC_E_USAGE,
                      "%s '%.*s' is no amount, expected one like 950.50; --anyway takes it",
                      label(field, check, number), BC_STR_ARG(cost));
}

bc_status record_check_field(const struct record_check *check, unsigned number, struct bc_err *err)
{
    const struct bc_event *event = check->event;
    bc_status rc;

    if (check->anyway || event->value[number].text.len == 0)
        return BC_OK;
    rc = check_words(check, number, err);
    if (rc == BC_OK && event->body == BC_PROPERTY_CHANGED && number == BC_PROPERTY_CHANGED_VALUE)
        rc = check_property(check, err);
    if (rc == BC_OK && is_field(event, number, BC_EXPERIMENT_STARTED, "cost"))
        rc = check_cost(check, number, err);
    return rc;
}

/* --- deals --- */

/* BC_NO: no event is about it. */
static bc_status find_deal(bc_timelines *timelines, struct bc_str deal, struct bc_err *err)
{
    uint64_t *seqs = NULL;
    size_t n = 0;
    bc_status rc = bc_timelines_seqs(timelines, deal, &seqs, &n, err);

    free(seqs);
    return rc < 0 || n ? rc : BC_NO;
}

/* The other deal that it names, if it does. */
static struct bc_str named_deal(const struct bc_event *event)
{
    if (event->body == BC_DEAL_MERGED)
        return event->value[BC_DEAL_MERGED_INTO].text;
    if (event->body == BC_PROPERTY_CHANGED &&
        bc_str_eq(event->value[BC_PROPERTY_CHANGED_NAME].text, BC_STR("renews")))
        return event->value[BC_PROPERTY_CHANGED_VALUE].text;
    return (struct bc_str){ 0 };
}

bc_status record_check_deals(const struct record_check *check, bc_timelines *timelines,
                             struct bc_err *err)
{
    const struct bc_event *event = check->event;
    const struct bc_str named = named_deal(event);
    bc_status rc = BC_OK;

    if (event->deal.len && !check->first && event->body != BC_DEAL_CREATED)
        rc = find_deal(timelines, event->deal, err);
    if (rc == BC_NO)
        return bc_err_set(err, BC_E_USAGE,
                          "no event is about the deal '%.*s' so far; --new records its first",
                          BC_STR_ARG(event->deal));
    if (rc == BC_OK && named.len && !check->anyway)
        rc = find_deal(timelines, named, err);
    if (rc == BC_NO)
        return bc_err_set(err, BC_E_USAGE,
                          "it names the deal '%.*s', and no event is about that so far; --anyway "
                          "takes it",
                          BC_STR_ARG(named));
    return rc;
}

/* --- after now --- */

static void warn_ahead(const struct cmd_env *env, const char *what, int64_t us)
{
    char when[TIMES_LEN];

    if (us <= cmd_now_us(env))
        return;
    times_print_exact(when, env->times, us);
    fprintf(env->err, "backcast: warning: %s %s is after now\n", what, when);
}

void record_check_ahead(const struct record_check *check, const struct cmd_env *env)
{
    const struct bc_event *event = check->event;

    warn_ahead(env, check->options ? "--at" : "the time", event->occurred_us);
    if (event->has_source_recorded)
        warn_ahead(env, "--source-recorded-at", event->source_recorded_us);
}
