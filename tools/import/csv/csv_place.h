/* tools/import/csv/csv_place.h - a row of a delimited text, and where its cells are. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_PLACE_H
#define BC_TOOLS_IMPORT_CSV_CSV_PLACE_H

#include "ledger/base/str.h"

#include <stdint.h>

/* Line and column (in bytes) from 1. */
struct csv_place {
    uint64_t line;
    size_t column;
};

/* A row as read; a view that lives until the reader's next call. */
struct csv_row {
    const struct bc_str *cells; /* each ends with a NUL, which is not counted */
    size_t cell_n;
    struct bc_str raw; /* as it is in the file, without its line end */
    struct csv_place begin;
    char delimiter;                 /* 0: the text was made of something else */
    const struct csv_place *places; /* of its cells there, where they are known; or NULL */
};

/* Where a cell of a row begins; the row's beginning if it has no such cell. */
struct csv_place csv_row_place(const struct csv_row *row, size_t cell);
/* How many lines it takes up: more than one where a cell has line breaks. */
uint64_t csv_row_lines(const struct csv_row *row);
/* The cell that holds a byte of the row. */
size_t csv_row_cell_at(const struct csv_row *row, size_t offset);
/* Line ends within a text: LF, CRLF or CR. */
uint64_t csv_line_breaks(struct bc_str text);

#endif
