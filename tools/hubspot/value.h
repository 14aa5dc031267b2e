/* tools/hubspot/value.h - HubSpot's values, which are all texts, as ours. */
#ifndef BC_TOOLS_HUBSPOT_VALUE_H
#define BC_TOOLS_HUBSPOT_VALUE_H

#include "ledger/base/err.h"
#include "ledger/base/instant.h"
#include "ledger/base/mem.h"

#include <jansson.h>

/* The text under a key; none where it is absent, null or no text. Lives as long as the object. */
struct bc_str hubspot_text(const json_t *object, const char *key);
/* An id, which may be a number too; none where it is neither. A number is printed into `arena`. */
struct bc_str hubspot_id(const json_t *value, bc_arena *arena);
/* A property of a record: the text under `properties`. */
struct bc_str hubspot_property(const json_t *record, const char *name);

/* RFC 3339, or milliseconds since 1970. False: neither, or out of range. */
bool hubspot_instant(int64_t *out_us, struct bc_str text);
/* A calendar day as YYYY-MM-DD: from that as it is, from an instant or milliseconds the day in a
 * zone (NULL: UTC); anything else stays as it is. */
struct bc_str hubspot_day(struct bc_str text, const bc_zone *zone, bc_arena *arena);
/* The whole number that a counter holds, else 0. */
uint64_t hubspot_count(struct bc_str text);

/* Adds a value as a part of an event id: as it is where it is short and plain, else its hash. */
void hubspot_id_add(struct bc_buf *id, struct bc_str value);

#endif
