/* ledger/base/secret_file.h - a file with a secret, which only its owner may read. */
#ifndef BC_LEDGER_BASE_SECRET_FILE_H
#define BC_LEDGER_BASE_SECRET_FILE_H

#include "ledger/base/err.h"

/* Opens a regular file to be read; the caller closes it. BC_E_IO where it is none, or others than
 * its owner may read or change it: then the sentence says that `what` ("a token") has a file of
 * mode 600. */
bc_status bc_secret_open(int *out, const char *path, const char *what, struct bc_err *err);
/* Reads on to the end, to `most` bytes, into `bytes`, which has room for one more. BC_E_INPUT: it
 * is longer than `what` can be. */
bc_status bc_secret_read(char *bytes, size_t most, size_t *len, int fd, const char *path,
                         const char *what, struct bc_err *err);

#endif
