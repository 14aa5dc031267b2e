/* tools/export/tables_ids.h - what meetings and e-mails are called, by the seq of the event that
 * says so: read from the log in one walk, and kept in temporary files. Their facts have digests. */
#ifndef BC_TOOLS_EXPORT_TABLES_IDS_H
#define BC_TOOLS_EXPORT_TABLES_IDS_H

#include "ledger/log/log.h"
#include "ledger/spill/spool.h"

/* `{ 0 }` has none. */
struct tables_ids {
    struct bc_spool places; /* by seq */
    struct bc_temp texts;
    bool open;           /* texts is */
    struct bc_buf added; /* to the end of texts, soon */
};

bc_status tables_ids_read(struct tables_ids *out, bc_log *log, struct bc_err *err);
/* Fills *out, cleared first; empty: that event is of neither. */
bc_status tables_ids_get(const struct tables_ids *ids, uint64_t seq, struct bc_buf *out,
                         struct bc_err *err);
void tables_ids_release(struct tables_ids *ids);

#endif
