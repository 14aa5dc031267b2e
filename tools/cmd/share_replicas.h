/* tools/cmd/share_replicas.h - the replicas of a shared log, as each of them says of itself, held
 * against the events of this one. */
#ifndef BC_TOOLS_CMD_SHARE_REPLICAS_H
#define BC_TOOLS_CMD_SHARE_REPLICAS_H

#include "ledger/record/head.h"
#include "tools/cmd/share_opened.h"

enum share_fit {
    SHARE_LEVEL, /* it has what the shared log has */
    SHARE_BEHIND,
    SHARE_AHEAD,   /* it has events that the shared log lost */
    SHARE_DIFFERS, /* its events are others than here */
    SHARE_UNREAD,  /* what it says of itself cannot be read */
};

struct share_one {
    struct bc_str name;
    bool self;
    struct bc_head head;
    int64_t reported_us; /* by its own clock; 0: never */
    enum share_fit fit;
    /* By how much its clock differs at least from that of this machine, or of who appended what it
     * has; ahead: above 0. 0: by no more than clocks do. */
    int64_t clock_us;
};

/* `{ 0 }` is empty. */
struct share_replicas {
    struct share_one *at; /* by name in byte order; this one is among them, as it is now */
    size_t n, cap;
    bc_arena *arena;
};

bc_status share_replicas_read(struct share_replicas *out, const struct share_opened *opened,
                              uint64_t shared_size, int64_t now_us, struct bc_err *err);
void share_replicas_release(struct share_replicas *replicas);

/* How many replicas are more than half of them. */
size_t share_majority(size_t n);
/* How many events a majority has, of all replicas, or of those beside this one; 0 where there are
 * none. */
uint64_t share_held(const struct share_replicas *replicas, bool others);

#endif
