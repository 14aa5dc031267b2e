/* tools/ask/open.h - the ledger that a command works on. */
#ifndef BC_TOOLS_ASK_OPEN_H
#define BC_TOOLS_ASK_OPEN_H

#include "ledger/ledger.h"
#include "projections/timelines/timelines.h"
#include "tools/cli/cmd.h"

/* The folder that --ledger names, else the environment's; neither: BC_E_USAGE. */
bc_status open_dir(const char **out, const struct cmd_env *env, const char *dir,
                   struct bc_err *err);

/* What for: all that is kept beside the log is read only by those who ask for it. */
enum open_for { OPEN_READ, OPEN_READ_ALL, OPEN_WRITE };

/* Opens it; `dir` is the value of --ledger, or NULL. BC_E_USAGE: to write, where env->only_asks. */
bc_status open_ledger(bc_log **out, const struct cmd_env *env, const char *dir, enum open_for what,
                      struct bc_err *err);

/* The timelines of a log that was opened so; those of env->opened are open already, and are lent.
 * The caller frees them either way. */
bc_status open_timelines(bc_timelines **out, const struct cmd_env *env, bc_log *log,
                         struct bc_err *err);

/* Opens it for an append. A ledger whose last event was recorded in the future is warned of on
 * standard error: all that is appended is recorded then, too. `shared`: through the shared log that
 * it is a replica of, which is caught up with first. BC_E_USAGE: it is none, or it is one and not
 * appended to as one. */
bc_status open_to_append(bc_log **out, const struct cmd_env *env, const char *dir, bool shared,
                         struct bc_err *err);
/* Before a question whose answer will be appended so: takes what is new first, so that the answer
 * rests on it. */
bc_status open_before_answer(const struct cmd_env *env, const char *dir, bool shared,
                             struct bc_err *err);
/* That warning, of a ledger opened in another way. */
void open_warn_recorded(const struct cmd_env *env, const bc_log *log);

/* Brings the cache up to date, so that the next question need not. Called after each command that
 * appended. */
bc_status open_catch_up(bc_log *log, struct bc_err *err);
/* Adds to an error of the cache that the events themselves were appended. */
bc_status open_caught_up(bc_status rc, struct bc_err *err);

#endif
