/* ledger/share/local_side.h - a log on this machine as one side of the seam, and its events on
 * their way into another.
 *
 * A position is a size: of the log after a commit. Commits that it gives are cut wherever that is
 * convenient, since a log does not know what was appended in one go. It waits for nobody, and knows
 * of no replicas. */
#ifndef BC_LEDGER_SHARE_LOCAL_SIDE_H
#define BC_LEDGER_SHARE_LOCAL_SIDE_H

#include "ledger/share/contents.h"
#include "ledger/share/local_log.h"

/* `local` is borrowed. */
void bc_local_side_open(bc_shared_log *out, bc_local_log *local);

/* Adds to a commit under way the events after `after`, about so many bytes of them, and with the
 * last ones the importers' values; fills in what the commit says of itself. */
bc_status bc_local_log_send(bc_local_log *local, uint64_t after, uint64_t bytes_most,
                            struct bc_outgoing *out, struct bc_err *err);

#endif
