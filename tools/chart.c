#include "tools/chart.h"

#include <stdlib.h>

static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
enum { BLOCK_N = 8 };

/* The last point that is there among those that share a block. */
static struct chart_point pick(const struct chart_point *points, size_t n)
{
    while (n > 1 && !points[n - 1].there)
        n--;
    return points[n - 1];
}

void chart_add(struct bc_buf *out, const struct chart_point *points, size_t n, size_t most)
{
    size_t each = n > most ? (n + most - 1) / most : 1;
    double low = 0, high = 0;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        if (!points[i].there)
            continue;
        low = !any || points[i].value < low ? points[i].value : low;
        high = !any || points[i].value > high ? points[i].value : high;
        any = true;
    }
    for (size_t i = 0; i < n; i += each) {
        struct chart_point point = pick(points + i, n - i < each ? n - i : each);
        size_t level = 0;

        if (point.there && high > low)
            level = (size_t)((point.value - low) / (high - low) * (BLOCK_N - 1) + 0.5);
        bc_buf_printf(out, "%s", point.there ? blocks[level] : " ");
    }
}
