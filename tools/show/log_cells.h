/* tools/show/log_cells.h - what programs and pages have of an event of the log beside its JSON. */
#ifndef BC_TOOLS_SHOW_LOG_CELLS_H
#define BC_TOOLS_SHOW_LOG_CELLS_H

#include "ledger/log/log.h"
#include "tools/print/row.h"

/* Its bytes as stored, its leaf, and the way from there to the head of the log: of each hash on
 * which side it stands. BC_E_DAMAGED: the event is not the one that the tree has there. */
bc_status log_cells_proof(struct row *row, bc_log *log, uint64_t seq, struct bc_str stored,
                          struct bc_err *err);

/* For pages: what every event has, what it says in a line, by which one it is taken back (0: by
 * none), and, if `whole`, each field of its body. */
void log_cells_event(struct row *row, const struct bc_event *event, uint64_t taken_back_by,
                     bool whole);

#endif
