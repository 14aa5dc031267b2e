#include "tools/discover/discover_guess.h"

#include "ledger/record/event.h"
#include "tools/discover/discover_rows.h"
#include "tools/discover/discover_stages.h"
#include "tools/discover/discover_words.h"

#include <stdlib.h>

static const struct discover_column *column_at(const struct discover_guess *guess, size_t i)
{
    return &guess->survey->columns[i];
}

static bool has(const struct discover_guess *guess, enum discover_role role)
{
    return guess->of[role] != DISCOVER_NO_COLUMN;
}

bool discover_is_time_role(const struct discover_named *named)
{
    switch (named->role) {
    case DISCOVER_SINCE:
    case DISCOVER_CHANGED:
    case DISCOVER_MODIFIED:
    case DISCOVER_CREATED:
    case DISCOVER_CLOSED:
    case DISCOVER_ENTERED:
        return true;
    case DISCOVER_PROPERTY:
        return bc_property_is_day(bc_str_of(named->property)) ||
               strcmp(named->property, "close_date") == 0;
    case DISCOVER_NONE:
    case DISCOVER_DEAL:
    case DISCOVER_NAME:
    case DISCOVER_STAGE:
    case DISCOVER_STATUS:
    case DISCOVER_FROM:
    case DISCOVER_ACTOR:
    case DISCOVER_FIELD:
    case DISCOVER_VALUE:
    case DISCOVER_REASON:
    case DISCOVER_ROLES:
        break;
    }
    return false;
}

/* Whether what stands in a column can be what its name says. */
static bool plausible(const struct discover_named *named, const struct discover_column *column)
{
    switch (named->role) {
    case DISCOVER_STAGE:
    case DISCOVER_STATUS:
    case DISCOVER_FROM:
    case DISCOVER_FIELD:
        return discover_column_is_words(column) && !discover_column_is_time(column);
    case DISCOVER_DEAL:
    case DISCOVER_NAME:
        return column->filled > 0 && !discover_column_is_time(column);
    case DISCOVER_SINCE:
    case DISCOVER_CHANGED:
    case DISCOVER_MODIFIED:
    case DISCOVER_CREATED:
    case DISCOVER_CLOSED:
        return column->times + column->counts > 0;
    case DISCOVER_ENTERED:
        return column->times + column->counts > 0 || column->filled == 0;
    case DISCOVER_PROPERTY:
    case DISCOVER_NONE:
    case DISCOVER_ACTOR:
    case DISCOVER_VALUE:
    case DISCOVER_REASON:
    case DISCOVER_ROLES:
        break;
    }
    return true;
}

static void name_all(struct discover_guess *guess)
{
    for (size_t i = 0; i < guess->survey->column_n; i++) {
        const struct discover_column *column = column_at(guess, i);
        struct discover_named *named = &guess->named[i];

        *named = (struct discover_named){ .role = DISCOVER_NONE, .stage = BC_NO_STAGE };
        if (column->nameable)
            *named = discover_name(guess->rules, column->name);
        if (!plausible(named, column))
            named->role = DISCOVER_NONE;
    }
}

/* Of several columns of one role, or of one property, the first by rank stays. */
static void take_best(struct discover_guess *guess)
{
    for (size_t i = 0; i < guess->survey->column_n; i++) {
        struct discover_named *named = &guess->named[i];
        size_t *of = &guess->of[named->role];

        if (named->role == DISCOVER_NONE || named->role == DISCOVER_ENTERED)
            continue;
        for (size_t j = 0; named->role == DISCOVER_PROPERTY && j < i; j++) {
            struct discover_named *other = &guess->named[j];

            if (other->role != DISCOVER_PROPERTY || strcmp(other->property, named->property) != 0)
                continue;
            if (named->rank < other->rank)
                other->role = DISCOVER_NONE;
            else
                named->role = DISCOVER_NONE;
            break;
        }
        if (named->role == DISCOVER_PROPERTY || named->role == DISCOVER_NONE)
            continue;
        if (*of != DISCOVER_NO_COLUMN && guess->named[*of].rank <= named->rank) {
            named->role = DISCOVER_NONE;
            continue;
        }
        if (*of != DISCOVER_NO_COLUMN)
            guess->named[*of].role = DISCOVER_NONE;
        *of = i;
    }
}

static void take(struct discover_guess *guess, size_t column, enum discover_role role,
                 enum discover_why why)
{
    guess->named[column].role = role;
    guess->of[role] = column;
    guess->why[role] = why;
}

static void drop(struct discover_guess *guess, enum discover_role role)
{
    if (has(guess, role))
        guess->named[guess->of[role]].role = DISCOVER_NONE;
    guess->of[role] = DISCOVER_NO_COLUMN;
}

/* How many rows have a word of the rules there. */
static uint64_t known_rows(const struct discover_guess *guess, const struct discover_column *column)
{
    uint64_t n = 0;

    for (size_t i = 0; discover_column_is_words(column) && i < column->words.n; i++) {
        struct discover_meaning meaning = discover_stage(guess->rules, column->words.at[i].text);

        n += meaning.to && !meaning.like ? column->words.at[i].n : 0;
    }
    return n;
}

