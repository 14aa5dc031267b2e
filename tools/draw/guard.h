/* tools/draw/guard.h - how far something that is counted has come on its way to a number, a cell
 * each, as a small drawing for a cell of a page. */
#ifndef BC_TOOLS_DRAW_GUARD_H
#define BC_TOOLS_DRAW_GUARD_H

#include "ledger/base/mem.h"

enum { GUARD_MOST = 20 }; /* cells that can be told from one another */

struct guard {
    struct bc_str title, desc;
    double width;
    uint64_t n, needs; /* needs: 1 to GUARD_MOST */
};

/* `number` is that of the drawing on its page, from 1 on. */
void guard_draw(struct bc_buf *out, const struct guard *of, size_t number);

#endif
