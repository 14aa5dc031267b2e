/* ledger/ledger.h - a ledger as a folder on disk: who may open it, and whether it is what it was.
 *
 *   DIR/format   "backcast ledger 1": looked at before anything else is touched
 *   DIR/head     size and root of the log as last acknowledged, as a C2SP checkpoint
 *                (https://c2sp.org/tlog-checkpoint); the first line names the ledger
 *   DIR/lock     held by the one writer
 *   DIR/signed   what was signed last of it, if anything was
 *   DIR/db/      the database
 *   DIR/making   the format file of a ledger that is not finished: ledger/making.h
 *   DIR/.db-*    files on their way into the database; a killed writer's go with the next one
 *
 * The folder's mode says who else may use it, for every file in it: what is made later follows it,
 * whatever the umask, and is never open to others than its group.
 *
 * The head file is outside the database on purpose: it finds out a database that was cut short or
 * rolled back, which the database itself would open without a word. */
#ifndef BC_LEDGER_LEDGER_H
#define BC_LEDGER_LEDGER_H

#include "ledger/log/log.h"
#include "ledger/record/head.h"

#define BC_LEDGER_FORMAT 1

/* Makes an empty ledger in `dir`, of its user's alone or of the folder's group, too: as
 * ledger/making.h has it. */
bc_status bc_ledger_init(const char *dir, bool shared, struct bc_err *err);

/* Opens a ledger. BC_E_INPUT: no ledger there, or one that is not finished. BC_E_NEWER: of a newer
 * format. BC_E_DAMAGED: of no format; a file of it is no regular file; the log is behind its head
 * file, or has another root. BC_E_BUSY: opened for writing while another process has it so. Reading
 * never disturbs a writer. */
bc_status bc_ledger_open(bc_log **out, const char *dir, bool write, struct bc_err *err);

/* What was signed last of the ledger, by whatever key, as a signed checkpoint: DIR/signed. Adds it;
 * BC_DONE: nothing was. Replaces it, as open to others as the ledger is. */
bc_status bc_ledger_signed_read(struct bc_buf *out, const char *dir, struct bc_err *err);
bc_status bc_ledger_signed_write(const char *dir, struct bc_str note, struct bc_err *err);

/* Adds what names the ledger in `dir`, in its head file: the origin of its heads. Opening the
 * ledger has compared it with the one in the database. */
bc_status bc_ledger_origin(struct bc_buf *out, const char *dir, struct bc_err *err);

#endif
