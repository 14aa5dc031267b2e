/* tools/sheet/sheet_kept.h - what is kept of a reading, by which the next one knows whether the
 * table is the same. No cell of it is kept, and no address, which may be a secret. */
#ifndef BC_TOOLS_SHEET_SHEET_KEPT_H
#define BC_TOOLS_SHEET_SHEET_KEPT_H

#include "ledger/record/merkle.h"
#include "tools/sheet/sheet_fetch.h"

/* Texts are "" where nothing is known. */
struct sheet_kept {
    struct bc_hash place; /* of the address */
    struct bc_hash body;  /* of the table as CSV */
    const char *etag, *last_modified, *version, *zone;
    uint64_t bytes;    /* of the table */
    uint64_t rejected; /* lines that were refused */
};

/* From the state of a run, which it borrows; NULL, or of another form: all is empty. */
struct sheet_kept sheet_kept_of(const json_t *state);
/* The state for a run; the caller's to release. */
json_t *sheet_kept_state(const struct sheet_kept *kept);

/* As it is after a table was fetched, whose texts it borrows: of one that is unchanged what is not
 * said anew is as it was. */
struct sheet_kept sheet_kept_after(const struct sheet_kept *before,
                                   const struct sheet_table *table);

#endif
