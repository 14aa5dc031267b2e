/* tools/import/ocel/json_stream.h - one JSON text of any length, value by value, as it is unpacked.
 *
 * Strict RFC 8259, as tools/json/json.h has it: no U+0000, no unpaired surrogate, UTF-8 throughout.
 * A string has at most 16 MiB, and values stand within at most 100 others. */
#ifndef BC_TOOLS_IMPORT_OCEL_JSON_STREAM_H
#define BC_TOOLS_IMPORT_OCEL_JSON_STREAM_H

#include "tools/import/csv/csv_place.h"
#include "tools/import/gunzip.h"
#include "tools/json/json.h"

typedef struct json_stream json_stream; /* opaque; borrows what it reads */

json_stream *json_stream_new(gunzip *gz, const char *name);
void json_stream_free(json_stream *stream); /* NULL is fine */
/* Bytes read so far, unpacked. */
uint64_t json_stream_bytes(const json_stream *stream);
/* Where the key or value taken last begins. */
struct csv_place json_stream_place(const json_stream *stream);

/* BC_E_INPUT of each: no sound JSON, or damaged gzip data, with the place. */

/* Takes a value: a scalar whole, *text (unescaped, a number as it is written) living until the next
 * value; of an object or a list only its beginning. */
bc_status json_stream_value(json_stream *stream, enum json_type *type, struct bc_str *text,
                            struct bc_err *err);
/* Takes the next key of an object, which lives until the next key; `first` is true until there was
 * one. BC_DONE: its end. */
bc_status json_stream_member(json_stream *stream, bool *first, struct bc_str *key,
                             struct bc_err *err);
/* The same of a list: BC_OK, a value comes. */
bc_status json_stream_item(json_stream *stream, bool *first, struct bc_err *err);
/* Passes over what a value of this type has within. */
bc_status json_stream_skip(json_stream *stream, enum json_type type, struct bc_err *err);
/* Nothing but white space may follow. */
bc_status json_stream_end(json_stream *stream, struct bc_err *err);
/* BC_E_INPUT at the place of the value or key taken last. */
bc_status json_stream_fault(json_stream *stream, struct bc_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
