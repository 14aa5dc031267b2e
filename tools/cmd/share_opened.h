/* tools/cmd/share_opened.h - a ledger that is a replica, and the shared log, both at hand. */
#ifndef BC_TOOLS_CMD_SHARE_OPENED_H
#define BC_TOOLS_CMD_SHARE_OPENED_H

#include "tools/ask/open.h"
#include "tools/ask/share.h"

/* `{ 0 }` is none. */
struct share_opened {
    const char *dir;
    struct share share;
    bc_log *log;
    bc_replica *replica;
};

/* `dir` is the value of --ledger, or NULL. Close it afterwards, whatever this returns. BC_E_USAGE:
 * the ledger is no replica. */
bc_status share_open(struct share_opened *out, const struct cmd_env *env, const char *dir,
                     enum open_for what, struct bc_err *err);
void share_close(struct share_opened *opened);

/* Takes what is new, brings the cache up to date, and has the others know. *taken (unless NULL)
 * gets how many events. */
bc_status share_take(struct share_opened *opened, const struct cmd_env *env, uint64_t *taken,
                     struct bc_err *err);

#endif
