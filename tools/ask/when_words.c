#include "tools/ask/when_words.h"

#include "ledger/base/instant.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MOST = 6, WORD_LEN = 12 };

struct words {
    char at[WORD_MOST][WORD_LEN]; /* in small letters */
    size_t n;
};

/* False: not words. */
static bool split(struct words *out, const char *text)
{
    *out = (struct words){ 0 };
    for (const char *at = text;; at++) {
        char *word;
        size_t len = 0;

        while (*at == ' ' && out->n)
            at++;
        if (out->n == WORD_MOST)
            return false;
        word = out->at[out->n++];
        for (; *at && *at != ' ' && *at != '-'; at++) {
            const char letter = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);

            if (len == WORD_LEN - 1 ||
                !((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')))
                return false;
            word[len++] = letter;
        }
        if (len == 0)
            return false;
        if (*at == '\0')
            return true;
    }
}

/* --- single words --- */

static bool word_is(const char *word, const char *expected)
{
    return strcmp(word, expected) == 0;
}

/* As many digits as that; -1: others. */
static int digits(const char *word, size_t n)
{
    int value = 0;

    if (strlen(word) != n || strspn(word, "0123456789") != n)
        return -1;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (word[i] - '0');
    return value;
}

/* Monday is 0; -1: none. */
static int weekday_of(const char *word)
{
    static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday" };

    for (int i = 0; i < 7; i++)
        if (word_is(word, names[i]))
            return i;
    return -1;
}

/* A part of a year, as months; `number`: may it be the month's number? */
struct part {
    int first, n; /* the first is 0; n 0: none */
};

static struct part part_of(const char *word, bool number)
{
    static const char *const names[] = { "january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december" };
    const int month = number ? digits(word, 2) : -1;

    if (month >= 1 && month <= 12)
        return (struct part){ month - 1, 1 };
    if (word[0] == 'q' && word[1] >= '1' && word[1] <= '4' && word[2] == '\0')
        return (struct part){ (word[1] - '1') * 3, 3 };
    for (int i = 0; i < 12; i++)
        if (word_is(word, names[i]) || (strlen(word) == 3 && strncmp(word, names[i], 3) == 0))
            return (struct part){ i, 1 };
    return (struct part){ 0 };
}

/* What is counted and what the calendar is made of. */
struct unit {
    int days, months; /* one of them is 0; both: none */
};

static struct unit unit_of(const char *word)
{
    static const struct {
        const char *name;
        struct unit unit;
    } units[] = { { "day", { 1, 0 } },
                  { "week", { 7, 0 } },
                  { "month", { 0, 1 } },
                  { "quarter", { 0, 3 } },
                  { "year", { 0, 12 } } };

    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        const size_t len = strlen(units[i].name);

        if (strncmp(word, units[i].name, len) == 0 && word_is(word + len, word[len] ? "s" : ""))
            return units[i].unit;
    }
    return (struct unit){ 0 };
}

/* `last`, `this`, `next`. */
static bool turn_of(int *out, const char *word)
{
    *out = word_is(word, "last") ? -1 : word_is(word, "next");
    return *out != 0 || word_is(word, "this");
}

/* --- days and periods --- */

static enum when_words take_day(struct when_days *out, int32_t day)
{
    *out = (struct when_days){ day, day };
    return WHEN_WORDS_DAY;
}

static int32_t first_of_month(int month)
{
    return bc_day_of_civil(month / 12, month % 12 + 1, 1);
}

/* Months are counted from the year 0. */
static enum when_words take_months(struct when_days *out, int first, int n)
{
    *out = (struct when_days){ first_of_month(first), first_of_month(first + n) - 1 };
    return WHEN_WORDS_PERIOD;
}

static int days_since_monday(int32_t day)
{
    return (day + 3) % 7; /* 1970-01-01 was a Thursday */
}

static enum when_words calendar(struct when_days *out, int turn, struct unit unit, int32_t today)
{
    int year, month, day_of_month;

    if (unit.days == 7) {
        out->first = today - days_since_monday(today) + 7 * turn;
        out->last = out->first + 6;
        return WHEN_WORDS_PERIOD;
    }
    if (!unit.months)
        return WHEN_WORDS_OTHER;
    bc_civil_of_day(&year, &month, &day_of_month, today);
    month += year * 12 - 1;
    return take_months(out, month - month % unit.months + turn * unit.months, unit.months);
}

static enum when_words weekday(struct when_days *out, const char **why, int turn, int weekday,
                               int32_t today)
{
    const int ago = (days_since_monday(today) - weekday + 7) % 7;

    if (turn == 0) {
        *why = "may lie before or after today; expected one like last monday or next monday";
        return WHEN_WORDS_UNCLEAR;
    }
    return take_day(out, turn < 0 ? today - (ago ? ago : 7) : today - ago + 7);
}

/* --- phrases --- */

static enum when_words one_word(struct when_days *out, const char **why, const char *word,
                                int32_t today)
{
    const int year = digits(word, 4), day = weekday_of(word);

    if (word_is(word, "tomorrow"))
        return take_day(out, bc_day_add(today, 1));
    if (day >= 0)
        return take_day(out, today - (days_since_monday(today) - day + 7) % 7);
    if (year >= 0)
        return take_months(out, year * 12, 12);
    if (part_of(word, false).n == 0)
        return WHEN_WORDS_OTHER;
    *why = "is of no year; expected one like 2025-03 or 2025-q1";
    return WHEN_WORDS_UNCLEAR;
}

static enum when_words two_words(struct when_days *out, const char **why, const struct words *words,
                                 int32_t today)
{
    const char *const first = words->at[0], *const second = words->at[1];
    const bool year_first = digits(first, 4) >= 0;
    const int year = digits(year_first ? first : second, 4);
    const struct part part = part_of(year_first ? second : first, year_first);
    int turn;

    if (year >= 0 && part.n)
        return take_months(out, year * 12 + part.first, part.n);
    if (!turn_of(&turn, first))
        return WHEN_WORDS_OTHER;
    if (weekday_of(second) >= 0)
        return weekday(out, why, turn, weekday_of(second), today);
    return calendar(out, turn, unit_of(second), today);
}

/* `2 weeks ago`; and `last 2 weeks`, of which nobody knows whether this one is among them. */
static enum when_words three_words(struct when_days *out, const char **why,
                                   const struct words *words, int32_t today)
{
    const bool ago = word_is(words->at[2], "ago");
    const char *count = words->at[ago ? 0 : 1];
    const struct unit unit = unit_of(words->at[ago ? 1 : 2]);
    const bool one = word_is(count, "a") || word_is(count, "an");
    const int n = one ? 1 : strlen(count) < 8 ? digits(count, strlen(count)) : -1;

    if (n < 0 || (!unit.days && !unit.months))
        return WHEN_WORDS_OTHER;
    if (ago)
        return take_day(out, unit.days ? bc_day_add(today, -(int64_t)n * unit.days)
                                       : bc_day_add_months(today, -(int64_t)n * unit.months));
    if (!word_is(words->at[0], "last") && !word_is(words->at[0], "past"))
        return WHEN_WORDS_OTHER;
    *why = "may count the current one or not; expected one like 3 months ago or last quarter";
    return WHEN_WORDS_UNCLEAR;
}

static enum when_words phrase(struct when_days *out, const char **why, const struct words *words,
                              int32_t today)
{
    switch (words->n) {
    case 1:
        return one_word(out, why, words->at[0], today);
    case 2:
        return two_words(out, why, words, today);
    case 3:
        return three_words(out, why, words, today);
    default:
        return WHEN_WORDS_OTHER;
    }
}

/* `end of ...`; false: other words. */
static bool edge_of(bool *end, const struct words *words)
{
    const char *const first = words->at[0];

    *end = word_is(first, "end");
    return words->n > 2 && word_is(words->at[1], "of") &&
           (*end || word_is(first, "beginning") || word_is(first, "start"));
}

/* "04/05/2025", of which either may be the month. */
static bool is_two_days(const char *text)
{
    char *second, *third;
    const unsigned long a = strtoul(text, &second, 10);
    const unsigned long b = *second ? strtoul(second + 1, &third, 10) : 0;

    return a >= 1 && a <= 12 && b >= 1 && b <= 12 && a != b;
}

enum when_words when_words_read(struct when_days *out, const char **why, const char *text,
                                int32_t today)
{
    struct words words;
    enum when_words what;
    bool end;

    if (text[0] && text[strspn(text, "0123456789./")] == '\0' && strpbrk(text, "./")) {
        *why = is_two_days(text)
                   ? "is a day to some and another one to others; expected one like 2025-03-31"
                   : "is not written as dates are here; expected one like 2025-03-31, 2025-03, "
                     "today, -90d, last sunday";
        return WHEN_WORDS_UNCLEAR;
    }
    if (!split(&words, text))
        return WHEN_WORDS_OTHER;
    if (!edge_of(&end, &words))
        return phrase(out, why, &words, today);
    words.n -= 2;
    memmove(words.at, words.at + 2, words.n * sizeof(words.at[0]));
    what = phrase(out, why, &words, today);
    if (what == WHEN_WORDS_DAY)
        return WHEN_WORDS_OTHER;
    return what == WHEN_WORDS_PERIOD ? take_day(out, end ? out->last : out->first) : what;
}
