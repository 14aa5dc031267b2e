/* tools/show/deals_drawing.h - the deals that are listed, under one time axis. */
#ifndef BC_TOOLS_SHOW_DEALS_DRAWING_H
#define BC_TOOLS_SHOW_DEALS_DRAWING_H

#include "tools/draw/timeline.h"
#include "tools/show/deals.h"
#include "tools/show/drawing.h"

enum { DEALS_DRAWN = 100 }; /* rows: more are a number below */

struct deals_drawing {
    const struct deals_shown *shown;
    bool by_id; /* deals go by their ids, where names are not shown */
    struct timeline_row *rows;
    size_t n;
    bc_arena *arena;
};

/* Reads the visits of the first of the deals. Released also when that failed. */
bc_status deals_drawing_read(struct deals_drawing *out, const struct deals_shown *shown,
                             const struct names *names, struct bc_err *err);
void deals_drawing_release(struct deals_drawing *drawing);
/* Adds it, as SVG: a row a deal, in their order. */
drawing_fn deals_drawing_add; /* of a struct deals_drawing */

#endif
