/* tools/sheet/sheet_values.h - the values of a sheet, as Google's Sheets API gives them, as the CSV
 * that a map reads. */
#ifndef BC_TOOLS_SHEET_SHEET_VALUES_H
#define BC_TOOLS_SHEET_SHEET_VALUES_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

#include <jansson.h>

/* Whether the cells of a column are times, so that a number there is a day's. */
typedef bool sheet_is_time(const void *from, struct bc_str column);

/* Adds the rows, first that of the names, each as long as the longest: a cell that is missing is
 * empty. A number where times are is that day, 2025-03-04, or with a time of day, to the
 * millisecond, 2025-03-04 10:30:00.25: what a clock in the spreadsheet's zone shows. Other numbers
 * are written out; where digits are lost, with an exponent. NULL: the sheet is empty. BC_E_REMOTE:
 * these are no values. */
bc_status sheet_values_csv(struct bc_buf *out, const json_t *values, sheet_is_time *is_time,
                           const void *from, struct bc_err *err);

/* The names of the columns in which a cell is a number here, and a text in `shown`: the same values
 * with times as they are displayed. An object, each name a key; the caller's to release. For
 * sheet_is_time: sheet_values_is_time. */
json_t *sheet_values_times(const json_t *values, const json_t *shown);
bool sheet_values_is_time(const void *times, struct bc_str column);

#endif
