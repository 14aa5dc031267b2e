/* ledger/ledger.h - a ledger as a folder on disk: who may open it, and whether it was altered.
 *
 *   DIR/format   "backcast ledger 1": looked at before anything else is touched
 *   DIR/head     size and root of the log as last acknowledged, as a C2SP checkpoint
 *                (https://c2sp.org/tlog-checkpoint); the first line names the ledger
 *   DIR/lock     held by the one writer
 *   DIR/signed   the last signed head of it, if any
 *   DIR/share    which shared log it is a replica of, if any: ledger/share/joined.h
 *   DIR/db/      the database
 *   DIR/making   the format file of a ledger that is not finished: ledger/making.h
 *   DIR/.db-*    files to be added to the database; the next writer removes a killed writer's
 *
 * The folder's mode says who else may use it, for every file in it: later files follow it, whatever
 * the umask, and are never open to anybody outside its group.
 *
 * The head file is outside the database on purpose: so it exposes a database that was cut short or
 * rolled back, which the database itself would open without an error. */
#ifndef BC_LEDGER_LEDGER_H
#define BC_LEDGER_LEDGER_H

#include "ledger/log/log.h"
#include "ledger/record/head.h"

#define BC_LEDGER_FORMAT 1

/* Makes an empty ledger in `dir`, for its user alone or for the folder's group, too: see
 * ledger/making.h. */
bc_status bc_ledger_init(const char *dir, bool shared, struct bc_err *err);

/* Opens a ledger. BC_E_INPUT: no ledger there, or one that is not finished. BC_E_NEWER: of a newer
 * format. BC_E_DAMAGED: of no format; a file of it is no regular file; the log is shorter than its
 * head file says, or has another root. BC_E_BUSY: opened for writing while another process has it
 * so. Reading never disturbs a writer. */
bc_status bc_ledger_open(bc_log **out, const char *dir, bool write, struct bc_err *err);
/* For reading, with all that is kept beside the log (BC_LEARNING of ledger/store/store.h, too). */
bc_status bc_ledger_open_all(bc_log **out, const char *dir, struct bc_err *err);

/* The last signed head of the ledger, by whatever key, as a signed checkpoint: DIR/signed. Reading
 * appends it to the buffer; BC_DONE: there is none. Writing replaces it, with the permissions of
 * the ledger. */
bc_status bc_ledger_signed_read(struct bc_buf *out, const char *dir, struct bc_err *err);
bc_status bc_ledger_signed_write(const char *dir, struct bc_str note, struct bc_err *err);

/* Appends the name of the ledger in `dir`, from its head file: the origin of its heads. Opening the
 * ledger has compared it with the one in the database. */
bc_status bc_ledger_origin(struct bc_buf *out, const char *dir, struct bc_err *err);

#endif
