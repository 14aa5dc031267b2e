/* tools/show/history_drawing.h - what happened to one deal, as a drawing. */
#ifndef BC_TOOLS_SHOW_HISTORY_DRAWING_H
#define BC_TOOLS_SHOW_HISTORY_DRAWING_H

#include "tools/show/drawing.h"
#include "tools/show/history.h"

/* Adds it, as SVG: its visits as a bar over lanes of its events. */
drawing_fn history_drawing_add; /* of a struct history_shown */

#endif
