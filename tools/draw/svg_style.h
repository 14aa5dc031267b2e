/* tools/draw/svg_style.h - for insiders: how the classes of drawings look in a file that stands for
 * itself. draw.css has them, with colours by the names that pages give them; here these are put in,
 * since some readers of SVG know no variables. */
#ifndef BC_TOOLS_DRAW_SVG_STYLE_H
#define BC_TOOLS_DRAW_SVG_STYLE_H

#include "ledger/base/mem.h"

/* Texts have at least 4.5 of contrast, marks that carry meaning at least 3. */
struct svg_colour {
    const char *name; /* "ink-2" */
    const char *light, *dark;
};
extern const struct svg_colour svg_colours[];
extern const size_t svg_colour_n;

/* Adds what stands within <style>: as on a light screen and on paper, then for a dark screen. */
void svg_style_add(struct bc_buf *out);

#endif
