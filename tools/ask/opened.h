/* tools/ask/opened.h - a ledger that stays opened for reading from one question to the next, and is
 * opened anew where it has changed meanwhile. */
#ifndef BC_TOOLS_ASK_OPENED_H
#define BC_TOOLS_ASK_OPENED_H

#include "ledger/log/log.h"
#include "projections/timelines/timelines.h"
#include "tools/cli/cmd.h"

/* Zeroed but for `dir` at first. */
struct opened {
    const char *dir;         /* absolute, so that it stays where the process goes; borrowed */
    bc_log *log;             /* with all that is beside the log; or NULL */
    bc_timelines *timelines; /* its; NULL: they cannot be read, which each question says itself */
    struct bc_buf stamp;     /* what the ledger looked like from outside when that was opened */
};

/* The ledger as it is now: *anew (unless NULL) says whether it was opened for this call. After a
 * failure the next call tries again. */
bc_status opened_now(struct opened *opened, const struct cmd_env *env, bool *anew,
                     struct bc_err *err);
void opened_close(struct opened *opened);

#endif
