/* tools/import/csv/csv_making.h - a table made of what is none (csv_table.h): first the names of
 * all its columns are given, then the rows, cell by cell. The rows go to a temporary file. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_MAKING_H
#define BC_TOOLS_IMPORT_CSV_CSV_MAKING_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"
#include "tools/import/csv/csv_place.h"

#include <stdio.h>

struct csv_making {
    struct csv_making_column *columns; /* in byte order of their names */
    size_t n, cap;
    FILE *file;
    struct bc_buf row;
    uint64_t written; /* bytes */
    bc_arena *arena;
    /* Of csv_table.h: of each row, that of names too, and of each name. */
    struct csv_place *rows, *names;
    size_t row_n, row_cap;
};

/* `name` is that of the source, for messages. Released also after a failure. */
bc_status csv_making_open(struct csv_making *out, const char *name, struct bc_err *err);
void csv_making_release(struct csv_making *making); /* `{ 0 }` is fine */

/* Adds a column unless it is there; keeps the name. BC_E_INPUT: there are too many. */
bc_status csv_making_column(struct csv_making *making, struct bc_str name, struct csv_place at,
                            struct bc_err *err);
/* Ends the columns, of which there is one at least: writes their names as the first row. */
bc_status csv_making_names(struct csv_making *making, struct bc_err *err);
/* Sets a cell of the row at hand; the text is lent until the row's end. False: it was set in this
 * row before. */
bool csv_making_cell(struct csv_making *making, struct bc_str name, struct bc_str text);
/* Ends a row; `read`: bytes of the source so far. BC_E_INPUT: what the rows repeat makes a table
 * that is far larger than its source. */
bc_status csv_making_row(struct csv_making *making, struct csv_place at, uint64_t read,
                         struct bc_err *err);
/* The rows as a file of their own, which is the caller's to close. */
bc_status csv_making_file(const struct csv_making *making, int *fd, const char *name,
                          struct bc_err *err);

#endif
