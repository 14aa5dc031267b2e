/* tools/import/csv/csv_read.h - the rows of a delimited text, and the place of each cell.
 *
 * RFC 4180, strictly: a quote only around a whole cell, doubled within; cells keep their spaces and
 * their line breaks. LF, CRLF or CR end a row, blank lines are skipped, a byte order mark is
 * accepted. The text is UTF-8 without U+0000, plain or gzipped (tools/import/csv/gunzip.h). */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_READ_H
#define BC_TOOLS_IMPORT_CSV_CSV_READ_H

#include "ledger/base/err.h"
#include "ledger/base/str.h"

#include <stdint.h>

#define CSV_ROW_MAX (16 << 20) /* bytes of a row */

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
    char delimiter;
};

typedef struct csv_reader csv_reader; /* opaque */

/* Opens a file or, for "-", standard input. What cannot be read twice is first copied to a
 * temporary file. BC_E_INPUT: it is gzipped and damaged; *err says where. */
bc_status csv_reader_open(csv_reader **out, const char *path, char delimiter, struct bc_err *err);
void csv_reader_close(csv_reader *reader); /* NULL is fine */

/* BC_OK: a row. BC_DONE: the end. BC_E_INPUT: row->raw and row->begin tell the bad row, *err the
 * bad cell's place; the next call goes on after it, unless csv_reader_broken. Where the quotes are
 * wrong the bad row is one line, and its next line begins a row again. */
bc_status csv_reader_next(csv_reader *reader, struct csv_row *row, struct bc_err *err);
bool csv_reader_broken(const csv_reader *reader);
/* Bytes of the file (not of what it unpacks to) read so far. */
uint64_t csv_reader_bytes(const csv_reader *reader);

/* A second reader, from the beginning; it borrows the first one's file. */
csv_reader *csv_reader_again(const csv_reader *first);

/* Where a cell of a row begins; the row's beginning if it has no such cell. */
struct csv_place csv_row_place(const struct csv_row *row, size_t cell);
/* How many lines it takes up: more than one where a cell has line breaks. */
uint64_t csv_row_lines(const struct csv_row *row);

#endif
