/* tools/import/csv/csv_order.h - the rows of a table in another order than they stand in. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_ORDER_H
#define BC_TOOLS_IMPORT_CSV_CSV_ORDER_H

#include "tools/import/csv/csv_read.h"

typedef struct csv_order csv_order; /* opaque */

/* Reads all that is left of the reader and puts it aside: in a temporary file, if it is much.
 * `cell`: by what the rows have there, ascending, whole numbers by their value and before other
 * texts; equal ones as they stand. CSV_ORDER_BACK: from the last to the first. */
#define CSV_ORDER_BACK SIZE_MAX
bc_status csv_order_open(csv_order **out, csv_reader *reader, size_t cell, struct bc_err *err);
void csv_order_close(csv_order *order); /* NULL is fine */

/* As csv_reader_next. A row after which the rest cannot be read comes last. */
bc_status csv_order_next(csv_order *order, struct csv_row *row, struct bc_err *err);
/* That row was the one handed out last. */
bool csv_order_broken(const csv_order *order);

#endif
