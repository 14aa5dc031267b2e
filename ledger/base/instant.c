/* Civil days by Howard Hinnant's algorithms (http://howardhinnant.github.io/date_algorithms.html).
 */
#include "ledger/base/instant.h"

int32_t bc_day_of_civil(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

void bc_civil_of_day(int *year, int *month, int *day_of_month, int32_t day)
{
    int64_t z = (int64_t)day + 719468; /* any 32 bits are a day of some year */
    int era = (int)((z >= 0 ? z : z - 146096) / 146097);
    int day_of_era = (int)(z - (int64_t)era * 146097);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted_month = (5 * day_of_year + 2) / 153;

    *day_of_month = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static int month_length(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return lengths[month - 1] + (month == 2 && leap);
}

/* A day of the years 1970 to 9999, or the nearest one outside. */
static int32_t day_in_range(int64_t day)
{
    return day < 0 ? -1 : day > BC_DAY_MAX ? BC_DAY_MAX + 1 : (int32_t)day;
}

int32_t bc_day_add(int32_t day, int64_t n)
{
    int64_t sum;

    if (__builtin_add_overflow((int64_t)day, n, &sum))
        sum = n;
    return day_in_range(sum);
}

int32_t bc_day_add_months(int32_t day, int64_t n)
{
    int year, month, day_of_month, length;
    int64_t months;

    bc_civil_of_day(&year, &month, &day_of_month, day);
    if (__builtin_add_overflow((int64_t)year * 12 + month - 1, n, &months))
        months = n;
    if (months < INT64_C(1970) * 12 || months >= INT64_C(10000) * 12)
        return day_in_range(months < INT64_C(1970) * 12 ? -1 : BC_DAY_MAX + 1);
    year = (int)(months / 12);
    month = (int)(months % 12) + 1;
    length = month_length(year, month);
    return bc_day_of_civil(year, month, day_of_month < length ? day_of_month : length);
}

/* Reads exactly n digits; -1 if there are not. */
static int digits(struct bc_str text, size_t at, size_t n)
{
    int value = 0;

    if (at + n > text.len)
        return -1;
    for (size_t i = at; i < at + n; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return -1;
        value = value * 10 + (text.at[i] - '0');
    }
    return value;
}

static bool byte_is(struct bc_str text, size_t at, char byte)
{
    return at < text.len && text.at[at] == byte;
}

bool bc_day_parse(int32_t *out_day, struct bc_str text)
{
    int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);

    if (text.len != 10 || !byte_is(text, 4, '-') || !byte_is(text, 7, '-'))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
        return false;
    *out_day = bc_day_of_civil(year, month, day);
    return true;
}

/* The last n digits of a number. */
static char *put_digits(char *out, unsigned value, size_t n)
{
    for (size_t i = n; i-- > 0; value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + n;
}

static char *put_day(char *out, int32_t day)
{
    int year, month, day_of_month;

    bc_civil_of_day(&year, &month, &day_of_month, day);
    out = put_digits(out, (unsigned)year, 4);
    *out++ = '-';
    out = put_digits(out, (unsigned)month, 2);
    *out++ = '-';
    return put_digits(out, (unsigned)day_of_month, 2);
}

void bc_day_print(char out[BC_DAY_LEN], int32_t day)
{
    *put_day(out, day) = '\0';
}

/* The zone at `at`, in seconds to take away from the local time; false if there is none. */
static bool parse_offset(int *out_s, struct bc_str text, size_t at)
{
    int hours, minutes;

    if (at + 1 == text.len && (text.at[at] == 'Z' || text.at[at] == 'z')) {
        *out_s = 0;
        return true;
    }
    hours = digits(text, at + 1, 2);
    minutes = digits(text, at + 4, 2);
    if (at + 6 != text.len || (text.at[at] != '+' && text.at[at] != '-') ||
        text.at[at + 3] != ':' || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return false;
    *out_s = (hours * 60 + minutes) * (text.at[at] == '-' ? -60 : 60);
    return true;
}

/* The fraction of a second that begins at *at with a dot, cut to microseconds. */
static bool parse_fraction(int *out_us, struct bc_str text, size_t *at)
{
    int scale = 100000;
    size_t i = *at + 1;

    *out_us = 0;
    for (; i < text.len && text.at[i] >= '0' && text.at[i] <= '9'; i++, scale /= 10)
        *out_us += (text.at[i] - '0') * scale;
    if (i == *at + 1)
        return false;
    *at = i;
    return true;
}

bc_status bc_instant_parse(int64_t *out_us, struct bc_str text, struct bc_err *err)
{
    struct bc_str date = { text.at, text.len < 10 ? text.len : 10 };
    int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    int fraction_us = 0, offset_s;
    int64_t us;
    int32_t day;
    size_t at = 19;

    if (text.len < 20 || (text.at[10] != 'T' && text.at[10] != 't') || text.at[13] != ':' ||
        text.at[16] != ':' || hour < 0 || minute < 0 || second < 0)
        goto bad;
    if (!bc_day_parse(&day, date) || day < 0 || hour > 23 || minute > 59 || second > 59)
        return bc_err_set(err, BC_E_INPUT,
                          "\"%.*s\" is out of range, expected a time that exists in the years "
                          "1970 to 9999",
                          BC_STR_ARG(text));
    if (text.at[at] == '.' && !parse_fraction(&fraction_us, text, &at))
        goto bad;
    if (at >= text.len || !parse_offset(&offset_s, text, at))
        goto bad;
    us = day * BC_DAY_US + ((hour * 60 + minute) * 60 + second - offset_s) * BC_SECOND_US +
         fraction_us;
    if (us < 0 || us > BC_INSTANT_MAX)
        return bc_err_set(err, BC_E_INPUT,
                          "\"%.*s\" is out of range in UTC, expected the years 1970 to 9999",
                          BC_STR_ARG(text));
    *out_us = us;
    return BC_OK;
bad:
    return bc_err_set(err, BC_E_INPUT,
                      "\"%.*s\" is no timestamp, expected YYYY-MM-DDTHH:MM:SS with Z or an offset",
                      text.len > 64 ? 64 : (int)text.len, text.len ? text.at : "");
}

static void print_instant(char out[BC_INSTANT_LEN], int64_t us, size_t fraction_digits)
{
    const unsigned second = (unsigned)(us % BC_DAY_US / BC_SECOND_US);
    const unsigned fraction = (unsigned)(us % BC_SECOND_US);

    out = put_day(out, (int32_t)(us / BC_DAY_US));
    *out++ = 'T';
    out = put_digits(out, second / 3600, 2);
    *out++ = ':';
    out = put_digits(out, second / 60 % 60, 2);
    *out++ = ':';
    out = put_digits(out, second % 60, 2);
    if (fraction_digits > 0) {
        *out++ = '.';
        out = put_digits(out, fraction_digits == 3 ? fraction / 1000 : fraction, fraction_digits);
    }
    *out++ = 'Z';
    *out = '\0';
}

void bc_instant_print(char out[BC_INSTANT_LEN], int64_t us)
{
    print_instant(out, us, 6);
}

void bc_instant_print_short(char out[BC_INSTANT_LEN], int64_t us)
{
    print_instant(out, us, us % BC_SECOND_US == 0 ? 0 : us % 1000 == 0 ? 3 : 6);
}
