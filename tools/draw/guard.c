#include "tools/draw/guard.h"

#include "tools/draw/svg.h"

enum { HEIGHT = 22, TOP = 6, CELL = 10, SIDE = 2, GAP = 4 };

void guard_draw(struct bc_buf *out, const struct guard *of, size_t number)
{
    const double step = (of->width - 2 * SIDE) / (double)of->needs;
    const double gap = step > 2 * GAP ? GAP : step / 4;

    svg_begin_within(
        out,
        &(struct svg_head){
            .width = of->width, .height = HEIGHT, .title = of->title, .desc = of->desc },
        number);
    for (uint64_t i = 0; i < of->needs; i++)
        svg_rect(out, i < of->n ? "cell" : "cell o", SIDE + step * (double)i, TOP, step - gap,
                 CELL);
    svg_end(out);
}
