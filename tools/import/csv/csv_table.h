/* tools/import/csv/csv_table.h - what is no CSV, but rows and columns all the same: as a table that
 * a map reads. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_TABLE_H
#define BC_TOOLS_IMPORT_CSV_CSV_TABLE_H

#include "tools/import/csv/csv_place.h"
#include "tools/import/importer.h"

struct csv_table {
    int fd; /* the rows, as csv_read.h has them with commas, the first the names */
    /* In the source: of each row, that of names too, and of each name. */
    const struct csv_place *rows, *names;
    const char *system; /* "xes": source and ids begin with it */
    bool objects;       /* its map may say which objects are the cases */
    /* What is to be said of it besides, before what is said of its rows; and how it is freed, with
     * `from`, `fd`, `rows` and `names`. */
    void (*tell)(const void *from, importer_say *say, void *to);
    void (*free)(void *from);
    void *from;
};

/* `path` is for messages. On success the importer owns `from`; on failure the caller still does.
 * BC_E_INPUT also: the map is for CSV alone. */
bc_status csv_table_importer(struct importer **out, const struct csv_table *table, const char *path,
                             const char *map_path, struct bc_err *err);

#endif
