/* tools/show/red_lines_drawing.h - red lines through time, as a drawing. */
#ifndef BC_TOOLS_SHOW_RED_LINES_DRAWING_H
#define BC_TOOLS_SHOW_RED_LINES_DRAWING_H

#include "tools/show/drawing.h"
#include "tools/show/red_lines.h"

/* Adds it, as SVG: a strip of states for each line, with its pivots. */
drawing_fn red_lines_drawing_add; /* of a struct red_lines_shown */

#endif
