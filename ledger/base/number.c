#include "ledger/base/number.h"

#include "ledger/base/mem.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

static size_t digits_at(struct bc_str text, size_t at)
{
    size_t n = 0;

    while (at + n < text.len && isdigit((unsigned char)text.at[at + n]))
        n++;
    return n;
}

static bool is_decimal(struct bc_str text)
{
    size_t at = text.len && text.at[0] == '-', digits = digits_at(text, at), exponent;

    at += digits;
    if (at < text.len && text.at[at] == '.') {
        digits += digits_at(text, at + 1);
        at += 1 + digits_at(text, at + 1);
    }
    if (digits == 0 || at == text.len)
        return digits > 0;
    if (text.at[at] != 'e' && text.at[at] != 'E')
        return false;
    at++;
    if (at < text.len && (text.at[at] == '+' || text.at[at] == '-'))
        at++;
    exponent = digits_at(text, at);
    return exponent > 0 && at + exponent == text.len;
}

bool bc_number_parse(double *out, struct bc_str text)
{
    double number;
    char *copy;

    if (!is_decimal(text))
        return false;
    copy = bc_strdup(text);
    number = strtod(copy, NULL);
    free(copy);
    if (!isfinite(number))
        return false;
    *out = number;
    return true;
}
