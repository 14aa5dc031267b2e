/* tools/import/xes/xes_table.h - an XES log as a table (tools/import/csv/csv_table.h): a row an
 * event, a column an attribute. Those of its trace, the case, are `case:KEY`.
 *
 * An event has a case, a name, a time, and a known step of its lifecycle or none; what lacks one of
 * these is left out and counted. Steps are written in small letters. */
#ifndef BC_TOOLS_IMPORT_XES_XES_TABLE_H
#define BC_TOOLS_IMPORT_XES_XES_TABLE_H

#include "tools/import/xes/xes_read.h"

/* Events that are left out, for the first of these reasons that holds. */
enum xes_lack { XES_NO_CASE, XES_NO_NAME, XES_NO_TIME, XES_NO_STEP, XES_LACK_N };

struct xes_table {
    int fd; /* the rows */
    uint64_t *lines;
    size_t row_n, row_cap;
    struct xes_passed passed;
    struct csv_times lacks[XES_LACK_N];
    char step[64]; /* the first that is not known */
};

/* Reads the log of a descriptor, which it does not keep, twice. BC_E_INPUT: no sound log, or no
 * event in it. */
bc_status xes_table_make(struct xes_table *out, int fd, const char *name, struct bc_err *err);
/* `{ .fd = -1 }` is empty. */
void xes_table_release(struct xes_table *table);

#endif
