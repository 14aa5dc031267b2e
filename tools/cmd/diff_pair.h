/* tools/cmd/diff_pair.h - two ways of asking, as typed for `diff`, and opened. */
#ifndef BC_TOOLS_CMD_DIFF_PAIR_H
#define BC_TOOLS_CMD_DIFF_PAIR_H

#include "projections/diff/steps.h"
#include "tools/show/diff_sides.h"

struct diff_typed {
    struct typed first;
    const char *as_of, *vs_as_of, *vs_known_at, *vs_rules;
};

/* The two questions, opened. Zeroed before; closed also when that failed. */
struct diff_pair {
    struct basis from, to;
    struct when as_of, vs_as_of;
    int64_t as_of_us, turned_us, vs_as_of_us;
    struct bc_ways ways;
};

/* Both are answered by the log of the first. */
bc_status diff_pair_open(struct diff_pair *pair, const struct cmd_env *env,
                         const struct diff_typed *typed, struct bc_err *err);
void diff_pair_close(struct diff_pair *pair);
struct diff_sides diff_pair_sides(const struct diff_pair *pair);

#endif
