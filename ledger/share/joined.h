/* ledger/share/joined.h - which shared log a ledger is a replica of: DIR/share.
 *
 * A small text file: "backcast share 1", then a line for each that is said, a word and its value.
 * It names files with secrets and holds none. A backup has no such file, so that a ledger that was
 * restored is a replica of nothing. */
#ifndef BC_LEDGER_SHARE_JOINED_H
#define BC_LEDGER_SHARE_JOINED_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

struct bc_joined {
    const char *servers; /* as of struct bc_jetstream_address */
    const char *log;     /* its name */
    const char *replica; /* what this one is called there */
    const char *ca_file; /* absolute, as the two below; NULL: none */
    const char *creds_file;
    const char *nkey_file;
};

/* Texts live in `arena`. BC_DONE: the ledger is no replica. BC_E_DAMAGED, with the line: the file
 * is none of these. BC_E_NEWER: of a newer form. */
bc_status bc_joined_read(struct bc_joined *out, const char *dir, bc_arena *arena,
                         struct bc_err *err);
/* Replaces the file; while the ledger is open for writing, or being made, so that the file has its
 * mode. BC_E_INPUT: a value has line ends or other control characters, or all are too long. */
bc_status bc_joined_write(const char *dir, const struct bc_joined *joined, struct bc_err *err);
/* The ledger is for itself again, on disk when this returns. BC_DONE: it was so already. */
bc_status bc_joined_remove(const char *dir, struct bc_err *err);

#endif
