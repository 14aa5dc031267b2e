/* tools/when.c - dates as people type them: a day, an instant, or so far from today. */
#include "tools/when.h"

#define FAR 4000000 /* more days, weeks, months or years than any calendar here holds */

static bc_status bad(struct bc_err *err, const char *text)
{
    return bc_err_set(err, BC_E_USAGE, "'%s' is no date; expected one like " WHEN_HELP, text);
}

static bc_status take_day(struct when *out, const char *text, int64_t day, struct bc_err *err)
{
    if (day < 0 || day >= BC_DAY_MAX)
        return bc_err_set(err, BC_E_USAGE,
                          "'%s' is outside of what can be asked: 1970-01-01 to 9999-12-30", text);
    *out = (struct when){ .is_day = true, .day = (int32_t)day };
    return BC_OK;
}

/* Months from the first on, so that the sum stays within what the calendar can count. */
static int64_t months_away(int32_t today, int64_t n)
{
    const int64_t limit = INT64_C(12) * 8030; /* from 1970 to beyond 9999 */

    if (n < -limit || n > limit)
        return -1;
    return bc_day_add_months(today, (int)n);
}

/* `-90d` and its like; false: of another form. */
static bool parse_away(int64_t *out_day, const char *text, int32_t today)
{
    int64_t n = 0, sign = text[0] == '-' ? -1 : 1;
    const char *at = text + 1;

    if ((text[0] != '-' && text[0] != '+') || *at < '0' || *at > '9')
        return false;
    for (; *at >= '0' && *at <= '9'; at++)
        n = n < FAR ? n * 10 + (*at - '0') : n;
    if (*at == '\0' || at[1] != '\0')
        return false;
    switch (*at) {
    case 'd':
        *out_day = today + sign * n;
        return true;
    case 'w':
        *out_day = today + sign * n * 7;
        return true;
    case 'm':
        *out_day = months_away(today, sign * n);
        return true;
    case 'y':
        *out_day = months_away(today, sign * n * 12);
        return true;
    }
    return false;
}

/* Four digits, dashes, two digits twice: meant as a day, if perhaps one that is not. */
static bool looks_like_day(const char *text)
{
    static const char form[] = "dddd-dd-dd";

    for (size_t i = 0; i < sizeof(form); i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    return true;
}

static bc_status parse_day(struct when *out, const char *text, struct bc_err *err)
{
    int32_t day;

    if (bc_day_parse(&day, bc_str_of(text)))
        return take_day(out, text, day, err);
    return bc_err_set(err, BC_E_USAGE,
                      "'%s' is no day; expected one that exists, from 1970-01-01 to 9999-12-30",
                      text);
}

/* Does a timestamp end with Z or an offset? Then what is wrong with it is the instant that it
 * means, not the way it was typed. */
static bool has_zone(const char *text)
{
    size_t len = strlen(text);
    char last = text[len - 1], sign = len > 6 ? text[len - 6] : '\0';

    return last == 'Z' || last == 'z' || sign == '+' || (sign == '-' && text[len - 3] == ':');
}

bc_status when_parse(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                     struct bc_err *err)
{
    int32_t today = bc_zone_day(zone, now_us);
    struct bc_err reason = { 0 };
    int64_t value;

    if (strcmp(text, "now") == 0) {
        *out = (struct when){ .us = now_us };
        return BC_OK;
    }
    if (strcmp(text, "today") == 0)
        return take_day(out, text, today, err);
    if (strcmp(text, "yesterday") == 0)
        return take_day(out, text, (int64_t)today - 1, err);
    if (parse_away(&value, text, today))
        return take_day(out, text, value, err);
    if (looks_like_day(text))
        return parse_day(out, text, err);
    if (text[0] < '0' || text[0] > '9' || !strpbrk(text, "Tt"))
        return bad(err, text);
    if (bc_instant_parse(&value, bc_str_of(text), &reason) < 0)
        return bc_err_set(err, has_zone(text) ? BC_E_INPUT : BC_E_USAGE, "%s", reason.message);
    *out = (struct when){ .us = value };
    return BC_OK;
}

int64_t when_instant(const struct when *when, const bc_zone *zone)
{
    return when->is_day ? bc_zone_day_end(zone, when->day) : when->us;
}
