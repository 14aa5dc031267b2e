/* tools/show/flow_drawing.h - the moves between two dates as a drawing. */
#ifndef BC_TOOLS_SHOW_FLOW_DRAWING_H
#define BC_TOOLS_SHOW_FLOW_DRAWING_H

#include "tools/show/drawing.h"
#include "tools/show/flow.h"

/* Adds it, as SVG. Who was closed on both dates is a number in a sentence, and no ribbon. */
drawing_fn flow_drawing_add; /* of a struct flow_shown */

#endif
