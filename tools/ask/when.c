/* tools/ask/when.c - dates as people type them: a day, an instant, or an offset from today. */
#include "tools/ask/when.h"

/* More days, weeks, months or years than any calendar here holds, and few enough to multiply. */
#define FAR 4000000

static bc_status bad(struct bc_err *err, const char *text)
{
    return bc_err_set(err, BC_E_USAGE, "'%s' is no date; expected one like " WHEN_HELP, text);
}

static bc_status take_day(struct when *out, const char *text, int32_t day, struct bc_err *err)
{
    if (day < 0 || day >= BC_DAY_MAX)
        return bc_err_set(err, BC_E_USAGE,
                          "'%s' is outside of what can be asked: 1970-01-01 to 9999-12-30", text);
    *out = (struct when){ .is_day = true, .day = day };
    return BC_OK;
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

/* Four digits, a dash, two digits, a dash, two digits: meant as a day, even if it does not
 * exist. */
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

/* Does a timestamp end with Z or an offset? Then its instant is at fault, not its form. */
static bool has_zone(const char *text)
{
    size_t len = strlen(text);
    char last = text[len - 1], sign = text[len > 6 ? len - 6 : len];

    return last == 'Z' || last == 'z' || sign == '+' || (sign == '-' && text[len - 3] == ':');
}

bc_status when_parse(struct when *out, const char *text, int64_t now_us, const bc_zone *zone,
                     struct bc_err *err)
{
    int32_t today = bc_zone_day(zone, now_us);
    struct bc_err reason = { 0 };
    int32_t day;
    int64_t us;

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
    if (looks_like_day(text))
        return parse_day(out, text, err);
    if (text[0] < '0' || text[0] > '9' || !strpbrk(text, "Tt"))
        return bad(err, text);
    if (bc_instant_parse(&us, bc_str_of(text), &reason) < 0)
        return bc_err_set(err, has_zone(text) ? BC_E_INPUT : BC_E_USAGE, "%s", reason.message);
    *out = (struct when){ .us = us };
    return BC_OK;
}

int64_t when_instant(const struct when *when, const bc_zone *zone)
{
    return when->is_day ? bc_zone_day_end(zone, when->day) : when->us;
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
