/* tools/draw/lines_plot.h - for insiders: where a panel of lines.h is plotted. */
#ifndef BC_TOOLS_DRAW_LINES_PLOT_H
#define BC_TOOLS_DRAW_LINES_PLOT_H

#include "tools/draw/lines.h"

enum { LINES_THIN_BELOW = 10 }; /* n; the line is dotted, the band half as strong */

struct lines_plot {
    const struct lines *of;
    const struct lines_panel *at;
    struct scale x, y;
    double step;
    bool bands, strip;
};

/* Rates and means rest on their n. */
bool lines_plot_rests(const struct lines_panel *panel);
/* Whether a point can be drawn. */
bool lines_plot_there(const struct lines_point *point);
double lines_plot_x(const struct lines_plot *plot, size_t i);
double lines_plot_y(const struct lines_plot *plot, double value); /* within the plot */

/* Band and lines, with an arrowhead and a number where the first leaves the plot. */
void lines_plot_draw(struct bc_buf *out, const struct lines_plot *plot);

#endif
