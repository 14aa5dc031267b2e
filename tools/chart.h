/* tools/chart.h - a series as a small chart in the terminal: a line of blocks a metric. */
#ifndef BC_TOOLS_CHART_H
#define BC_TOOLS_CHART_H

#include "ledger/base/mem.h"

struct chart_point {
    bool there; /* else the point is left blank */
    double value;
};

/* Adds n points as blocks from the lowest to the highest value among them; with more than `most`
 * points, as many of them joined to one block (their last) as it takes. */
void chart_add(struct bc_buf *out, const struct chart_point *points, size_t n, size_t most);

#endif
