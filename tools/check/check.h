/* tools/check/check.h - backcast-check: evidence about a deal, checked without the ledger. */
#ifndef BC_TOOLS_CHECK_CHECK_H
#define BC_TOOLS_CHECK_CHECK_H

#include "tools/cli/cmd.h"

/* Exit code 0: everything in the file fits; 1: something does not, and a message says what. */
cmd_fn check_evidence;

#endif
