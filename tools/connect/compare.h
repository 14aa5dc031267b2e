/* tools/connect/compare.h - the ledger against the service at the end of a run, object by object:
 * whether each has the events that the service says, and is still there. */
#ifndef BC_TOOLS_CONNECT_COMPARE_H
#define BC_TOOLS_CONNECT_COMPARE_H

#include "tools/connect/run.h"

struct connect_difference {
    struct bc_str object;
    const char *what;             /* a body, "serviceStarted"; "object" */
    const char *ledger, *service; /* what each has: "there", "none", "gone" */
};

struct connect_compared {
    uint64_t agree, differ;                 /* objects */
    uint64_t untied;                        /* of no deal: not compared */
    struct connect_difference *differences; /* by object in byte order, then by body */
    size_t n, cap;
};

/* `now` is what the ledger has after the run, and must live as long as *out, as must the run. Only
 * objects that this run looked at or listed are compared, and of a whole listing those that are not
 * in it. */
void connect_compare(struct connect_compared *out, const struct connect_run *run,
                     const connect_known *now);
void connect_compared_release(struct connect_compared *compared);

#endif
