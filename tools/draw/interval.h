/* tools/draw/interval.h - a figure with its interval on a scale, as a small drawing for a cell of a
 * page: for a rate in a row, an arm of an experiment, a difference, a red line. */
#ifndef BC_TOOLS_DRAW_INTERVAL_H
#define BC_TOOLS_DRAW_INTERVAL_H

#include "ledger/base/mem.h"

enum interval_mark {
    INTERVAL_DOT,
    INTERVAL_SQUARE, /* as large as what it rests on: by the root of `n` */
    INTERVAL_DIAMOND,
};

/* Everything is borrowed; what lies outside of the scale is drawn at its end. */
struct interval {
    struct bc_str title, desc;
    double width;
    double from, to; /* the scale; in it a tick at each end and in the middle */
    double value;
    bool has_ends; /* an interval, from `low` to `high` */
    double low, high;
    enum interval_mark mark;
    uint64_t n;
    bool has_limit, is_target; /* a dashed line; a target is no red line */
    double limit;
    bool has_worst; /* a hollow dot beside */
    double worst;
};

enum { INTERVAL_HEIGHT = 22 };

/* `number` is that of the drawing on its page, from 1 on. */
void interval_draw(struct bc_buf *out, const struct interval *of, size_t number);
/* The labels above such drawings, of the same width: both ends, and one between, or none. */
struct interval_labels {
    double width;
    struct bc_str from, to;
    bool has_between;
    double at; /* of the way from one end to the other, 0 to 1 */
    struct bc_str between;
};
void interval_labels_draw(struct bc_buf *out, const struct interval_labels *of);

#endif
