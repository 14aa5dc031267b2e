/* tools/draw/bars.h - a figure as a bar from zero, for a cell of a page: the longest of a column
 * may be dark. */
#ifndef BC_TOOLS_DRAW_BARS_H
#define BC_TOOLS_DRAW_BARS_H

#include "ledger/base/mem.h"

enum { BARS_WIDTH = 150, BARS_HEIGHT = 18 };

/* Everything is borrowed. */
struct bars_bar {
    struct bc_str title, desc; /* "Deal-days an exit", "20.7 on a scale to 80" */
    double width;
    double value, most; /* the scale is from 0 to `most`, the same in all rows */
    bool dark;
};

/* The end of a scale that holds the longest bar, a round number: "0 to 80" is what it says above.
 */
double bars_scale(double longest);
/* `number` is that of the drawing on its page, from 1 on. */
void bars_draw(struct bc_buf *out, const struct bars_bar *of, size_t number);

#endif
