/* tools/import/csv/csv_source.h - a file that can be read twice. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_SOURCE_H
#define BC_TOOLS_IMPORT_CSV_CSV_SOURCE_H

#include "ledger/base/err.h"

/* Opens a file or, for "-", standard input, and returns a descriptor that is the caller's to close.
 * A pipe is first copied whole to a temporary file. Below zero: BC_E_IO, and *err says why. */
int csv_source_open(const char *path, struct bc_err *err);

#endif
