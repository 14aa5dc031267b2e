/* tests/support/program.h - the built programs, run as people run them. */
#ifndef BC_TESTS_SUPPORT_PROGRAM_H
#define BC_TESTS_SUPPORT_PROGRAM_H

#include "ledger/base/mem.h"

/* Runs a command line such as "backcast log" of a program in `folder`; words are cut at blanks,
 * then each % becomes `fill` (which may hold blanks). Adds what it prints on each stream. Its exit
 * code, or -signal. */
int program_run(const char *folder, const char *command, const char *fill, struct bc_buf *out,
                struct bc_buf *err);

#endif
