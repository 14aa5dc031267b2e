/* tools/hubspot/quiet.h - the objects of deals that leave no event, such as mails that came in:
 * remembered beside the ledger, so that not every run reads them again. A cache: if it is lost,
 * they are read again, once. */
#ifndef BC_TOOLS_HUBSPOT_QUIET_H
#define BC_TOOLS_HUBSPOT_QUIET_H

#include "tools/hubspot/run.h"

/* What the last run left, into run->quiet_was; nothing where it read by another account file. */
bc_status hubspot_quiet_load(struct hubspot_run *run, bc_log *log, struct bc_err *err);
/* Adds what this run knows to the append, so that it is committed with the mark. */
void hubspot_quiet_put(const struct hubspot_run *run, bc_append *append);

/* Left an object of that word ("email") no event for the deal when it was read last? */
bool hubspot_quiet_has(const struct hubspot_run *run, const char *word, struct bc_str object,
                       struct bc_str deal);
/* It leaves none. `undated`: since it has no time, which is noted at each run. */
void hubspot_quiet_add(struct hubspot_run *run, const char *word, struct bc_str object,
                       struct bc_str deal, bool undated);
/* Does it leave none, as this run knows? */
bool hubspot_quiet_is(const struct hubspot_run *run, const char *word, struct bc_str object,
                      struct bc_str deal);
/* It is still tied to the deal, and was not read. */
void hubspot_quiet_keep(struct hubspot_run *run, const char *word, struct bc_str object,
                        struct bc_str deal);

#endif
