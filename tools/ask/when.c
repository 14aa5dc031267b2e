/* tools/ask/when.c - dates as people type them: a day, a period, an instant, or an offset from
 * today. */
#include "tools/ask/when.h"

#include "ledger/base/mem.h"
#include "tools/ask/when_words.h"

#include <stdlib.h>

/* More days, weeks, months or years than any calendar here holds, and few enough to multiply. */
#define FAR 4000000

static bc_status bad(struct bc_err *err, const char *text, const char *forms)
{
    return bc_err_set(err, BC_E_USAGE, "'%s' is no date; expected one like %s", text, forms);
}

static bc_status take_day(struct when *out, const char *text, int32_t day, struct bc_err *err)
{
    if (day < 0 || day >= BC_DAY_MAX)
        return bc_err_set(err, BC_E_USAGE,
                          "'%s' is outside of what can be asked: 1970-01-01 to 9999-12-30", text);
    *out = (struct when){ .is_day = true, .day = day };
    return BC_OK;
}

static bc_status take_period(struct when *out, const char *text, struct when_days days,
                             struct bc_err *err)
{
    bc_status rc = take_day(out, text, days.first < 0 ? days.first : days.last, err);

    if (rc == BC_OK) {
        out->is_period = true;
        out->first = days.first;
    }
    return rc;
}

/* `-90d` and the like; false: it has another form. */
static bool parse_away(int32_t *out_day, const char *text, int32_t today)
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
        *out_day = bc_day_add(today, sign * n);
        return true;
    case 'w':
        *out_day = bc_day_add(today, sign * n * 7);
        return true;
    case 'm':
        *out_day = bc_day_add_months(today, sign * n);
        return true;
    case 'y':
        *out_day = bc_day_add_months(today, sign * n * 12);
        return true;
    }
    return false;
}

/* Four digits, a dash, two digits, a dash, two digits, and then `end`: meant as a day, even if it
 * does not exist. */
