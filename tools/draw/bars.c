#include "tools/draw/bars.h"

#include "tools/draw/scale.h"
#include "tools/draw/svg.h"

#include <math.h>

enum { BAR = 10 };

double bars_scale(double longest)
{
    return scale_top(longest, scale_step(longest, 1));
}

void bars_draw(struct bc_buf *out, const struct bars_bar *of, size_t number)
{
    const double part =
        of->most > 0 && !isnan(of->value) ? fmax(0, fmin(of->value / of->most, 1)) : 0;

    svg_begin_within(
        out,
        &(struct svg_head){
            .width = of->width, .height = BARS_HEIGHT, .title = of->title, .desc = of->desc },
        number);
    if (part > 0)
        svg_rect(out, of->dark ? "cell" : "nbar", 0, (BARS_HEIGHT - BAR) / 2.0,
                 fmax(part * of->width, 1), BAR);
    svg_end(out);
}
