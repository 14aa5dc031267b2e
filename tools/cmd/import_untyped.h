/* tools/cmd/import_untyped.h - deals that an import puts into a stage, and that have no deal type:
 * they count in no slice but all. */
#ifndef BC_TOOLS_CMD_IMPORT_UNTYPED_H
#define BC_TOOLS_CMD_IMPORT_UNTYPED_H

#include "ledger/log/log.h"
#include "projections/rules/rules.h"
#include "tools/import/csv/csv_seen.h"

/* Start with import_untyped_init. */
struct import_untyped {
    bool asked;            /* the rules have slices by type */
    struct csv_seen deals; /* of each its place in `names`, or -1: it has a type */
    struct bc_str *names;  /* in the order in which they came */
    size_t name_n, cap;
    bc_arena *arena;
};

/* `rules` may be NULL: nobody asks. */
void import_untyped_init(struct import_untyped *out, const bc_rules *rules);
void import_untyped_release(struct import_untyped *untyped);

/* An event is added. */
void import_untyped_add(struct import_untyped *untyped, const struct bc_event *event);
/* One that was there before: it may have said the type. */
void import_untyped_see(struct import_untyped *untyped, const struct bc_event *event);
/* The deals without one: how many, and the first `most` of them. */
uint64_t import_untyped_count(const struct import_untyped *untyped, struct bc_str *first,
                              size_t most);

#endif
