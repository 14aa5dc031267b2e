/* tools/show/revenue_drawing.h - what months are worth, as a drawing. */
#ifndef BC_TOOLS_SHOW_REVENUE_DRAWING_H
#define BC_TOOLS_SHOW_REVENUE_DRAWING_H

#include "tools/show/revenue.h"

/* Adds it, as SVG: contracts and what is open one upon the other, FMRR across. */
void revenue_drawing_add(struct bc_buf *out, const struct revenue_shown *shown);

#endif
