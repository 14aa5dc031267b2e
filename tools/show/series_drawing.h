/* tools/show/series_drawing.h - a series as a drawing: a panel a metric, in the slice asked for or
 * in its headline, under one or two rules. */
#ifndef BC_TOOLS_SHOW_SERIES_DRAWING_H
#define BC_TOOLS_SHOW_SERIES_DRAWING_H

#include "tools/draw/lines.h"
#include "tools/show/drawing.h"
#include "tools/show/series_columns.h"

/* What a metric's panel measures. */
enum axis_kind series_drawing_kind(const struct bc_metric_rule *metric);

/* Keeps a point a date and metric. */
struct series_drawing {
    const struct series *series;
    struct series_columns columns;
    struct lines_point *points; /* [column][date] */
    int32_t *days;
    size_t day_n, taken;
};

/* BC_E_USAGE: more rules than can be drawn. */
bc_status series_drawing_init(struct series_drawing *out, const struct series *series,
                              struct bc_err *err);
void series_drawing_release(struct series_drawing *drawing); /* a zeroed one is fine */
/* Takes the current pass. */
void series_drawing_pass(struct series_drawing *drawing);
/* After the last pass: adds the drawing, as SVG. */
drawing_fn series_drawing_add; /* of a struct series_drawing */

#endif
