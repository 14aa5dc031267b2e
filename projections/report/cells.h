/* projections/report/cells.h - from tallies, when all deals were seen, to the cells of a report. */
#ifndef BC_PROJECTIONS_REPORT_CELLS_H
#define BC_PROJECTIONS_REPORT_CELLS_H

#include "projections/metrics/metric.h"
#include "projections/report/red_lines.h"
#include "projections/report/report.h"

struct bc_cells {
    struct bc_report *report; /* under its rules */
    struct bc_metric *metrics;
    size_t metric_n; /* none where only the red lines are wanted */
    const struct bc_dates *dates;
    bc_red_lines *red_lines;
};

/* Finishes the tallies and fills the report's cells. */
void bc_cells_fill(const struct bc_cells *of, unsigned threads);
/* The same of one value's metrics, on this thread alone and without red lines. */
void bc_cells_fill_value(const struct bc_cells *cells);

#endif
