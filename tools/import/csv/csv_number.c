#include "tools/import/csv/csv_number.h"

#include "tools/import/csv/csv_blank.h"

#include <string.h>

enum { FOLDED = 128 };

/* Signs of other scripts and keyboards, and what they stand for. */
static const struct {
    const char *sign;
    char plain;
} folds[] = {
    { "\xE2\x88\x92", '-' }, { "\xE2\x80\x99", '\'' }, { "\xEF\xBC\x8B", '+' },
    { "\xEF\xBC\x8D", '-' }, { "\xEF\xBC\x8C", ',' },  { "\xEF\xBC\x8E", '.' },
    { "\xEF\xBC\xA5", 'E' }, { "\xEF\xBD\x85", 'e' },
};

static bool begins(struct bc_str text, const char *with)
{
    size_t len = strlen(with);

    return text.len >= len && memcmp(text.at, with, len) == 0;
}

static void skip(struct bc_str *text, size_t n)
{
    text->at += n;
    text->len -= n;
}

static char fold_one(struct bc_str *text)
{
    const size_t blank = csv_blank(*text, false);
    char byte = text->at[0];

    if (blank > 0) {
        skip(text, blank);
        return ' ';
    }
    for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++) {
        if (begins(*text, folds[i].sign)) {
            skip(text, strlen(folds[i].sign));
            return folds[i].plain;
        }
    }
    if (text->len >= 3 && begins(*text, "\xEF\xBC") && (unsigned char)text->at[2] >= 0x90 &&
        (unsigned char)text->at[2] <= 0x99) { /* full-width digits */
        byte = (char)('0' + ((unsigned char)text->at[2] - 0x90));
        skip(text, 2);
    }
    skip(text, 1);
    return byte;
}

/* In plain signs; without the blanks around it. What is longer than any number becomes nothing. */
static struct bc_str fold(char out[FOLDED], struct bc_str text)
{
    struct bc_str folded = { out, 0 };

    while (text.len > 0 && folded.len < FOLDED)
        out[folded.len++] = fold_one(&text);
    if (text.len > 0)
        return (struct bc_str){ out, 0 };
    while (folded.len > 0 && folded.at[folded.len - 1] == ' ')
        folded.len--;
    while (folded.len > 0 && folded.at[0] == ' ')
        skip(&folded, 1);
    return folded;
}

static bool is_digit(struct bc_str text)
{
    return text.len > 0 && text.at[0] >= '0' && text.at[0] <= '9';
}

static bool take(struct bc_str *text, char byte)
{
    bool there = text->len > 0 && text->at[0] == byte;

    skip(text, there);
    return there;
}

static void skip_blanks(struct bc_str *text)
{
    while (take(text, ' '))
        ;
}

/* Three letters, as EUR, or one of the signs. */
static bool take_currency(struct bc_str *text)
{
    static const char *const signs[] = { "$",  "\xE2\x82\xAC", "\xC2\xA3",  "\xC2\xA5",
                                         "kr", "z\xC5\x82",    "K\xC4\x8D", "Fr." };
    size_t letters = 0;

    while (letters < text->len && text->at[letters] >= 'A' && text->at[letters] <= 'Z')
        letters++;
    if (letters == 3) {
        skip(text, letters);
        return true;
    }
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (begins(*text, signs[i])) {
            skip(text, strlen(signs[i]));
            return true;
        }
    }
    return false;
}

/* Of the digits before the decimal sign: 1234567, or in groups of three, with one sign between; by
 * commas all but the last may be of two, as India writes them. No group begins a number with 0: of
 * 0.123 the point is the decimal sign. */
static bool take_whole(char *out, size_t *len, struct bc_str *text, char other)
{
    size_t group = 0, groups = 0, first = *len;
    char between = '\0';

    while (*len + 2 < CSV_NUMBER_LEN) {
        if (is_digit(*text)) {
            out[(*len)++] = text->at[0];
            group++;
            skip(text, 1);
            continue;
        }
        if (text->len < 2 || !is_digit((struct bc_str){ text->at + 1, 1 }) ||
            !(text->at[0] == other || text->at[0] == ' ' || text->at[0] == '\'') ||
            (between && text->at[0] != between))
            break;
        if (group == 0 || group > 3 || out[first] == '0' ||
            (groups > 0 && group < (between == ',' ? 2 : 3)))
            return false;
        between = text->at[0];
        groups++;
        group = 0;
        skip(text, 1);
    }
    return group > 0 && (groups == 0 || group == 3);
}

static bool take_sign(char *out, size_t *len, struct bc_str *text)
{
    bool minus = take(text, '-');

    if (minus)
        out[(*len)++] = '-';
    return minus || take(text, '+');
}

bool csv_number_parse(char out[CSV_NUMBER_LEN], struct bc_str text, char decimal)
{
    char folded[FOLDED];
    struct bc_str rest = fold(folded, text);
    bool currency, sign;
    size_t len = 0;

    sign = take_sign(out, &len, &rest);
    currency = take_currency(&rest);
    skip_blanks(&rest);
    if (!sign)
        (void)take_sign(out, &len, &rest);
    if (!take_whole(out, &len, &rest, decimal == ',' ? '.' : ','))
        return false;
    if (rest.len > 1 && rest.at[0] == decimal && is_digit((struct bc_str){ rest.at + 1, 1 })) {
        out[len++] = '.';
        for (skip(&rest, 1); is_digit(rest) && len + 1 < CSV_NUMBER_LEN; skip(&rest, 1))
            out[len++] = rest.at[0];
    }
    skip_blanks(&rest);
    if (!currency && take_currency(&rest))
        skip_blanks(&rest);
    out[len] = '\0';
    return rest.len == 0;
}

bool csv_number_is_plain(struct bc_str text)
{
    char out[CSV_NUMBER_LEN];

    for (size_t i = 0; i < text.len; i++)
        if (!strchr("0123456789+-.", text.at[i]))
            return false;
    return csv_number_parse(out, text, '.');
}

bool csv_number_is_either(struct bc_str text)
{
    char comma[CSV_NUMBER_LEN], point[CSV_NUMBER_LEN];

    return csv_number_parse(comma, text, ',') && csv_number_parse(point, text, '.') &&
           strcmp(comma, point) != 0;
}

bool csv_number_is_exponent(struct bc_str text, bool number)
{
    char folded[FOLDED];
    struct bc_str rest = fold(folded, text);
    bool sign;

    (void)(take(&rest, '-') || take(&rest, '+'));
    skip_blanks(&rest);
    if (!is_digit(rest) && !(rest.len > 1 && is_digit((struct bc_str){ rest.at + 1, 1 })))
        return false;
    while (is_digit(rest) || (rest.len > 0 && strchr(".,", rest.at[0])))
        skip(&rest, 1);
    skip_blanks(&rest);
    if (!take(&rest, 'e') && !take(&rest, 'E'))
        return false;
    skip_blanks(&rest);
    sign = take(&rest, '+') || (number && take(&rest, '-'));
    skip_blanks(&rest);
    if ((!sign && !number) || !is_digit(rest))
        return false;
    while (is_digit(rest))
        skip(&rest, 1);
    return rest.len == 0;
}
