/* tools/draw/axis.h - the numbers and dates beside a drawing, and the lines across it. */
#ifndef BC_TOOLS_DRAW_AXIS_H
#define BC_TOOLS_DRAW_AXIS_H

#include "ledger/base/mem.h"
#include "tools/draw/scale.h"

enum axis_kind { AXIS_COUNT, AXIS_RATE, AXIS_DAYS, AXIS_AMOUNT };

/* A value as it stands in drawings: "14", "45.1 %", "49.5 d", "1038.00"; a tick without the
 * decimals that it does not need. */
void axis_value_add(struct bc_buf *out, enum axis_kind kind, double value, bool tick);

/* A scale of values from 0 that holds `most`, between two heights; *step: from tick to tick. */
struct scale axis_scale(enum axis_kind kind, double most, double bottom, double top, double *step);
/* Lines across from x1 to x2, with their numbers on the left. */
void axis_values(struct bc_buf *out, const struct scale *scale, double step, enum axis_kind kind,
                 double x1, double x2);
/* Dates below y, on a scale of days: at quarters or what there is room for, the year in January's
 * place. */
void axis_dates(struct bc_buf *out, const struct scale *scale, double y);
/* The same above y1: a line down from there to y2 at each date, which stands beside its upper end.
 */
void axis_dates_above(struct bc_buf *out, const struct scale *scale, double y1, double y2);

#endif
