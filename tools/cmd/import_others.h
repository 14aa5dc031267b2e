/* tools/cmd/import_others.h - whether what an import adds was made before by a map of another name:
 * then its ids are others, and all of it is in the ledger twice. */
#ifndef BC_TOOLS_CMD_IMPORT_OTHERS_H
#define BC_TOOLS_CMD_IMPORT_OTHERS_H

#include "ledger/log/log.h"
#include "tools/import/csv/csv_seen.h"

#define OTHERS_NAMED 3 /* maps that are said by name */

/* Start with import_others_init. */
struct import_others {
    struct bc_str prefix;  /* of the source's ids, "csv:NAME/"; nothing: none is looked for */
    struct csv_seen added; /* what the events that are added say; `number`: the line of the first */
    struct csv_seen found; /* ids of others that say the same, and of what retracts these */
    struct bc_buf names[OTHERS_NAMED]; /* of those maps */
    size_t name_n;
    bool more; /* than these */
};

/* `prefix` may be NULL, and is borrowed. */
void import_others_init(struct import_others *out, const char *prefix);
void import_others_release(struct import_others *others);

/* An event is added, from a line of the source. */
void import_others_add(struct import_others *others, const struct bc_event *event, uint64_t line);
/* After the last: each event that the log had before, in its order. */
void import_others_see(struct import_others *others, const struct bc_event *event);
/* How many of the added events other maps made, and the line of the first. */
uint64_t import_others_count(const struct import_others *others, uint64_t *line);

#endif
