/* tools/draw/lines.h - figures over dates, a panel each: a line with its interval as a band, and
 * perhaps a second line, dashed. */
#ifndef BC_TOOLS_DRAW_LINES_H
#define BC_TOOLS_DRAW_LINES_H

#include "tools/draw/axis.h"

struct lines_point {
    bool there; /* else the line is broken */
    double value;
    double low, high; /* of a rate */
    uint64_t n;       /* what a rate or a mean rests on */
};

enum { LINES_MAX = 2 };

struct lines_panel {
    struct bc_str title;
    enum axis_kind kind;
    struct bc_str labels[LINES_MAX]; /* beside the ends of the lines; may be empty */
    const struct lines_point *points[LINES_MAX];
    size_t line_n;
};

/* Everything is borrowed. */
struct lines {
    struct bc_str title;
    const int32_t *days; /* ascending */
    size_t day_n;
    const struct lines_panel *panels;
    size_t panel_n;
    const struct bc_str *notes; /* lines below */
    size_t note_n;
};

void lines_draw(struct bc_buf *out, const struct lines *of);

#endif
