/* tools/hubspot/version.h - changes that the account file has a say in, recorded anew where it now
 * means something else by them. */
#ifndef BC_TOOLS_HUBSPOT_VERSION_H
#define BC_TOOLS_HUBSPOT_VERSION_H

#include "tools/hubspot/run.h"

/* Passes on a change of stage or property or a loss. If the ledger has it with another stage, value
 * or reason, that event is retracted and the change recorded anew, under an id of its own. */
bc_status hubspot_version_emit(struct hubspot_run *run, struct bc_event *event, struct bc_err *err);
/* Retracts an event of a deal by its id, which has never been retracted. */
bc_status hubspot_version_retract(struct hubspot_run *run, struct bc_str deal, struct bc_str id,
                                  const char *why, struct bc_err *err);
/* Retracts such a change, if the ledger has it: by the account file, it is none now. `why`: the
 * reason that is recorded. */
bc_status hubspot_version_withdraw(struct hubspot_run *run, const struct bc_event *event,
                                   const char *why, struct bc_err *err);

#endif
