/* projections/walk/walked_report.h - a report that is made by the same walk as answers of the
 * learning half. */
#ifndef BC_PROJECTIONS_WALK_WALKED_REPORT_H
#define BC_PROJECTIONS_WALK_WALKED_REPORT_H

#include "projections/report/report.h"
#include "projections/walk/walk.h"

/* bc_report_make in two halves, beside other questions. The options are borrowed up to the end. */
bc_status bc_walked_report_begin(struct bc_walked *walked, struct bc_report **out,
                                 bc_timelines *timelines, const struct bc_question *question,
                                 const struct bc_report_options *options, struct bc_err *err);

#endif
