#include "tools/cmd/record_check.h"

#include "ledger/base/instant.h"
#include "ledger/base/spelling.h"
#include "ledger/record/event.h"
#include "projections/timelines/timelines.h"
#include "tools/ask/event_words.h"

#include <stdlib.h>

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
    return bc_err_set(err, BC_E_USAGE,
                      "--%s '%.*s' is no property that figures are made of, did you mean '%s'? "
                      "--anyway takes it",
                      check->option[word->number], BC_STR_ARG(word->text),
                      bc_words_property_meant(word->text));
}

static bc_status unknown_word(const struct record_check *check, const struct event_word *word,
                              struct bc_err *err)
{
    struct known known = { .spelling = { .word = word->text } };
    const char *field = bc_word_field_name(word->field);
    bc_status rc;

    bc_words_each(check->rules, word->field, see_known, &known);
    rc = bc_err_set(err, BC_E_USAGE,
                    "--%s '%.*s' is no %s that the rules know%s%.*s%s; they know%.*s; --anyway "
                    "takes it",
                    check->option[word->number], BC_STR_ARG(word->text), field,
                    known.spelling.best.len ? ", did you mean '" : "",
                    BC_STR_ARG(known.spelling.best), known.spelling.best.len ? "'" : "",
                    known.list.len ? (int)known.list.len - 1 : 5,
                    known.list.len ? known.list.at : " none");
    bc_buf_release(&known.list);
    return rc;
}

static bc_status check_words(const struct record_check *check, struct bc_err *err)
{
    struct event_word words[EVENT_WORDS_MOST];
    size_t n = event_words(words, check->event);

    for (size_t i = 0; i < n; i++)
        if (!bc_words_know(check->rules, words[i].field, words[i].text))
            return (words[i].field == BC_WORD_PROPERTY ? misnamed : unknown_word)(check, &words[i],
                                                                                  err);
    return BC_OK;
}

/* --- values of properties --- */

static bool is_number(struct bc_str text)
{
    char *copy = bc_strdup(text), *end = copy;
    bool good;

    (void)strtod(copy, &end);
    good = end != copy && *end == '\0' && strspn(copy, "+-.0123456789") == text.len;
    free(copy);
    return good;
}

static bc_status check_property(const struct record_check *check, struct bc_err *err)
{
    const struct bc_str name = check->event->value[BC_PROPERTY_CHANGED_NAME].text;
    const struct bc_str value = check->event->value[BC_PROPERTY_CHANGED_VALUE].text;
    int32_t day;

    if (value.len == 0)
        return BC_OK;
    if (bc_property_is_day(name) && !bc_day_parse(&day, value))
        return bc_err_set(err, BC_E_USAGE,
                          "--value '%.*s' is no date, expected one like 2025-03-31 for %.*s; "
                          "--anyway takes it",
                          BC_STR_ARG(value), BC_STR_ARG(name));
    if (bc_property_is_amount(name) && !is_number(value))
        return bc_err_set(err, BC_E_USAGE,
                          "--value '%.*s' is no number, expected one like 1200.50 for %.*s; "
                          "--anyway takes it",
                          BC_STR_ARG(value), BC_STR_ARG(name));
    return BC_OK;
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

static bc_status check_deals(const struct record_check *check, bc_timelines *timelines,
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

/* --- all of it --- */

static void warn_ahead(const struct cmd_env *env, const char *option, int64_t us, int64_t now_us)
{
    char when[BC_INSTANT_LEN];

    if (us <= now_us)
        return;
    bc_instant_print(when, us);
    fprintf(env->err, "backcast: warning: --%s %s is after now\n", option, when);
}

bc_status record_check(const struct record_check *check, bc_log *log, const struct cmd_env *env,
                       struct bc_err *err)
{
    const struct bc_event *event = check->event;
    bc_timelines *timelines = NULL;
    bc_status rc = check->anyway ? BC_OK : check_words(check, err);

    if (rc == BC_OK && !check->anyway && event->body == BC_PROPERTY_CHANGED)
        rc = check_property(check, err);
    if (rc == BC_OK)
        rc = bc_timelines_open(&timelines, log, BC_FROM_CACHE, err);
    if (rc == BC_OK)
        rc = check_deals(check, timelines, err);
    bc_timelines_free(timelines);
    if (rc < 0)
        return rc;
    warn_ahead(env, "occurred-at", event->occurred_us, cmd_now_us(env));
    if (event->has_source_recorded)
        warn_ahead(env, "source-recorded-at", event->source_recorded_us, cmd_now_us(env));
    return BC_OK;
}
