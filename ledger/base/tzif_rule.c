#include "ledger/base/tzif_rule.h"

#include "ledger/base/instant.h"

#include <assert.h>

enum { DAY_S = 86400, HOUR_S = 3600 };

/* --- parsing; each takes what it parses --- */

static char next(const struct bc_str *text)
{
    return (char)(text->len ? *text->at : '\0');
}

static void skip(struct bc_str *text)
{
    text->at++;
    text->len--;
}

static bool take(struct bc_str *text, char c)
{
    if (next(text) != c)
        return false;
    skip(text);
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number of up to three digits, from `least` to `most`. */
static bool take_number(int32_t *out, struct bc_str *text, int32_t least, int32_t most)
{
    int digits = 0;

    *out = 0;
    for (; is_digit(next(text)) && digits < 3; digits++) {
        *out = *out * 10 + (next(text) - '0');
        skip(text);
    }
    return digits > 0 && *out >= least && *out <= most;
}

/* "CEST", "<+0330>" */
static bool take_name(struct bc_str *text)
{
    const bool quoted = take(text, '<');
    size_t n = 0;

    for (; text->len; n++, skip(text)) {
        const char c = next(text);

        if (quoted ? c == '>' : !((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
            break;
    }
    return n >= 3 && (!quoted || take(text, '>'));
}

/* "-1", "5:30", "24:00:00" */
static bool take_time(int32_t *out, struct bc_str *text, int32_t most_hours)
{
    const bool minus = take(text, '-');
    int32_t hours, minutes = 0, seconds = 0;

    if (!minus)
        (void)take(text, '+');
    if (!take_number(&hours, text, 0, most_hours))
        return false;
    if (take(text, ':') && !take_number(&minutes, text, 0, 59))
        return false;
    if (take(text, ':') && !take_number(&seconds, text, 0, 59))
        return false;
    *out = hours * HOUR_S + minutes * 60 + seconds;
    if (minus)
        *out = -*out;
    return true;
}

/* West of UTC, as it is written. */
static bool take_offset(int32_t *out, struct bc_str *text)
{
    int32_t west;

    if (!take_time(&west, text, 24))
        return false;
    *out = -west;
    return true;
}

/* ",M3.5.0/3" */
static bool take_change(struct bc_tzif_change *out, struct bc_str *text)
{
    bool good;

    *out = (struct bc_tzif_change){ .second = 2 * HOUR_S };
    if (!take(text, ','))
        return false;
    if (take(text, 'M')) {
        out->form = 'M';
        good = take_number(&out->month, text, 1, 12) && take(text, '.') &&
               take_number(&out->week, text, 1, 5) && take(text, '.') &&
               take_number(&out->day, text, 0, 6);
    } else if (take(text, 'J')) {
        out->form = 'J';
        good = take_number(&out->day, text, 1, 365);
    } else {
        out->form = '0';
        good = take_number(&out->day, text, 0, 365);
    }
    if (good && take(text, '/'))
        good = take_time(&out->second, text, 167);
    return good;
}

bool bc_tzif_rule_parse(struct bc_tzif_rule *out, struct bc_str text)
{
    *out = (struct bc_tzif_rule){ 0 };
    if (!take_name(&text) || !take_offset(&out->standard, &text))
        return false;
    if (text.len == 0)
        return true;
    out->changes = true;
    if (!take_name(&text))
        return false;
    out->summer = out->standard + HOUR_S;
    if (next(&text) != ',' && !take_offset(&out->summer, &text))
        return false;
    return take_change(&out->begin, &text) && take_change(&out->end, &text) && text.len == 0;
}

/* --- reckoning --- */

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* The day since 1970-01-01 of a year's first. */
static int64_t first_day(int64_t year)
{
    const int64_t before = year - 1;

    return 365 * (year - 1970) + bc_floor_div(before, 4) - bc_floor_div(before, 100) +
           bc_floor_div(before, 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
}

static int64_t year_of(int64_t second)
{
    const int64_t day = bc_floor_div(second, DAY_S);
    int64_t year = 1970 + bc_floor_div(day * 400, 146097);

    while (first_day(year) > day)
        year--;
    while (first_day(year + 1) <= day)
        year++;
    return year;
}

/* Days of a year before a month, 1 to 13. */
static int64_t days_before(int64_t year, int32_t month)
{
    static const int16_t days[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };

    assert(month >= 1 && month <= 13);
    return days[month - 1] + (month > 2 && is_leap(year));
}

/* Of `week` 5 the last such weekday of the month. */
static int64_t weekday_of(const struct bc_tzif_change *change, int64_t year)
{
    const int64_t before = days_before(year, change->month);
    const int64_t length = days_before(year, change->month + 1) - before;
    const int64_t first = first_day(year) + before;
    const int64_t weekday = first + 4 - 7 * bc_floor_div(first + 4, 7); /* 1970-01-01: a Thursday */
    int64_t day = (change->day - weekday + 7) % 7 + INT64_C(7) * (change->week - 1);

    if (day >= length)
        day -= 7;
    return first + day;
}

/* When it is in a year, in seconds since 1970, where the clocks went by `offset` before. */
static int64_t change_at(const struct bc_tzif_change *change, int64_t year, int32_t offset)
{
    int64_t day;

    if (change->form == 'M')
        day = weekday_of(change, year);
    else if (change->form == 'J')
        day = first_day(year) + change->day - 1 + (change->day >= 60 && is_leap(year));
    else
        day = first_day(year) + change->day;
    return day * DAY_S + change->second - offset;
}

int32_t bc_tzif_rule_offset(const struct bc_tzif_rule *rule, int64_t second)
{
    const int64_t year = year_of(second);
    int64_t begin, end;
    bool summer;

    if (!rule->changes)
        return rule->standard;
    begin = change_at(&rule->begin, year, rule->standard);
    end = change_at(&rule->end, year, rule->summer);
    if (begin > end) /* on the southern half */
        summer = second < end || second >= begin;
    else
        summer = second >= begin && second < end;
    return summer ? rule->summer : rule->standard;
}
