/* ledger/base/amount.h - amounts, decimal numbers as they are written, held exactly in millionths.
 *
 * Twelve digits before the point: so the sum of 9 such numbers has room in 64 bits, and whoever
 * adds up more uses 128, where as many as a log can hold have room (2^39 of them need 100 bits).
 * What is finer than a millionth is rounded half to even. */
#ifndef BC_LEDGER_BASE_AMOUNT_H
#define BC_LEDGER_BASE_AMOUNT_H

#include "ledger/base/str.h"

#include <stdint.h>

__extension__ typedef __int128 bc_int128;
__extension__ typedef unsigned __int128 bc_uint128;

#define BC_AMOUNT_ONE INT64_C(1000000)

/* `-?`, 1 to 12 digits, and perhaps a point and any number of digits. False: another form. */
bool bc_amount_parse(int64_t *out, struct bc_str text);

#define BC_AMOUNT_LEN 48
/* With as few decimals as it takes. */
void bc_amount_print(char out[BC_AMOUNT_LEN], bc_int128 millionths);

/* A number divided by a whole one that is not 0, rounded half to even to a millionth. */
int64_t bc_amount_divide(int64_t millionths, uint64_t by);
/* n / of of a number, 0 <= n <= of, rounded so. None is too large for it. */
bc_int128 bc_amount_share(bc_int128 millionths, uint64_t n, uint64_t of);

#endif
