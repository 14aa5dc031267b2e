/* tools/show/revenue_drawing.h - what months are worth, as a drawing. */
#ifndef BC_TOOLS_SHOW_REVENUE_DRAWING_H
#define BC_TOOLS_SHOW_REVENUE_DRAWING_H

#include "tools/show/drawing.h"
#include "tools/show/revenue.h"

/* Adds it, as SVG: contracts and what is open one upon the other, FMRR across. */
drawing_fn revenue_drawing_add; /* of a struct revenue_shown */

#endif
