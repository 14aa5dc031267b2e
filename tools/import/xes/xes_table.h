/* tools/import/xes/xes_table.h - an XES log as a table (tools/import/csv/csv_table.h): a row an
 * event, a column an attribute. Those of its trace, the case, are `case:KEY`.
 *
 * An event has a case, a name and a time; what lacks one of these is left out and counted. The
 * steps of a lifecycle that the standard names are written in small letters; others, which many
 * logs have, stay as they are, and are counted. */
#ifndef BC_TOOLS_IMPORT_XES_XES_TABLE_H
#define BC_TOOLS_IMPORT_XES_XES_TABLE_H

#include "tools/import/csv/csv_making.h"
#include "tools/import/source.h"
#include "tools/import/xes/xes_read.h"

/* Events that are left out, for the first of these reasons that holds. */
enum xes_lack { XES_NO_CASE, XES_NO_NAME, XES_NO_TIME, XES_LACK_N };

struct xes_table {
    int fd; /* the rows */
    struct csv_making making;
    struct xes_passed passed;
    struct csv_times lacks[XES_LACK_N];
    struct csv_times other_steps;
    char step[64]; /* the first of these */
};

/* Reads the log twice. BC_E_INPUT: no sound log, or no event in it. */
bc_status xes_table_make(struct xes_table *out, struct source_twice *source, const char *name,
                         struct bc_err *err);
/* `{ .fd = -1 }` is empty. */
void xes_table_release(struct xes_table *table);

#endif
