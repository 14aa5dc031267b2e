#include "tools/print/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Up to here whole numbers are exact, and so are powers of ten up to the 22nd. */
#define WHOLE_MOST 1e15
enum { DECIMALS_MOST = 19 };

/* Digits with a point before the last `decimals` of them, without zeros at the end. */
static void put(char *out, uint64_t digits, int decimals, bool minus)
{
    char text[24];
    int whole = snprintf(text, sizeof(text), "%0*" PRIu64, decimals + 1, digits) - decimals;
    const char *fraction = text + whole, *end = fraction + decimals;

    if (minus)
        *out++ = '-';
    memcpy(out, text, (size_t)whole);
    out += whole;
    while (end > fraction && end[-1] == '0')
        end--;
    if (end > fraction) {
        *out++ = '.';
        memcpy(out, fraction, (size_t)(end - fraction));
        out += end - fraction;
    }
    *out = '\0';
}

/* Does "%g" print it without an exponent, whatever its digits? */
static bool is_plain(double value)
{
    double size = fabs(value);

    return size < WHOLE_MOST && (size >= 1e-4 || (size == 0 && !signbit(value)));
}

/* Prints a plain number that 15 digits read back, and no other. A decimal of so few digits is the
 * only one of them that is this number, so it is what the library would print; and that it reads
 * back is known because both halves of the fraction are exact, and dividing them rounds only once
 * (W. D. Clinger, How to read floating point numbers accurately, 1990). */
static bool print_short(char *out, double value)
{
    static const double tens[DECIMALS_MOST + 1] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,
                                                    1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                                    1e14, 1e15, 1e16, 1e17, 1e18, 1e19 };
    double size = fabs(value), digits;
    int decimals = 0;

    if (size != floor(size))
        while (decimals < DECIMALS_MOST && size * tens[decimals] < WHOLE_MOST / 10)
            decimals++;
    digits = nearbyint(size * tens[decimals]);
    if (digits >= WHOLE_MOST || digits / tens[decimals] != size)
        return false;
    put(out, (uint64_t)digits, decimals, value < 0);
    return true;
}

void number_print(char out[NUMBER_LEN], double value)
{
    int digits = 15;

    if (is_plain(value)) {
        if (print_short(out, value))
            return;
        digits = 16;
    }
    for (; digits <= 17; digits++) {
        (void)snprintf(out, NUMBER_LEN, "%.*g", digits, value);
        if (digits == 17 || strtod(out, NULL) == value)
            break;
    }
}
