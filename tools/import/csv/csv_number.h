/* tools/import/csv/csv_number.h - numbers as people and spreadsheets write them. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_NUMBER_H
#define BC_TOOLS_IMPORT_CSV_CSV_NUMBER_H

#include "ledger/base/str.h"

#define CSV_NUMBER_LEN 64 /* with the NUL */

/* Reads a number with this decimal sign, `,` or `.`: the other one, blanks or apostrophes may stand
 * between thousands, a currency before or after it. Writes it as 1234.56. False: it is none, or is
 * longer than CSV_NUMBER_LEN. */
bool csv_number_parse(char out[CSV_NUMBER_LEN], struct bc_str text, char decimal);
/* 1234.56: digits, a sign before them and a point within or not. */
bool csv_number_is_plain(struct bc_str text);
/* 12.500 without another sign: where the comma is the decimal one, it is 12500. */
bool csv_number_is_either(struct bc_str text);
/* 1.23457E+12, as a spreadsheet shows a long number, whose last digits are lost; in whatever
 * digits, with a sign and blanks or not. `number`: it may also be 1.2E5 or 1.2E-5, as no id is. */
bool csv_number_is_exponent(struct bc_str text, bool number);

#endif
