#include "tools/import/csv/csv_time.h"

/* What a pattern has given so far; -1: nothing. */
struct parts {
    int year, month, day, hour, minute;
    int64_t second_us;
    int half;    /* 0: am, 1: pm */
    bool twelve; /* the hour is one of twelve */
    bool zoned;
    bool fraction;    /* %f takes what is behind the second */
    int week_day;     /* 1: Monday; 0: none was told */
    int32_t offset_s; /* to add to UTC */
};

static const char *const months[] = { "january",   "february", "march",    "april",
                                      "may",       "june",     "july",     "august",
                                      "september", "october",  "november", "december" };

static const char *const week_days[] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday" };

static const struct {
    const char *name;
    int64_t us;
} epochs[] = { { "epoch_s", BC_SECOND_US }, { "epoch_ms", 1000 }, { "epoch_us", 1 } };

static bool named(struct bc_str text, const char *name)
{
    return bc_str_eq(text, bc_str_of(name));
}

/* Microseconds of one unit of an epoch format, or 0. */
static int64_t epoch_unit(struct bc_str text)
{
    for (size_t i = 0; i < sizeof(epochs) / sizeof(epochs[0]); i++)
        if (named(text, epochs[i].name))
            return epochs[i].us;
    return 0;
}

/* The day that a spreadsheet counts as 0, or 0 if that is no such format. */
static int32_t serial_epoch(struct bc_str text)
{
    return named(text, "excel_1900")   ? bc_day_of_civil(1899, 12, 30)
           : named(text, "excel_1904") ? bc_day_of_civil(1904, 1, 1)
                                       : 0;
}

static bool pattern_has(struct bc_str text, const char *letters)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.at[i] != '%')
            continue;
        i++;
        if (strchr(letters, text.at[i]))
            return true;
    }
    return false;
}

bc_status csv_format_init(struct csv_format *out, struct bc_str text, struct bc_err *err)
{
    bool whole = named(text, "rfc3339") || epoch_unit(text);

    *out = (struct csv_format){
        .text = text, .has_zone = whole, .has_time = whole, .has_day = !epoch_unit(text)
    };
    if (whole || serial_epoch(text))
        return BC_OK;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '%')
            continue;
        i++;
        if (i == text.len || !strchr("YymbBdaAHIMSfpz%", text.at[i]))
            return bc_err_set(err, BC_E_INPUT,
                              "no part of a time: %%%.*s, expected one of %%Y %%y %%m %%b %%B %%d "
                              "%%a %%A %%H %%I %%M %%S %%f %%p %%z %%%%",
                              i < text.len, text.at + i);
    }
    if (!pattern_has(text, "Yy") || !pattern_has(text, "mbB") || !pattern_has(text, "d"))
        return bc_err_set(
            err, BC_E_INPUT,
            "\"%.*s\" gives no day, expected rfc3339, epoch_s, epoch_ms, epoch_us, "
            "excel_1900, excel_1904 or a pattern with year, month and day, as %%Y-%%m-%%d",
            BC_STR_ARG(text));
    if (pattern_has(text, "p") != pattern_has(text, "I"))
        return bc_err_set(err, BC_E_INPUT, "%%I and %%p are used together or not at all");
    out->has_zone = pattern_has(text, "z");
    out->has_time = pattern_has(text, "HI");
    if (!out->has_time && (out->has_zone || pattern_has(text, "MSf")))
        return bc_err_set(err, BC_E_INPUT, "\"%.*s\" gives a time of day without the hour",
                          BC_STR_ARG(text));
    return BC_OK;
}

static bool is_digit(struct bc_str s)
{
    return s.len > 0 && s.at[0] >= '0' && s.at[0] <= '9';
}

static void skip(struct bc_str *s, size_t n)
{
    s->at += n;
    s->len -= n;
}

/* Digits, from `least` to `most` of them. */
static bool number(int *out, struct bc_str *s, int least, int most)
{
    int n = 0, value = 0;

    for (; n < most && is_digit(*s); n++, skip(s, 1))
        value = value * 10 + (s->at[0] - '0');
    *out = value;
    return n >= least;
}

