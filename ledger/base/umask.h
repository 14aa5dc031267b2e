/* ledger/base/umask.h - the permissions of new files: those of a ledger, and those that a user asks
 * for.
 *
 * RocksDB's threads make files at any moment, with modes of their own. So the umask of the process
 * restricts them, and the user's own umask is kept for the user's own files. Only one thread at a
 * time may call these, or write to ledgers. */
#ifndef BC_LEDGER_BASE_UMASK_H
#define BC_LEDGER_BASE_UMASK_H

#include <sys/types.h>

/* From here on new files are as open to the group as a folder of this mode, and closed to
 * others. */
void bc_umask_ledger(mode_t folder);
/* Back to the one before: where nothing more is written to ledgers. */
void bc_umask_give_back(void);
/* The umask for files that a user asks for: the process's, or while that of a ledger holds the one
 * before it. */
mode_t bc_umask_user(void);

#endif
