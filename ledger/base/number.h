/* ledger/base/number.h - numbers as people write them, to the nearest that a double holds. */
#ifndef BC_LEDGER_BASE_NUMBER_H
#define BC_LEDGER_BASE_NUMBER_H

#include "ledger/base/str.h"

/* Digits, with a minus, a point and an exponent where wanted: what every reader of YAML takes for a
 * number. False: another form, or one too large for a double. */
bool bc_number_parse(double *out, struct bc_str text);

#endif
