/* projections/activity/touches.h - for insiders: how often each deal was touched by each of some
 * numbered ones. What is counted may be taken back. */
#ifndef BC_PROJECTIONS_ACTIVITY_TOUCHES_H
#define BC_PROJECTIONS_ACTIVITY_TOUCHES_H

#include "ledger/base/mem.h"
#include "ledger/base/table.h"

struct bc_touch {
    uint32_t by, deal; /* numbers */
    int64_t n;
};

/* `{ 0 }` is empty. */
struct bc_touches {
    struct bc_table deal_table, table;
    struct bc_str *deals; /* by number */
    size_t deal_n, deal_cap;
    struct bc_touch *at;
    size_t n, cap;
    bc_arena *arena;
};

/* `times` may be negative. */
void bc_touches_add(struct bc_touches *touches, uint32_t by, struct bc_str deal, int times);
void bc_touches_release(struct bc_touches *touches);

#endif
