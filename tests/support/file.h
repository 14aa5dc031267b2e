/* tests/support/file.h - files that live as long as a test, and those of the tests' folder. */
#ifndef BC_TESTS_SUPPORT_FILE_H
#define BC_TESTS_SUPPORT_FILE_H

#include "ledger/base/mem.h"

/* Writes a new file and returns its path, which lives until the next call. */
const char *file_make(struct bc_str bytes);
/* Removes the file made last. */
void file_remove(void);
/* The whole of a file, followed by a NUL; the caller releases it. */
struct bc_buf file_read(const char *path);
void file_write(const char *path, struct bc_str text);

#endif
