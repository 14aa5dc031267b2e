/* tools/hubspot/pull.h - one reading of an account: everything, or what changed since. */
#ifndef BC_TOOLS_HUBSPOT_PULL_H
#define BC_TOOLS_HUBSPOT_PULL_H

#include "tools/hubspot/run.h"

struct hubspot_pull {
    bool since_asked;
    int64_t since_us; /* read what changed since then, even if it was read before */
};

/* Reads the account and hands its events to run->sink: of a deal in the order of its history, and
 * of a survivor of a merge after those of its parts; in portions, each with its mark. Interrupted
 * after any of them and started again, it has the same result. run->state must be as the last run
 * left it; afterwards it is what the next run needs. run->present is the account as it is now.
 * Before it, hubspot_survey must have been called. `elapsed_us` may be NULL. */
bc_status hubspot_pull(struct hubspot_run *run, const struct hubspot_pull *pull,
                       int64_t (*elapsed_us)(void), struct bc_err *err);

#endif