static bool take_word(struct bc_str *s, const char *word, size_t len)
{
    if (s->len < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((s->at[i] | 0x20) != word[i])
            return false;
    skip(s, len);
    return true;
}

/* One of the names, whole or its first three letters; counted from 1. */
static bool name(int *out, struct bc_str *s, const char *const *names, int n)
{
    for (int i = 0; i < n; i++) {
        if (take_word(s, names[i], strlen(names[i])) || take_word(s, names[i], 3)) {
            *out = i + 1;
            return true;
        }
    }
    return false;
}

/* Digits behind the point of a unit. */
static bool fraction(int64_t *out_us, struct bc_str *s, int64_t unit_us)
{
    if (!is_digit(*s))
        return false;
    for (; is_digit(*s); skip(s, 1)) {
        unit_us /= 10; /* 0 past the microsecond */
        *out_us += unit_us * (s->at[0] - '0');
    }
    return true;
}

static bool seconds(struct parts *p, struct bc_str *s)
{
    int whole;

    if (!number(&whole, s, 1, 2) || whole > 59)
        return false;
    p->second_us += whole * BC_SECOND_US;
    if (p->fraction || s->len < 2 || (s->at[0] != '.' && s->at[0] != ',') || s->at[1] < '0' ||
        s->at[1] > '9')
        return true;
    skip(s, 1);
    return fraction(&p->second_us, s, BC_SECOND_US);
}

static bool zone(struct parts *p, struct bc_str *s)
{
    int hours, minutes = 0, sign; /* +HH alone is fine */

    p->zoned = true;
    p->offset_s = 0;
    if (take_word(s, "utc", 3) || take_word(s, "gmt", 3) || take_word(s, "z", 1))
        return true;
    if (s->len == 0 || (s->at[0] != '+' && s->at[0] != '-'))
        return false;
    sign = s->at[0] == '-' ? -1 : 1;
    skip(s, 1);
    if (!number(&hours, s, 2, 2) || hours > 23)
        return false;
    if (s->len > 0 && s->at[0] == ':' ? (skip(s, 1), true) : is_digit(*s))
        if (!number(&minutes, s, 2, 2) || minutes > 59)
            return false;
    p->offset_s = sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool half_day(struct parts *p, struct bc_str *s)
{
    p->half = take_word(s, "pm", 2);
    return p->half || take_word(s, "am", 2);
}

static bool part(struct parts *p, char letter, struct bc_str *s)
{
    bool ok;

    switch (letter) {
    case 'Y':
        return number(&p->year, s, 4, 4);
    case 'y':
        ok = number(&p->year, s, 2, 2);
        p->year += p->year < 70 ? 2000 : 1900;
        return ok;
    case 'm':
        return number(&p->month, s, 1, 2);
    case 'b':
    case 'B':
        return name(&p->month, s, months, 12);
    case 'a':
    case 'A':
        return name(&p->week_day, s, week_days, 7);
    case 'd':
        return number(&p->day, s, 1, 2);
    case 'I':
        p->twelve = true;
        return number(&p->hour, s, 1, 2) && p->hour >= 1 && p->hour <= 12;
    case 'H':
        return number(&p->hour, s, 1, 2) && p->hour <= 23;
    case 'M':
        return number(&p->minute, s, 1, 2) && p->minute <= 59;
    case 'S':
        return seconds(p, s);
    case 'f':
        return fraction(&p->second_us, s, BC_SECOND_US);
    case 'p':
        return half_day(p, s);
    default:
        return letter == 'z' && zone(p, s);
    }
}

static bool literal(char byte, struct bc_str *s)
{
    bool met = s->len > 0 && s->at[0] == byte;

    if (!met)
        return false;
    do
        skip(s, 1);
    while (byte == ' ' && s->len > 0 && s->at[0] == ' ');
    return true;
}

static bool pattern_parse(struct parts *p, struct bc_str pattern, struct bc_str text)
{
    p->fraction = pattern_has(pattern, "f");
    for (size_t i = 0; i < pattern.len; i++) {
        bool escape = pattern.at[i] == '%';

        i += escape;
        if (escape && pattern.at[i] != '%' ? !part(p, pattern.at[i], &text)
                                           : !literal(pattern.at[i], &text))
            return false;
    }
    return text.len == 0;
}

/* RFC 3339, and what of ISO 8601 is written beside it. */
static bool rfc3339_parse(struct parts *p, struct bc_str text)
{
    static const char *const patterns[] = { "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z",
                                            "%Y-%m-%dt%H:%M:%S%z", "%Y-%m-%d %H:%M:%S %z",
                                            "%Y-%m-%dT%H:%M%z",    "%Y-%m-%d %H:%M%z",
                                            "%Y-%m-%d %H:%M %z" };

    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
        *p = (struct parts){ 0 };
        if (pattern_parse(p, bc_str_of(patterns[i]), text))
            return true;
    }
    return false;
}

static int32_t day_of(int64_t us)
{
    return (int32_t)(bc_floor_div(us, BC_DAY_US));
}

static bool moment_of(struct csv_moment *out, const struct parts *p)
{
    int year, month, day, hour = p->hour;

    if (p->year < 1 || p->month < 1 || p->month > 12 || p->day < 1 || p->day > 31)
        return false;
    out->day = bc_day_of_civil(p->year, p->month, p->day);
    bc_civil_of_day(&year, &month, &day, out->day);
    if (day != p->day)
        return false; /* 30 February */
    if (p->week_day && (out->day - bc_day_of_civil(1, 1, 1)) % 7 + 1 != p->week_day)
        return false; /* the first day of year 1 was a Monday */
    if (p->twelve)
        hour = hour % 12 + 12 * p->half;
    out->us = out->day * BC_DAY_US + ((int64_t)hour * 60 + p->minute) * 60 * BC_SECOND_US +
              p->second_us - p->offset_s * BC_SECOND_US;
    out->fixed = p->zoned;
    return true;
}

/* 45658.75: days, and a part of one, to the millisecond, which is what such a cell holds. */
static bool serial_parse(struct csv_moment *out, int32_t epoch, struct bc_str text)
{
    bool from_1900 = epoch < bc_day_of_civil(1900, 1, 1);
    int64_t part_us = 0;
    int days;

    if (!number(&days, &text, 1, 7) || (from_1900 && (days == 0 || days == 60)))
        return false; /* 60 is a 29 February 1900, which was not */
    out->day = epoch + days + (from_1900 && days < 60);
    if (text.len > 0) {
        if (text.at[0] != '.' && text.at[0] != ',')
            return false;
        skip(&text, 1);
        out->has_time = true;
        if (!fraction(&part_us, &text, BC_DAY_US) || text.len > 0)
            return false;
    }
    out->us = out->day * BC_DAY_US + (part_us + 500) / 1000 * 1000;
    out->day = day_of(out->us);
    return out->day <= BC_DAY_MAX;
}

static bool epoch_parse(struct csv_moment *out, int64_t unit, struct bc_str text)
{
    int64_t value = 0;

    if (text.len == 0 || text.len > 18)
        return false;
    for (; is_digit(text); skip(&text, 1))
        value = value * 10 + (text.at[0] - '0');
    if (text.len > 0 || value > BC_INSTANT_MAX / unit)
        return false;
    out->fixed = true;
    out->us = value * unit;
    return true;
}

bool csv_format_fits(const struct csv_format *format, struct bc_str text)
{
    struct parts p = { 0 };

    if (epoch_unit(format->text) || serial_epoch(format->text))
        return false;
    if (named(format->text, "rfc3339"))
        return rfc3339_parse(&p, text);
    return pattern_parse(&p, format->text, text);
}

bool csv_format_parse(struct csv_moment *out, const struct csv_format *format, struct bc_str text)
{
    int64_t unit = epoch_unit(format->text);
    struct parts p = { 0 };

    *out = (struct csv_moment){ .has_time = format->has_time };
    if (unit)
        return epoch_parse(out, unit, text);
    if (serial_epoch(format->text))
        return serial_parse(out, serial_epoch(format->text), text);
    if (named(format->text, "rfc3339"))
        return rfc3339_parse(&p, text) && moment_of(out, &p);
    return pattern_parse(&p, format->text, text) && moment_of(out, &p);
}
