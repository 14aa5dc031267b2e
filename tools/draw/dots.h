/* tools/draw/dots.h - the open deals of a stage as a strip for a cell of a page: a dot a deal by
 * its days in the stage, from 0 to DAYS_MOST; those that are there longer leave through the end. */
#ifndef BC_TOOLS_DRAW_DOTS_H
#define BC_TOOLS_DRAW_DOTS_H

#include "ledger/base/mem.h"

enum { DOTS_WIDE = 300, DOTS_NARROW = 170, DOTS_HEIGHT = 20 }; /* its two widths in pages */

enum dots_state { DOTS_DEAL, DOTS_STALLED, DOTS_PARKED }; /* a dot, a triangle, a ring */

struct dots_deal {
    double days;
    enum dots_state state;
};

/* Everything is borrowed. */
struct dots {
    struct bc_str title; /* "Days of each open deal in Discovery" */
    double width;
    const struct dots_deal *deals;
    size_t n;
    bool has_limit; /* a dashed line */
    double limit;
};

/* `number` is that of the drawing on its page, from 1 on. It says the days itself. */
void dots_draw(struct bc_buf *out, const struct dots *of, size_t number);
/* The labels above such drawings, of the same width. */
void dots_labels_draw(struct bc_buf *out, double width);

#endif
