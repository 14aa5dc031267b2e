/* tests/support/import.h - what an importer makes of a file, as lines of text. */
#ifndef BC_TESTS_SUPPORT_IMPORT_H
#define BC_TESTS_SUPPORT_IMPORT_H

#include "ledger/base/mem.h"

/* Each event as "DEAL TIME body field=value ...", or only its id; each fault as
 * "!:LINE:COLUMN: sentence"; last the rows that were skipped. Ends with a NUL. */
void import_csv_print(struct bc_buf *out, const char *path, const char *map_path, bool ids);

#endif
