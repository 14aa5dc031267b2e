/* tests/support/screen.h - a program run on a terminal of its own. */
#ifndef BC_TESTS_SUPPORT_SCREEN_H
#define BC_TESTS_SUPPORT_SCREEN_H

#include "ledger/base/mem.h"

struct screen {
    unsigned short rows, columns;
    const char *keys; /* typed when something stands there; NULL: none */
};

/* Runs argv, with NULL at the end, and adds all that it writes to the terminal, lines ending with
 * \n alone. Its exit code, or -signal; -1 where there is no terminal to be had. */
int screen_run(const struct screen *screen, char *const *argv, struct bc_buf *out);

#endif
