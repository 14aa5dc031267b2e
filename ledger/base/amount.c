#include "ledger/base/amount.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WHOLE_MAX = 12, DECIMALS = 6 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(struct bc_str text, size_t at)
{
    size_t n = 0;

    while (at + n < text.len && is_digit(text.at[at + n]))
        n++;
    return n;
}

/* Whether the decimals that are cut off round the last kept one up. */
static bool rounds_up(struct bc_str cut, bool odd)
{
    if (cut.len == 0 || cut.at[0] != '5')
        return cut.len && cut.at[0] > '5';
    for (size_t i = 1; i < cut.len; i++)
        if (cut.at[i] != '0')
            return true;
    return odd;
}

bool bc_amount_parse(int64_t *out, struct bc_str text)
{
    const bool negative = text.len && text.at[0] == '-';
    size_t at = negative, n = digits_at(text, at);
    int64_t number = 0;

    if (n == 0 || n > WHOLE_MAX)
        return false;
    for (; n; n--)
        number = number * 10 + (text.at[at++] - '0');
    if (at < text.len) {
        if (text.at[at++] != '.')
            return false;
        n = digits_at(text, at);
        if (n == 0 || at + n != text.len)
            return false;
    }
    for (size_t i = 0; i < DECIMALS; i++)
        number = number * 10 + (i < n ? text.at[at + i] - '0' : 0);
    if (n > DECIMALS)
        number += rounds_up(bc_str_part(text, at + DECIMALS, at + n), number & 1);
    *out = negative ? -number : number;
    return true;
}

void bc_amount_print(char out[BC_AMOUNT_LEN], int64_t millionths)
{
    const uint64_t size = millionths < 0 ? -(uint64_t)millionths : (uint64_t)millionths;
    int n = snprintf(out, BC_AMOUNT_LEN, "%s%" PRIu64 ".%06" PRIu64, millionths < 0 ? "-" : "",
                     size / (uint64_t)BC_AMOUNT_ONE, size % (uint64_t)BC_AMOUNT_ONE);

    while (out[n - 1] == '0')
        n--;
    n -= out[n - 1] == '.';
    out[n] = '\0';
}

int64_t bc_amount_divide(int64_t millionths, uint64_t by)
{
    const uint64_t size = millionths < 0 ? -(uint64_t)millionths : (uint64_t)millionths;
    const uint64_t left = size % by;
    uint64_t quotient = size / by;

    if (left > by - left || (left == by - left && quotient & 1))
        quotient++;
    return millionths < 0 ? -(int64_t)quotient : (int64_t)quotient;
}
