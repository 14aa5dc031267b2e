/* tools/print/chart.h - a series as a small chart in the terminal: a line of blocks a metric. */
#ifndef BC_TOOLS_PRINT_CHART_H
#define BC_TOOLS_PRINT_CHART_H

#include "ledger/base/mem.h"

struct chart_point {
    bool there; /* else the point is left blank */
    double value;
};

enum { CHART_MOST = 60 }; /* blocks */

/* Gets points one by one, and keeps no more of them than it draws. */
struct chart {
    size_t each;  /* points that become one block */
    size_t taken; /* points */
    struct chart_point first, last, blocks[CHART_MOST];
    bool any; /* is there a value? */
    double low, high;
};

/* Of n points, drawn as at most `most` blocks (up to CHART_MOST): where there are more points,
 * several of them become one block, with the last of their values. */
struct chart chart_begin(size_t n, size_t most);
void chart_take(struct chart *chart, struct chart_point point);
/* Adds the blocks, from the lowest to the highest value of all points. */
void chart_add(struct bc_buf *out, const struct chart *chart);

#endif
