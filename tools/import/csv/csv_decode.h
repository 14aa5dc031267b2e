/* tools/import/csv/csv_decode.h - the bytes of a table as UTF-8, whatever they were written in.
 *
 * UTF-16 is known by its mark, or by the zeros between Latin letters; Windows-1252 looks like any
 * other bytes, and must be said. A workbook is known by how it begins, and refused. */
#ifndef BC_TOOLS_IMPORT_CSV_CSV_DECODE_H
#define BC_TOOLS_IMPORT_CSV_CSV_DECODE_H

#include "tools/import/gunzip.h"

/* CSV_UTF_8 unless the first bytes say UTF-16, or a map says another. */
enum csv_encoding { CSV_FOUND, CSV_UTF_8, CSV_UTF_16, CSV_WINDOWS_1252 };

typedef struct csv_decode csv_decode; /* opaque */

/* Borrows `gz`, from which nothing was read, and `name`, which is for messages. */
csv_decode *csv_decode_new(gunzip *gz, const char *name, enum csv_encoding encoding);
void csv_decode_free(csv_decode *decode); /* NULL is fine */

/* As gunzip_read; `size` is 64 at least. What is no text in its encoding becomes the byte 0xFF,
 * which no UTF-8 has, for the reader to refuse the row. BC_E_INPUT also: it is a workbook. */
bc_status csv_decode_read(csv_decode *decode, char *out, size_t size, size_t *len,
                          struct bc_err *err);
/* "UTF-8": of what it is read as. Known once something was read. */
const char *csv_decode_encoding(const csv_decode *decode);
/* How many letters beyond ASCII were read as Windows-1252 whose bytes are UTF-8's, all of them: 0
 * where one is not, as in next to any text that is Windows-1252. */
uint64_t csv_decode_letters_of_utf_8(const csv_decode *decode);

#endif
