#include "ledger/base/amount.h"

#include <assert.h>
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

/* The digits of a number, and where they begin. */
static size_t put_digits(char out[BC_AMOUNT_LEN], bc_uint128 number)
{
    size_t at = BC_AMOUNT_LEN;

    for (; number || at == BC_AMOUNT_LEN; number /= 10)
        out[--at] = (char)('0' + (int)(number % 10));
    return at;
}

static bc_uint128 size_of(bc_int128 millionths)
{
    return millionths < 0 ? -(bc_uint128)millionths : (bc_uint128)millionths;
}

void bc_amount_print(char out[BC_AMOUNT_LEN], bc_int128 millionths)
{
    const bc_uint128 size = size_of(millionths);
    char digits[BC_AMOUNT_LEN];
    const size_t at = put_digits(digits, size / (bc_uint128)BC_AMOUNT_ONE);
    int n = snprintf(out, BC_AMOUNT_LEN, "%s%.*s.%06u", millionths < 0 ? "-" : "",
                     (int)(BC_AMOUNT_LEN - at), digits + at,
                     (unsigned)(size % (bc_uint128)BC_AMOUNT_ONE));

    while (out[n - 1] == '0')
        n--;
    n -= out[n - 1] == '.';
    out[n] = '\0';
}

int64_t bc_amount_divide(int64_t millionths, uint64_t by)
{
    return (int64_t)bc_amount_share(millionths, 1, by);
}

/* size / of * n, and the same of what is left over: since n is not above `of`, neither product is
 * above the number itself or the square of `of`. */
bc_int128 bc_amount_share(bc_int128 millionths, uint64_t n, uint64_t of)
{
    const bc_uint128 size = size_of(millionths);
    const bc_uint128 rest = size % of * n, left = rest % of;
    bc_uint128 share = size / of * n + rest / of;

    assert(n <= of);
    if (left > of - left || (left == of - left && share & 1))
        share++;
    return millionths < 0 ? -(bc_int128)share : (bc_int128)share;
}
