/* ledger/base/ledger_dir.h - which folders are ledgers', known by their files alone: so that
 * nothing else is written into one. */
#ifndef BC_LEDGER_BASE_LEDGER_DIR_H
#define BC_LEDGER_BASE_LEDGER_DIR_H

#include "ledger/base/err.h"

#define BC_LEDGER_FORMAT_WORDS "backcast ledger " /* and a number, in each of the two files */
#define BC_LEDGER_FORMAT_FILE  "format"
#define BC_LEDGER_MAKING_FILE  "making" /* what it is called until the ledger is finished */
#define BC_LEDGER_SHARE_FILE   "share"  /* which shared log it is a replica of, if any */

/* BC_E_USAGE: `path`, which need not be there, lies in the folder of a ledger (a backup is one, and
 * one that is damaged or not finished), however deep, by whatever links and dots it is reached. A
 * link at the end of the path is not followed. BC_OK also where the folder cannot be looked into:
 * writing there reports more. */
bc_status bc_ledger_dir_refuse(const char *path, struct bc_err *err);

#endif
