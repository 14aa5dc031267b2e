/* tools/json/event_json.h - an event as JSON, and back: proto3's JSON mapping of
 * proto/event.proto.
 *
 * Names in lowerCamelCase, 64-bit integers as strings, instants as RFC 3339 in UTC, and what has
 * its default value is left out. The schema says which bodies and fields there are. */
#ifndef BC_TOOLS_JSON_EVENT_JSON_H
#define BC_TOOLS_JSON_EVENT_JSON_H

#include "ledger/record/event.h"

typedef struct event_reader event_reader; /* opaque; keeps its memory from line to line */
event_reader *event_reader_new(void);
void event_reader_free(event_reader *reader); /* NULL is fine */

/* Lines that will be read while the text stays in place: indexed together, which is faster. Whole
 * lines, without the last one's end; after them come a line end or zeros, and JSON_PADDING bytes
 * that can be read. */
void event_reader_ahead(event_reader *reader, struct bc_str text);

/* Reads one event and checks it. A field given as "", null, [], false or 0 is absent, a `source`
 * with nothing in it too; a number will do for seq, which is checked and then left at 0, since the
 * ledger assigns a new one. The event lives until the next call, and as long as `line`; after a
 * failure it is of no use. BC_E_INPUT: *column is the first byte of the value (or key) that is
 * wrong, 1 where something is missing. */
bc_status event_reader_read(event_reader *reader, struct bc_event *out, size_t *column,
                            struct bc_str line, struct bc_err *err);

/* The column of a part of the event read last; 1 where it is missing. */
size_t event_reader_column(const event_reader *reader, struct bc_where where);

/* Adds the event as one JSON object. Returns how many fields and bodies were left out because this
 * build does not know them. */
size_t event_json_add(struct bc_buf *out, const struct bc_event *event);

/* The same of its body alone, without its name; the body is one that this build knows. */
size_t event_json_body_add(struct bc_buf *out, const struct bc_event *event);

#endif
