/* tools/ask/verify_all.h - the whole check of a ledger: its log, its indexes, what is computed from
 * it. */
#ifndef BC_TOOLS_ASK_VERIFY_ALL_H
#define BC_TOOLS_ASK_VERIFY_ALL_H

#include "ledger/log/log.h"
#include "tools/ask/notes.h"

/* BC_E_DAMAGED names the first thing that was altered. Shows its progress. `threads` 0: as many as
 * there are by default. */
bc_status verify_all(bc_log *log, const struct cmd_env *env, unsigned threads, struct bc_err *err);
/* The same, and adds a note about it. */
bc_status verify_noted(struct notes *notes, bc_log *log, const struct cmd_env *env,
                       unsigned threads, struct bc_err *err);
/* That note alone, for an answer that rests on an earlier verification. */
void verify_note(struct notes *notes);

/* The line that a command prints when it verified before it wrote. */
extern const char verify_all_said[];

#endif
