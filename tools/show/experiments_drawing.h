/* tools/show/experiments_drawing.h - the arms of experiments as a drawing. */
#ifndef BC_TOOLS_SHOW_EXPERIMENTS_DRAWING_H
#define BC_TOOLS_SHOW_EXPERIMENTS_DRAWING_H

#include "tools/show/drawing.h"
#include "tools/show/experiments.h"

/* Adds it, as SVG: a row an arm, and the differences from the control below. */
drawing_fn experiments_drawing_add; /* of a struct experiments_shown */

#endif
