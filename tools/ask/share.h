/* tools/ask/share.h - a ledger that is a replica of a log which several machines share: reaching
 * that log, and appending through it. */
#ifndef BC_TOOLS_ASK_SHARE_H
#define BC_TOOLS_ASK_SHARE_H

#include "ledger/log/log.h"
#include "ledger/share/joined.h"
#include "ledger/share/replica.h"
#include "tools/cli/cmd.h"

/* What a ledger is joined to. `{ 0 }` is none. */
struct share {
    struct bc_joined is;
    struct bc_buf origin; /* of the ledger */
    bc_arena *arena;
};

/* Reads DIR/share, with the files that the environment names instead. BC_DONE: it is no replica. */
bc_status share_read(struct share *out, const struct cmd_env *env, const char *dir,
                     struct bc_err *err);
/* The same where it must be one: else BC_E_USAGE. */
bc_status share_read_must(struct share *out, const struct cmd_env *env, const char *dir,
                          struct bc_err *err);
void share_release(struct share *share);

/* Reaches the shared log; the caller closes it, or gives it to a replica. */
bc_status share_reach(bc_shared_log *out, const struct bc_joined *is, struct bc_err *err);
/* Reaches it, for a ledger that is open. */
bc_status share_replica(bc_replica **out, bc_log *log, const struct share *share,
                        struct bc_err *err);

/* Whether it is right that a command appends with --shared, or without: BC_E_USAGE. BC_OK: with.
 * BC_DONE: without. */
bc_status share_asked(struct share *out, const struct cmd_env *env, const char *dir, bool shared,
                      struct bc_err *err);
/* Takes what is new, and has all appends to the log go through the shared one. How many events were
 * taken is said on standard error; when the log is closed the others get to know how far this
 * replica is. */
bc_status share_append(bc_log *log, const struct share *share, const struct cmd_env *env,
                       struct bc_err *err);

/* Takes what is new, showing progress; what was passed over is said on standard error. */
bc_status share_catch_up(bc_replica *replica, const struct cmd_env *env, struct bc_err *err);
/* "took 12 events that other machines appended", less those that were said already. */
void share_say_taken(const struct cmd_env *env, uint64_t taken, uint64_t said);
/* Has the others know how far this replica is. Where that fails it is a warning: all is well here.
 */
void share_report(bc_replica *replica, const struct cmd_env *env);

#endif
