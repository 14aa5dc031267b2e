#include "tools/cli/text.h"
#include "tools/discover/discover_write.h"

#include <inttypes.h>

/* What the words of the column that says what was changed are about. */
static struct discover_named named_of(const struct discover_guess *guess, size_t word)
{
    const size_t field = guess->of[DISCOVER_FIELD];
    const struct bc_str text = guess->survey->columns[field].words.at[word].text;
    struct discover_named named = discover_name(guess->rules, text);

    if (named.role == DISCOVER_NAME) {
        named.role = DISCOVER_PROPERTY;
        named.property = "deal_name";
    } else if (named.role == DISCOVER_CLOSED) {
        named.role = DISCOVER_PROPERTY;
        named.property = "close_date";
    } else if (named.role == DISCOVER_STATUS) {
        named.role = DISCOVER_NONE;
    }
    return named;
}

/* "    when: { Field: [Stage, Phase] }": those of a role. */
static size_t write_when(struct discover_draft *draft, enum discover_role role, bool write)
{
    const struct discover_guess *guess = draft->guess;
    const size_t field = guess->of[DISCOVER_FIELD];
    const struct discover_words *words = &guess->survey->columns[field].words;
    size_t n = 0;

    if (write) {
        discover_add(draft, "    when: { ");
        discover_add_column(draft, field);
        discover_add(draft, ": [");
    }
    for (size_t i = 0; i < words->n; i++) {
        if (named_of(guess, i).role != role)
            continue;
        if (write) {
            discover_add(draft, "%s", n ? ", " : "");
            discover_add_text(draft, words->at[i].text);
        }
        n++;
    }
    if (write) {
        discover_add(draft, "]");
        if (role == DISCOVER_STAGE) {
            discover_add(draft, ", ");
            discover_add_column(draft, guess->of[DISCOVER_VALUE]);
            discover_add(draft, ": { empty: false }");
        }
        discover_add(draft, " }");
        discover_end_plain(draft);
    }
    return n;
}

static void write_stage(struct discover_draft *draft)
{
    if (write_when(draft, DISCOVER_STAGE, false) == 0)
        return;
    discover_add(draft, "  - stageChanged: { to: { column: ");
    discover_add_column(draft, draft->guess->of[DISCOVER_VALUE]);
    discover_add(draft, ", crosswalk: stages } }");
    discover_end(draft, DISCOVER_SAY, "the rows about a stage");
    (void)write_when(draft, DISCOVER_STAGE, true);
}

/* An event for each property that the rows are about: one is in our words, and one is not. */
static void write_values(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;
    const size_t field = guess->of[DISCOVER_FIELD];
    const struct discover_words *words = &guess->survey->columns[field].words;

    for (size_t i = 0; i < words->n; i++) {
        const struct discover_named named = named_of(guess, i);

        if (named.role != DISCOVER_PROPERTY)
            continue;
        discover_add(draft, "  - propertyChanged: { name: %s, value: ", named.property);
        discover_add_cell(draft, guess->of[DISCOVER_VALUE]);
        discover_add(draft, " }");
        discover_end(draft, DISCOVER_SAY, "%" PRIu64 " row%s", words->at[i].n,
                     text_plural(words->at[i].n));
        discover_add(draft, "    id: %s-%zu", named.property, i + 1);
        discover_end_plain(draft);
        discover_add(draft, "    empty: unset");
        discover_end_plain(draft);
        discover_add(draft, "    when: { ");
        discover_add_column(draft, field);
        discover_add(draft, ": ");
        discover_add_text(draft, words->at[i].text);
        discover_add(draft, " }");
        discover_end_plain(draft);
    }
}

void discover_write_log(struct discover_draft *draft)
{
    if (write_when(draft, DISCOVER_CREATED, false) > 0) {
        discover_add(draft, "  - dealCreated: {}");
        discover_end_plain(draft);
        (void)write_when(draft, DISCOVER_CREATED, true);
    }
    write_stage(draft);
    write_values(draft);
}

void discover_write_log_skipped(struct discover_draft *draft)
{
    const struct discover_guess *guess = draft->guess;
    const size_t field = guess->of[DISCOVER_FIELD];
    const struct discover_words *words = &guess->survey->columns[field].words;

    for (size_t i = 0; i < words->n; i++) {
        const enum discover_role role = named_of(guess, i).role;

        if (role == DISCOVER_STAGE || role == DISCOVER_PROPERTY || role == DISCOVER_CREATED)
            continue;
        discover_add(draft, "  - { ");
        discover_add_column(draft, field);
        discover_add(draft, ": ");
        discover_add_text(draft, words->at[i].text);
        discover_add(draft, " }");
        discover_end(draft, (struct discover_note){ DISCOVER_CHECK, field, words->at[i].n },
                     "changes of \"%.*s\", which nothing here reads, are left out",
                     BC_STR_ARG(words->at[i].text));
    }
}
