/* tools/show/experiments_drawing.h - the arms of experiments as a drawing. */
#ifndef BC_TOOLS_SHOW_EXPERIMENTS_DRAWING_H
#define BC_TOOLS_SHOW_EXPERIMENTS_DRAWING_H

#include "tools/show/experiments.h"

/* Adds it, as SVG: a row an arm, and the differences from the control below. */
void experiments_drawing_add(struct bc_buf *out, const struct experiments_shown *shown);

#endif
