/* tools/import/csv/csv_id.h - the ids of a map's events. Those of a map without `key` have a second
 * scheme, and had a first:
 *
 *   by key    csv:MAP/DEAL/KEY/LABEL
 *   scheme 1  csv:MAP/DEAL/ROW[.n]/LABEL    ROW: a digest of the row's cells as they are written
 *   scheme 2  csv:MAP/DEAL/BODY/SAID[.n]    SAID: a digest of deal, instant and body
 *
 * n counts equal ones from 2. Texts are percent-encoded; what would be too long is a digest. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_ID_H
#define BC_TOOLS_IMPORT_CSV_CSV_ID_H

#include "ledger/base/mem.h"
#include "ledger/record/event.h"
#include "tools/import/csv/csv_seen.h"

/* Percent-encodes what would make two ids look alike or hard to read. */
void csv_id_escape(struct bc_buf *out, struct bc_str text);
void csv_id_digest(struct bc_buf *out, struct csv_digest digest);

/* By key, or of scheme 1. `prefix` is "csv:MAP/". */
void csv_id_row(struct bc_buf *out, const char *prefix, struct bc_str deal, struct bc_str row,
                const char *label);

/* What an event says: its deal, its instant and its body, and not how it was learnt. */
struct csv_digest csv_id_said(const struct bc_event *event);
/* Of scheme 2; the n-th, from 1, that says so. */
void csv_id_event(struct bc_buf *out, const char *prefix, const struct bc_event *event,
                  struct csv_digest said, uint64_t n);
/* Such an id with another number. */
void csv_id_number(struct bc_buf *out, struct bc_str id, uint64_t n);

#endif
