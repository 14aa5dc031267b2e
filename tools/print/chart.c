#include "tools/print/chart.h"

static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
enum { BLOCK_N = 8 };

struct chart chart_begin(size_t n, size_t most)
{
    return (struct chart){ .each = n > most ? (n + most - 1) / most : 1 };
}

void chart_take(struct chart *chart, struct chart_point point)
{
    struct chart_point *block = &chart->blocks[chart->taken / chart->each];

    if (chart->taken == 0)
        chart->first = point;
    chart->last = point;
    if (point.there || chart->taken % chart->each == 0)
        *block = point;
    chart->taken++;
    if (!point.there)
        return;
    chart->low = !chart->any || point.value < chart->low ? point.value : chart->low;
    chart->high = !chart->any || point.value > chart->high ? point.value : chart->high;
    chart->any = true;
}

void chart_add(struct bc_buf *out, const struct chart *chart)
{
    size_t n = (chart->taken + chart->each - 1) / chart->each;
    double range = chart->high - chart->low;

    for (size_t i = 0; i < n; i++) {
        const struct chart_point *point = &chart->blocks[i];
        size_t level = 0;

        if (point->there && range > 0)
            level = (size_t)((point->value - chart->low) / range * (BLOCK_N - 1) + 0.5);
        bc_buf_printf(out, "%s", point->there ? blocks[level] : " ");
    }
}
