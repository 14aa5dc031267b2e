/* tools/draw/timeline.h - many deals under one time axis: a row each, its name on the left and its
 * visits as bars, the as-of line across all. How many rows there are is up to the caller. */
#ifndef BC_TOOLS_DRAW_TIMELINE_H
#define BC_TOOLS_DRAW_TIMELINE_H

#include "tools/draw/visits.h"

struct timeline_row {
    struct bc_str name;                /* cut to what there is room for */
    const struct visits_visit *visits; /* by when they begin */
    size_t visit_n;
};

/* Everything is borrowed. */
struct timeline {
    struct sheet_place place;
    struct bc_str title;
    struct visits_time time;
    bool from_given; /* else from the first visit on */
    int64_t from_us;
    const struct timeline_row *rows;
    size_t n;
    const struct bc_str *notes; /* lines below */
    size_t note_n;
};

void timeline_draw(struct bc_buf *out, const struct timeline *of);

#endif
