/* tools/import/ocel/ocel_read.h - the objects and events of an object-centric event log (OCEL 2.0),
 * as they stand in it. */
#ifndef BC_TOOLS_IMPORT_OCEL_OCEL_READ_H
#define BC_TOOLS_IMPORT_OCEL_OCEL_READ_H

#include "ledger/base/err.h"
#include "tools/import/csv/csv_summary.h"
#include "tools/import/gunzip.h"
#include "tools/import/ocel/ocel_entry.h"

/* The entry is lent. A failure ends the reading. Of a BC_E_INPUT *at, where the entry begins, may
 * be set to where the fault is; the name is added. */
typedef bc_status ocel_take(void *to, const struct ocel_entry *entry, struct csv_place *at,
                            struct bc_err *err);

struct ocel_takers {
    ocel_take *object; /* NULL: objects are passed over */
    ocel_take *event;
    void *to;
    struct csv_times *between; /* relationships between objects, which are passed over */
    struct csv_times *unknown; /* keys that the standard does not have, which are passed over */
};

/* Reads a log as JSON, plain or gzipped. *bytes: of it, unpacked, while it is read. BC_E_INPUT: no
 * sound log; *err has the place. Nothing that is gzipped is certain before the end. */
bc_status ocel_read(gunzip *gz, const char *name, const struct ocel_takers *takers, uint64_t *bytes,
                    struct bc_err *err);

#endif
