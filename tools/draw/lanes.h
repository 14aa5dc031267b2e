/* tools/draw/lanes.h - marks on days in lanes of their own, below a plot over the same days: what
 * was decided, issued and ruled. */
#ifndef BC_TOOLS_DRAW_LANES_H
#define BC_TOOLS_DRAW_LANES_H

#include "tools/draw/scale.h"
#include "tools/draw/sheet.h"

enum lanes_kind {
    LANES_PIVOT,        /* a diamond, with a line through the plot */
    LANES_REPORT_OTHER, /* a square: a report that would read differently now */
    LANES_REPORT_SAME,  /* a hollow one: that still reads so */
    LANES_RULES,        /* a triangle: in force from here */
    LANES_KIND_N
};

struct lanes_mark {
    enum lanes_kind kind;
    int32_t day;
    struct bc_str label; /* "Q2", "R3"; may be empty */
};

/* Everything is borrowed; days outside of the scale have no mark. */
struct lanes {
    const struct lanes_mark *marks; /* those of a lane by their days */
    size_t n;
    const struct scale *days;
    double right; /* how far labels may go */
};

/* Of the lanes that have a mark. */
double lanes_height(const struct lanes *lanes);
/* The lines from marks up through a plot, which begin at `plot` and end at the lanes; drawn before
 * what is plotted. */
void lanes_lines_draw(struct bc_buf *out, const struct lanes *lanes, double plot, double axis,
                      double top);
/* From `top` down; labels that would stand on each other become one, "R1 to R3". */
void lanes_draw(struct bc_buf *out, const struct lanes *lanes, double top);
/* Whether there is a mark of a kind, and its sign for a key. */
bool lanes_has(const struct lanes *lanes, enum lanes_kind kind);
struct sheet_sign lanes_sign(enum lanes_kind kind);

#endif
