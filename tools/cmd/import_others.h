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
    uint64_t size;         /* of the log before */
    struct csv_seen added; /* what the events that are added say; `number`: the line of the first */
    struct csv_seen found; /* ids of others that say the same, and of what retracts these */
    uint64_t n, line;      /* of the added: those that another map made, and the first one's line */
    struct bc_buf names[OTHERS_NAMED]; /* of those maps */
    size_t name_n;
    bool more; /* than these */
};

/* `prefix` may be NULL, and is borrowed. Into an empty log nothing comes twice. */
void import_others_init(struct import_others *out, const char *prefix, const bc_log *log);
void import_others_release(struct import_others *others);

/* An event is added, from a line of the source. */
void import_others_add(struct import_others *others, const struct bc_event *event, uint64_t line);
/* After the last: looks through what the log had before, unless nothing was added. */
bc_status import_others_find(struct import_others *others, bc_log *log, struct bc_err *err);

#endif
