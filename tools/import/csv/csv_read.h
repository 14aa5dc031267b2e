/* tools/import/csv/csv_read.h - the rows of a delimited text, and the place of each cell.
 *
 * RFC 4180, strictly: a quote only around a whole cell, doubled within; cells keep their spaces and
 * their line breaks, but for the first row, of names, which are one line each (csv_line.h). LF,
 * CRLF or CR end a row, blank lines are passed over, a byte order mark is accepted, and so is a
 * first line `sep=;`, which spreadsheet programs write. The text has no U+0000 and is in UTF-8 or
 * what csv_decode.h makes that of, plain or gzipped (gunzip.h). Columns are those of the text as
 * UTF-8. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_READ_H
#define BC_TOOLS_IMPORT_CSV_CSV_READ_H

#include "tools/import/csv/csv_decode.h"
#include "tools/import/csv/csv_place.h"

#include <stdint.h>

#define CSV_ROW_MAX (16 << 20) /* bytes of a row */

typedef struct csv_reader csv_reader; /* opaque */

/* Opens a file or, for "-", standard input. What cannot be read twice is first copied whole into a
 * temporary file. BC_E_INPUT: it is gzipped, and not sound to its end, or such a copy has a line
 * far over CSV_ROW_MAX; *err says where. */
bc_status csv_reader_open(csv_reader **out, const char *path, enum csv_encoding encoding,
                          struct bc_err *err);
/* The same of a file that is open, which the reader takes; `path` is for messages. */
bc_status csv_reader_take(csv_reader **out, const char *path, int fd, enum csv_encoding encoding,
                          struct bc_err *err);
/* Takes the file of a table that was made (csv_table.h), with commas; the places of its rows and
 * names are borrowed. */
bc_status csv_reader_table(csv_reader **out, const char *path, int fd, const struct csv_place *rows,
                           const struct csv_place *names, struct bc_err *err);
/* What stands between cells; a comma unless it is said before the first row. */
void csv_reader_delimit(csv_reader *reader, char delimiter);
char csv_reader_delimiter(const csv_reader *reader);
/* "UTF-8": what it is read as. */
const char *csv_reader_encoding(const csv_reader *reader);
/* As csv_decode_letters_of_utf_8. */
uint64_t csv_reader_letters_of_utf_8(const csv_reader *reader);
/* What the first line says by `sep=;`, or 0: it says nothing. */
char csv_reader_sep(const csv_reader *reader);
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

#endif
