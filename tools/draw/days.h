/* tools/draw/days.h - days as small drawings for cells of a page: how long something has lasted
 * against a limit, and how far a day lies ahead. */
#ifndef BC_TOOLS_DRAW_DAYS_H
#define BC_TOOLS_DRAW_DAYS_H

#include "ledger/base/mem.h"

enum { DAYS_MOST = 120, DAYS_BEHIND = 30, DAYS_AHEAD = 180 };

/* From 0 to DAYS_MOST; what lasted longer leaves through the end. */
struct days_lasted {
    struct bc_str title, desc;
    double days, limit;
};

enum days_state { DAYS_SETTLED, DAYS_OPEN, DAYS_OVER };

/* From DAYS_BEHIND days ago to DAYS_AHEAD days from now. */
struct days_ahead {
    struct bc_str title, desc;
    double width;
    double days;
    enum days_state state; /* a filled dot, a hollow one, a diamond */
};

/* `number` is that of the drawing on its page, from 1 on. */
void days_lasted_draw(struct bc_buf *out, const struct days_lasted *of, size_t number);
void days_ahead_draw(struct bc_buf *out, const struct days_ahead *of, size_t number);
/* The labels above such drawings, of the same width. */
void days_ahead_labels(struct bc_buf *out, double width);

#endif
