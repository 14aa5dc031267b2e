#include "tools/complete/values.h"

#include "projections/audit/finding.h"
#include "projections/cohorts/cohort_keys.h"
#include "tools/export/tables.h"

#include <string.h>

static void add(struct complete *complete, const char *text)
{
    complete_add(complete, bc_str_of(text), (struct bc_str){ 0 });
}

static void add_each(struct complete *complete, const char *const *texts)
{
    for (; *texts; texts++)
        add(complete, *texts);
}

/* --- what no ledger is needed for --- */

/* Periods of whole months. */
static void months(struct complete *complete, struct ledger_words *words)
{
    static const char *const some[] = {
        "this-month", "last-month", "this-quarter", "last-quarter", "this-year", "last-year", NULL
    };

    (void)words;
    add_each(complete, some);
}

static void whens(struct complete *complete, struct ledger_words *words)
{
    static const char *const some[] = { "today", "yesterday", "last-week", NULL };

    add_each(complete, some);
    months(complete, words);
}

static void steps(struct complete *complete, struct ledger_words *words)
{
    static const char *const some[] = { "1d", "1w", "2w", "4w", "1m", "3m", "1y", NULL };

    (void)words;
    add_each(complete, some);
}

/* Of `deals --sort`. */
static void columns(struct complete *complete, struct ledger_words *words)
{
    static const char *const some[] = { "stage", "deal",     "name",   "owner", "days",
                                        "age",   "type",     "amount", "mrr",   "last",
                                        "next",  "findings", NULL };

    (void)words;
    add_each(complete, some);
}

static void kinds(struct complete *complete, struct ledger_words *words)
{
    (void)words;
    for (int body = BC_DEAL_CREATED; body < BC_BODY_END; body++)
        add(complete, bc_schema((enum bc_body)body)->json_name);
}

static void tables_of(struct complete *complete, struct ledger_words *words)
{
    (void)words;
    for (size_t i = 0; i < TABLE_N; i++)
        add(complete, tables[i].name);
}

static void findings(struct complete *complete, struct ledger_words *words)
{
    (void)words;
    for (int kind = 0; kind < BC_FINDING_KIND_N; kind++)
        add(complete, bc_finding_row((enum bc_finding_kind)kind)->word);
}

/* --- of a ledger, with words that are not in it --- */

static void refs(struct complete *complete, struct ledger_words *words)
{
    static const char *const fixed[] = { "latest", "as-then", "default", NULL };

    ledger_words_versions(complete, words);
    add_each(complete, fixed);
}

/* What is before an offset of the word leads, and the rest of it is asked for. */
static void add_after(struct complete *complete, struct ledger_words *words, struct bc_str before,
                      size_t offset, ledger_words_fn *add_rest)
{
    const struct bc_str lead = complete->lead, word = complete->word;
    struct bc_buf longer = { 0 };

    bc_buf_add_str(&longer, lead);
    bc_buf_add_str(&longer, before);
    complete->lead = bc_buf_str(&longer);
    complete->word = bc_str_part(word, offset, word.len);
    add_rest(complete, words);
    complete->lead = lead;
    complete->word = word;
    bc_buf_release(&longer);
}

static void arms(struct complete *complete, struct ledger_words *words)
{
    const struct bc_str arm = BC_STR("arm:"), word = complete->word;
    const size_t n = word.len < arm.len ? word.len : arm.len;

    if (bc_str_begins(word, arm) || bc_str_begins(arm, word))
        add_after(complete, words, arm, n, ledger_words_experiments);
}

static void keys(struct complete *complete, struct ledger_words *words)
{
    struct bc_by by;

    for (size_t i = 0; bc_by_fixed(&by, i); i++)
        complete_add(complete, by.text, (struct bc_str){ 0 });
    ledger_words_properties(complete, words);
    arms(complete, words);
}

static void owners(struct complete *complete, struct ledger_words *words)
{
    ledger_words_people(complete, words);
    add(complete, "none");
}

/* --- the list --- */