/* Whether one of a column's words is won or lost. */
static bool closes(const struct discover_guess *guess, enum discover_role role)
{
    const struct discover_words *words;

    if (!has(guess, role))
        return false;
    words = &column_at(guess, guess->of[role])->words;
    for (size_t i = 0; i < words->n; i++)
        if (discover_is_closed(guess, discover_stage_of(guess, words->at[i].text)))
            return true;
    return false;
}

/* A stage that has another name is known by its words. A status is of use only where it closes
 * deals and the stage does not. */
static void find_stage(struct discover_guess *guess)
{
    const size_t status = guess->of[DISCOVER_STATUS];

    if (!has(guess, DISCOVER_STAGE) && status != DISCOVER_NO_COLUMN) {
        drop(guess, DISCOVER_STATUS);
        take(guess, status, DISCOVER_STAGE, DISCOVER_BY_NAME);
    }
    for (size_t i = 0; !has(guess, DISCOVER_STAGE) && i < guess->survey->column_n; i++)
        if (guess->named[i].role == DISCOVER_NONE && column_at(guess, i)->nameable &&
            known_rows(guess, column_at(guess, i)) * 2 > guess->survey->rows)
            take(guess, i, DISCOVER_STAGE, DISCOVER_BY_WORDS);
    if (!closes(guess, DISCOVER_STATUS) || closes(guess, DISCOVER_STAGE))
        drop(guess, DISCOVER_STATUS);
}

/* Whether a column says what was changed: something that the ledger has. */
static bool names_changes(const struct discover_guess *guess, size_t field)
{
    const struct discover_words *words = &column_at(guess, field)->words;

    for (size_t i = 0; i < words->n; i++) {
        const enum discover_role role = discover_name(guess->rules, words->at[i].text).role;

        if (role == DISCOVER_STAGE || role == DISCOVER_PROPERTY || role == DISCOVER_CREATED)
            return true;
    }
    return false;
}

/* A value beside no field is an amount; an id may be missing, and a name is one. */
static void settle(struct discover_guess *guess)
{
    size_t value = guess->of[DISCOVER_VALUE], name = guess->of[DISCOVER_NAME];

    if (has(guess, DISCOVER_FIELD) && !names_changes(guess, guess->of[DISCOVER_FIELD]))
        drop(guess, DISCOVER_FIELD);
    if (has(guess, DISCOVER_VALUE) != has(guess, DISCOVER_FIELD)) {
        drop(guess, DISCOVER_FIELD);
        drop(guess, DISCOVER_VALUE);
        if (value != DISCOVER_NO_COLUMN) {
            guess->named[value].role = DISCOVER_PROPERTY;
            guess->named[value].property = "amount";
        }
    }
    if (!has(guess, DISCOVER_DEAL) && name != DISCOVER_NO_COLUMN) {
        drop(guess, DISCOVER_NAME);
        take(guess, name, DISCOVER_DEAL, DISCOVER_BY_TITLE);
    }
    for (size_t i = 0; !has(guess, DISCOVER_NAME) && i < guess->survey->column_n; i++) {
        struct discover_named again;

        if (guess->named[i].role != DISCOVER_NONE || !column_at(guess, i)->nameable)
            continue;
        again = discover_name(guess->rules, column_at(guess, i)->name);
        if (again.role == DISCOVER_DEAL && again.property) /* "Deal" beside "Deal ID" */
            take(guess, i, DISCOVER_NAME, DISCOVER_BY_NAME);
    }
}

/* --- times --- */

static void choose_formats(struct discover_guess *guess)
{
    for (size_t i = 0; i < guess->survey->column_n; i++) {
        const struct discover_column *column = column_at(guess, i);
        const bool role = discover_is_time_role(&guess->named[i]);
        struct discover_choice *choice = &guess->times[i];

        if (role || discover_column_is_time(column))
            *choice = discover_choose(column->fits, column->fit_n, role);
        if (choice->proof && !choice->both && guess->order_column == DISCOVER_NO_COLUMN)
            guess->order_column = i;
    }
    for (size_t i = 0; guess->order_column != DISCOVER_NO_COLUMN && i < guess->survey->column_n;
         i++) {
        struct discover_choice *choice = &guess->times[i];
        const bool turn = choice->first && !choice->proof &&
                          choice->first != guess->times[guess->order_column].first;

        for (size_t f = 0; turn && f < choice->n; f++)
            choice->format[f] = discover_turned(choice->format[f]);
        choice->first = turn ? -choice->first : choice->first;
    }
}

