/* tests/support/folder.h - folders that a test may fill and that are gone afterwards. */
#ifndef BC_TESTS_SUPPORT_FOLDER_H
#define BC_TESTS_SUPPORT_FOLDER_H

#include "ledger/base/err.h"
#include "ledger/base/mem.h"

enum { FOLDER_PATH = 256 };

/* Makes an empty folder below $TMPDIR or /tmp. */
void folder_make(char out[FOLDER_PATH]);
void folder_remove(const char *path);
/* Copies a folder and all that is in it to `to`, which must not exist. */
void folder_copy(const char *from, const char *to);

/* For cmocka's fixtures: a folder, in it a path where nothing is yet, and an error. */
struct folder_place {
    char folder[FOLDER_PATH], dir[FOLDER_PATH + 8];
    struct bc_err err;
};
int folder_place_begin(void **state);
int folder_place_end(void **state);

/* Reads a file whole, adding to `out`; replaces a file's bytes. */
void file_read(struct bc_buf *out, const char *path);
void file_write(const char *path, struct bc_str bytes);

#endif