static const struct taken {
    const char *value;
    ledger_words_fn *add; /* NULL: nothing can be said */
    enum values_more more;
} list[] = {
    { "ADDRESS", NULL, VALUES_NO_MORE },
    { "AMOUNT", NULL, VALUES_NO_MORE },
    { "CMD", NULL, VALUES_NO_MORE },
    { "COLUMN", columns, VALUES_NO_MORE },
    { "DATE", whens, VALUES_NO_MORE },
    { "DAYS", NULL, VALUES_NO_MORE },
    { "DEAL", ledger_words_deals, VALUES_NO_MORE },
    { "DEAL_TYPE", ledger_words_deal_types, VALUES_NO_MORE },
    { "DIR", NULL, VALUES_FOLDERS },
    { "EXPERIMENT", ledger_words_experiments, VALUES_NO_MORE },
    { "FILE", NULL, VALUES_FILES },
    { "FINDING", findings, VALUES_NO_MORE },
    { "FORM", NULL, VALUES_FILES },
    { "H", NULL, VALUES_NO_MORE },
    { "HTML", NULL, VALUES_NO_MORE },
    { "ID", NULL, VALUES_NO_MORE },
    { "JSON", NULL, VALUES_NO_MORE },
    { "KEY", keys, VALUES_NO_MORE },
    { "KIND", kinds, VALUES_NO_MORE },
    { "MAP", NULL, VALUES_FILES },
    { "MEMBER", ledger_words_members, VALUES_NO_MORE },
    { "MEETING_OUTCOME", ledger_words_meeting_outcomes, VALUES_NO_MORE },
    { "MEETING_TYPE", ledger_words_meeting_types, VALUES_NO_MORE },
    { "METRIC", ledger_words_metrics, VALUES_NO_MORE },
    { "MINUTES", NULL, VALUES_NO_MORE },
    { "MONTH", months, VALUES_NO_MORE },
    { "N", NULL, VALUES_NO_MORE },
    { "NAME", NULL, VALUES_NO_MORE },
    { "NUMBER", NULL, VALUES_NO_MORE },
    { "OWNER", owners, VALUES_NO_MORE },
    { "PATH", NULL, VALUES_NO_MORE },
    { "PERCENT", NULL, VALUES_NO_MORE },
    { "PROPERTY", ledger_words_properties, VALUES_NO_MORE },
    { "REASON", ledger_words_loss_reasons, VALUES_NO_MORE },
    { "PUBLIC_KEY", NULL, VALUES_FILES },
    { "RED_LINE", ledger_words_red_lines, VALUES_NO_MORE },
    { "REF", refs, VALUES_FILES },
    { "REPLICA", NULL, VALUES_NO_MORE },
    { "REPORT", ledger_words_reports, VALUES_NO_MORE },
    { "SLICE", ledger_words_slices, VALUES_NO_MORE },
    { "STAGE", ledger_words_stages, VALUES_NO_MORE },
    { "STEP", steps, VALUES_NO_MORE },
    { "SYSTEM", ledger_words_sources, VALUES_NO_MORE },
    { "TABLE", tables_of, VALUES_NO_MORE },
    { "TEXT", NULL, VALUES_NO_MORE },
    { "TIME", whens, VALUES_NO_MORE },
    { "TOPIC", ledger_words_topics, VALUES_NO_MORE },
    { "URL", NULL, VALUES_NO_MORE },
    { "VALUE", NULL, VALUES_NO_MORE },
    { "VERSION", NULL, VALUES_NO_MORE },
    { "WHEN", whens, VALUES_NO_MORE },
    { "WHO", ledger_words_people, VALUES_NO_MORE },
    { "WORD", NULL, VALUES_NO_MORE },
};

static const struct taken *find(struct bc_str value)
{
    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
        if (bc_str_eq(bc_str_of(list[i].value), value))
            return &list[i];
    return NULL;
}

/* Does a word of a VALUE stand for itself? */
static bool is_itself(struct bc_str word)
{
    return word.len > 0 && (word.at[0] < 'A' || word.at[0] > 'Z');
}

/* A word of a VALUE, taken off its front; *several: with commas between. */
static struct bc_str next_word(const char **value, bool *several)
{
    static const struct bc_str more = { ",...", 4 };
    struct bc_str word = { *value, strcspn(*value, "|") };

    *value += word.len + ((*value)[word.len] == '|');
    *several =
        word.len > more.len && bc_str_eq(bc_str_part(word, word.len - more.len, word.len), more);
    if (*several)
        word.len -= more.len;
    return word;
}

bool values_known(const char *value)
{
    bool known = true, several;

    while (known && *value) {
        const struct bc_str word = next_word(&value, &several);

        known = is_itself(word) || find(word);
    }
    return known;
}

/* After the last comma. */
static void add_next(struct complete *complete, struct ledger_words *words,
                     ledger_words_fn *add_one)
{
    const struct bc_str word = complete->word;
    size_t after = word.len;

    while (after > 0 && word.at[after - 1] != ',')
        after--;
    add_after(complete, words, bc_str_part(word, 0, after), after, add_one);
}

enum values_more values_add(struct complete *complete, struct ledger_words *words)
{
    enum values_more more = VALUES_NO_MORE;
    const char *value = complete->value;

    while (*value) {
        bool several;
        const struct bc_str word = next_word(&value, &several);
        const struct taken *taken = is_itself(word) ? NULL : find(word);

        if (is_itself(word))
            complete_add(complete, word, (struct bc_str){ 0 });
        if (!taken)
            continue;
        if (taken->more)
            more = taken->more;
        if (taken->add && several)
            add_next(complete, words, taken->add);
        else if (taken->add)
            taken->add(complete, words);
    }
    return more;
}
