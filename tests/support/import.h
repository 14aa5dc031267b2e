/* tests/support/import.h - what an importer makes of a file, as lines of text. */
#ifndef BC_TESTS_SUPPORT_IMPORT_H
#define BC_TESTS_SUPPORT_IMPORT_H

#include "ledger/record/event.h"

/* An event as "DEAL TIME body field=value ... by ACTOR from SYSTEM:REF:HOW known TIME", or only its
 * id, and a line's end. */
void import_event_print(struct bc_buf *out, const struct bc_event *event, bool ids);

/* Each event as "DEAL TIME body field=value ...", or only its id; each fault as
 * "!:LINE:COLUMN: sentence"; last the rows that were skipped. Ends with a NUL. */
void import_csv_print(struct bc_buf *out, const char *path, const char *map_path, bool ids);
/* The same of an XES log. */
void import_xes_print(struct bc_buf *out, const char *path, const char *map_path, bool ids);
/* The same of an object-centric event log. */
void import_ocel_print(struct bc_buf *out, const char *path, const char *map_path, bool ids);

#endif
