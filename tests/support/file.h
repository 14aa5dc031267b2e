/* tests/support/file.h - files that live as long as a test. */
#ifndef BC_TESTS_SUPPORT_FILE_H
#define BC_TESTS_SUPPORT_FILE_H

#include "ledger/base/str.h"

/* Writes a new file and returns its path, which lives until the next call. */
const char *file_make(struct bc_str bytes);
/* Removes the file made last. */
void file_remove(void);

#endif