/* The only column of times without a role is the table's time. */
static void find_time(struct discover_guess *guess)
{
    size_t found = DISCOVER_NO_COLUMN, n = 0;

    for (size_t i = 0; i < guess->survey->column_n; i++) {
        if (guess->named[i].role != DISCOVER_NONE || !column_at(guess, i)->nameable ||
            !discover_column_is_time(column_at(guess, i)))
            continue;
        found = i;
        n++;
    }
    if (n == 1)
        take(guess, found, DISCOVER_CHANGED, DISCOVER_ONLY_TIME);
}

static size_t first_of(const struct discover_guess *guess, const enum discover_role *roles)
{
    for (; *roles != DISCOVER_NONE; roles++)
        if (has(guess, *roles))
            return guess->of[*roles];
    return DISCOVER_NO_COLUMN;
}

static size_t fullest_entered(const struct discover_guess *guess)
{
    size_t best = DISCOVER_NO_COLUMN;

    for (size_t i = 0; i < guess->survey->column_n; i++)
        if (guess->named[i].role == DISCOVER_ENTERED && guess->named[i].stage != BC_NO_STAGE &&
            (best == DISCOVER_NO_COLUMN ||
             column_at(guess, i)->filled > column_at(guess, best)->filled))
            best = i;
    return best;
}

static void choose_shape(struct discover_guess *guess)
{
    static const enum discover_role log[] = { DISCOVER_CHANGED, DISCOVER_MODIFIED, DISCOVER_CREATED,
                                              DISCOVER_SINCE, DISCOVER_NONE },
                                    history[] = { DISCOVER_SINCE, DISCOVER_CHANGED, DISCOVER_NONE },
                                    deals[] = { DISCOVER_CREATED, DISCOVER_NONE },
                                    others[] = { DISCOVER_SINCE, DISCOVER_CHANGED, DISCOVER_CLOSED,
                                                 DISCOVER_MODIFIED, DISCOVER_NONE };
    const bool repeats =
        has(guess, DISCOVER_DEAL) && column_at(guess, guess->of[DISCOVER_DEAL])->words.repeats;
    const size_t entered = fullest_entered(guess);

    if (!has(guess, DISCOVER_SINCE) && !has(guess, DISCOVER_CHANGED) &&
        !has(guess, DISCOVER_CREATED) && !has(guess, DISCOVER_MODIFIED))
        find_time(guess);
    if (has(guess, DISCOVER_FIELD)) {
        guess->shape = DISCOVER_LOG;
        guess->time = first_of(guess, log);
        return;
    }
    guess->shape = DISCOVER_HISTORY;
    guess->time = first_of(guess, history);
    if (repeats && guess->time == DISCOVER_NO_COLUMN && has(guess, DISCOVER_MODIFIED))
        guess->time = guess->of[DISCOVER_MODIFIED];
    if (repeats && guess->time == DISCOVER_NO_COLUMN && guess->counts.created_varies) {
        guess->time = guess->of[DISCOVER_CREATED];
        drop(guess, DISCOVER_CREATED);
        take(guess, guess->time, DISCOVER_CHANGED, DISCOVER_BY_NAME);
    }
    if (entered == DISCOVER_NO_COLUMN && guess->time != DISCOVER_NO_COLUMN &&
        (repeats || !(has(guess, DISCOVER_CREATED) || has(guess, DISCOVER_CLOSED))))
        return;
    guess->shape = DISCOVER_DEALS;
    guess->time = first_of(guess, deals);
    guess->time = guess->time == DISCOVER_NO_COLUMN ? entered : guess->time;
    guess->time = guess->time == DISCOVER_NO_COLUMN ? first_of(guess, others) : guess->time;
}

static void note_entered(struct discover_guess *guess)
{
    for (size_t i = 0; i < guess->survey->column_n; i++) {
        const struct discover_named *named = &guess->named[i];

        if (named->role == DISCOVER_ENTERED && named->stage != BC_NO_STAGE)
            guess->stages_with_times |= (uint64_t)1 << named->stage;
    }
}

bc_status discover_guess(struct discover_guess *out, const struct discover_survey *survey,
                         const bc_rules *rules, struct bc_err *err)
{
    bc_status rc;

    *out = (struct discover_guess){ .survey = survey,
                                    .rules = rules,
                                    .time = DISCOVER_NO_COLUMN,
                                    .order_column = DISCOVER_NO_COLUMN };
    out->named = bc_calloc(survey->column_n + 1, sizeof(*out->named));
    out->times = bc_calloc(survey->column_n + 1, sizeof(*out->times));
    for (size_t i = 0; i < DISCOVER_ROLES; i++)
        out->of[i] = DISCOVER_NO_COLUMN;
    name_all(out);
    take_best(out);
    settle(out);
    find_stage(out);
    rc = discover_rows_created(out, err);
    if (rc == BC_OK) {
        choose_shape(out);
        choose_formats(out);
        note_entered(out);
        rc = discover_rows_count(out, err);
    }
    if (rc < 0)
        discover_guess_release(out);
    return rc;
}

void discover_guess_release(struct discover_guess *guess)
{
    discover_words_release(&guess->stage_words);
    free(guess->named);
    free(guess->times);
    *guess = (struct discover_guess){ 0 };
}
