/* projections/walk/versions.h - what was published in a window: rules, ICPs and playbooks, when, by
 * whom, and what was new. */
#ifndef BC_PROJECTIONS_WALK_VERSIONS_H
#define BC_PROJECTIONS_WALK_VERSIONS_H

#include "projections/report/question.h"

enum bc_version_of { BC_VERSION_RULES, BC_VERSION_ICP, BC_VERSION_PLAYBOOK, BC_VERSION_N };

struct bc_version {
    enum bc_version_of what;
    int64_t at_us;
    uint64_t seq;
    struct bc_str version, actor, changelog; /* "": none; so the changelog of rules */
};

/* Those that count at the question's one date, and were published after `since_us`; INT64_MIN:
 * since the beginning. `{ 0 }` is empty. */
struct bc_versions {
    struct bc_version *at; /* by (at_us, seq) */
    size_t n;
    bc_arena *arena;
};

/* The log was opened with all that is kept beside it (bc_ledger_open_all). */
bc_status bc_versions_read(struct bc_versions *out, bc_timelines *timelines,
                           const struct bc_question *question, int64_t since_us,
                           struct bc_err *err);
void bc_versions_release(struct bc_versions *versions);

#endif
