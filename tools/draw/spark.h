/* tools/draw/spark.h - a run of figures as a small drawing for a cell of a page: counts as columns
 * from zero, the last of them dark; other figures as a line on its own scale, with a dot at its
 * end.
 */
#ifndef BC_TOOLS_DRAW_SPARK_H
#define BC_TOOLS_DRAW_SPARK_H

#include "ledger/base/mem.h"

enum { SPARK_WIDTH = 98, SPARK_HEIGHT = 20 };

struct spark_point {
    bool known; /* else a gap */
    double value;
};

/* Everything is borrowed. */
struct spark {
    struct bc_str title, desc;
    bool columns;
    const struct spark_point *at; /* the oldest first */
    size_t n;
};

/* `number` is that of the drawing on its page, from 1 on. */
void spark_draw(struct bc_buf *out, const struct spark *of, size_t number);

#endif
