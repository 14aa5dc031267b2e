/* ledger/base/umask.h - how open new files are: those of a ledger, and those that a user asks for.
 *
 * RocksDB's threads make files at any moment, with modes of their own. So it is the umask of the
 * process that closes them, and what the user had is kept for the user's own files. Both calls are
 * for the thread that opens ledgers. */
#ifndef BC_LEDGER_BASE_UMASK_H
#define BC_LEDGER_BASE_UMASK_H

#include <sys/types.h>

/* From here on what is made is as open to the group as a folder of this mode, and to no others. */
void bc_umask_ledger(mode_t folder);
/* The umask that the process was started with. */
mode_t bc_umask_user(void);

#endif