static bool looks_like_day(const char *text, char end)
{
    static const char form[] = "dddd-dd-dd";

    for (size_t i = 0; form[i]; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    return text[sizeof(form) - 1] == end;
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

/* Does a timestamp end with Z or an offset? Then its instant is at fault, not its form. */
static bool has_zone(const char *text)
{
    size_t len = strlen(text);
    char last = text[len - 1], sign = text[len > 6 ? len - 6 : len];

    return last == 'Z' || last == 'z' || sign == '+' || (sign == '-' && text[len - 3] == ':');
}

/* What is neither a day nor days from today: words, or a timestamp. */
static bc_status parse_rest(struct when *out, const char *text, const char *forms, int32_t today,
                            struct bc_err *err)
{
    struct bc_err reason = { 0 };
    struct when_days days;
    const char *why;
    int64_t us;

    switch (when_words_read(&days, &why, text, today)) {
    case WHEN_WORDS_DAY:
        return take_day(out, text, days.last, err);
    case WHEN_WORDS_PERIOD:
        return take_period(out, text, days, err);
    case WHEN_WORDS_UNCLEAR:
        return bc_err_set(err, BC_E_USAGE, "'%s' %s", text, why);
    case WHEN_WORDS_OTHER:
        break;
    }
    if (text[0] < '0' || text[0] > '9' || !strpbrk(text, "Tt"))
        return bad(err, text, forms);
    if (bc_instant_parse(&us, bc_str_of(text), &reason) < 0)
        return bc_err_set(err, has_zone(text) ? BC_E_INPUT : BC_E_USAGE, "%s", reason.message);
    *out = (struct when){ .us = us };
    return BC_OK;
}

static bc_status parse(struct when *out, const char *text, const char *forms, int64_t now_us,
                       const bc_zone *zone, struct bc_err *err)
{
    int32_t today = bc_zone_day(zone, now_us);
    int32_t day;

    if (strcmp(text, "now") == 0) {
        *out = (struct when){ .us = now_us };
        return BC_OK;
    }
    if (strcmp(text, "today") == 0)
        return take_day(out, text, today, err);
    if (strcmp(text, "yesterday") == 0)
        return take_day(out, text, bc_day_add(today, -1), err);
    if (parse_away(&day, text, today))
        return take_day(out, text, day, err);
    if (looks_like_day(text, '\0'))
        return parse_day(out, text, err);
    return parse_rest(out, text, forms, today, err);
}

bc_status when_parse(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                     struct bc_err *err)
{
    return parse(out, text, WHEN_HELP, now_us, zone, err);
}

static bc_status parse_single(struct when *out, const char *text, const char *forms, int64_t now_us,
                              const bc_zone *zone, struct bc_err *err)
{
    bc_status rc = parse(out, text, forms, now_us, zone, err);

    if (rc == BC_OK && out->is_period)
        rc = bc_err_set(err, BC_E_USAGE,
                        "'%s' is more than a day; expected one like 2025-03-31, end of last month",
                        text);
    return rc;
}

bc_status when_parse_day(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                         struct bc_err *err)
{
    return parse_single(out, text, WHEN_HELP, now_us, zone, err);
}

/* --- by local clocks --- */

/* A number of one or two digits below `end`, and what stands after it; NULL: none. */
static const char *take_number(int64_t *out, const char *at, int64_t end)
{
    size_t digits = strspn(at, "0123456789");

    if (digits == 0 || digits > 2)
        return NULL;
    *out = at[0] - '0';
    if (digits == 2)
        *out = *out * 10 + (at[1] - '0');
    return *out < end ? at + digits : NULL;
}

/* `9:30`, `09:30:15`; false: another form, or a time that no clock shows. */
static bool parse_clock(int64_t *out_us, const char *at)
{
    int64_t hour, minute, second = 0;

    at = take_number(&hour, at, 24);
    at = at && *at == ':' ? take_number(&minute, at + 1, 60) : NULL;
    if (at && *at == ':')
        at = take_number(&second, at + 1, 60);
    if (!at || *at != '\0')
        return false;
    *out_us = ((hour * 60 + minute) * 60 + second) * BC_SECOND_US;
    return true;
}

static bc_status take_local(struct when *out, const char *text, int32_t day, int64_t clock_us,
                            const bc_zone *zone, struct bc_err *err)
{
    const int64_t local_us = day * BC_DAY_US + clock_us;
    int64_t last_us;
    int times = bc_zone_instants(zone, &last_us, local_us);

    if (times != 1)
        return bc_err_set(err, BC_E_USAGE,
                          "'%s' is a time that clocks in %s %s; expected one with an offset, like "
                          "2025-03-31T09:30:00+02:00",
                          text, bc_zone_name(zone), times ? "showed twice" : "skipped");
    if (last_us < 0 || last_us > BC_INSTANT_MAX)
        return bc_err_set(err, BC_E_USAGE, "'%s' is outside of the years 1970 to 9999", text);
    *out = (struct when){ .us = last_us };
    return BC_OK;
}

bc_status when_parse_local(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                           struct bc_err *err)
{
    const char *last = strrchr(text, ' ');
    size_t len = looks_like_day(text, 'T') ? 10 : last ? (size_t)(last - text) : strlen(text);
    struct when day;
    int64_t clock_us;
    char *date;
    bc_status rc;

    if (text[len] == '\0' || !parse_clock(&clock_us, text + len + 1))
        return parse_single(out, text, WHEN_LOCAL_HELP, now_us, zone, err);
    date = bc_strdup((struct bc_str){ text, len });
    rc = parse_single(&day, date, WHEN_LOCAL_HELP, now_us, zone, err);
    if (rc == BC_OK && !day.is_day)
        rc = bad(err, text, WHEN_LOCAL_HELP);
    if (rc == BC_OK)
        rc = take_local(out, text, day.day, clock_us, zone, err);
    free(date);
    return rc;
}

int64_t when_instant(const struct when *when, const bc_zone *zone)
{
    return when->is_day ? bc_zone_day_end(zone, when->day) : when->us;
}

int32_t when_first_day(const struct when *when)
{
    return when->is_period ? when->first : when->day;
}

int64_t when_window_begin(const struct when *when, const bc_zone *zone)
{
    if (!when->is_period)
        return when_instant(when, zone);
    return when->first ? bc_zone_day_end(zone, when->first - 1) : 0; /* before all there can be */
}

void when_print(char out[WHEN_LEN], const struct when *when)
{
    if (when->is_day)
        bc_day_print(out, when->day);
    else
        bc_instant_print(out, when->us);
}

bc_status when_read(struct when *out, struct bc_str text, struct bc_err *err)
{
    *out = (struct when){ 0 };
    out->is_day = bc_day_parse(&out->day, text) && out->day >= 0;
    return out->is_day ? BC_OK : bc_instant_parse(&out->us, text, err);
}

struct when when_of_instant(int64_t us, const bc_zone *zone)
{
    struct when day = { .is_day = true, .day = bc_zone_day(zone, us) };

    return when_instant(&day, zone) == us ? day : (struct when){ .us = us };
}
