/* tools/show/report_by.h - a report split by the values of a key: one for each of them. */
#ifndef BC_TOOLS_SHOW_REPORT_BY_H
#define BC_TOOLS_SHOW_REPORT_BY_H

#include "projections/cohorts/by_values.h"
#include "projections/report/report.h"

#define REPORT_BY_HELP                                                                             \
    "a row for each value, as read at the date: any property, need,\n"                             \
    "budget, icp_fit, icp_version, campaign, channel, meetings,\n"                                 \
    "opened, replied, arm:EXPERIMENT"

enum { REPORT_BY_MAX = 1000 }; /* values */

struct report_by {
    struct bc_by by;
    struct bc_report_split *split;
};

/* BC_E_USAGE: no key, or one that is the same for all deals at a date. */
bc_status report_by_key(struct bc_by *out, const char *text, struct bc_err *err);
/* A report for each value, of the same question; BC_E_USAGE: there are too many values; BC_DONE:
 * too many for so many dates, ask half of them. Released also when this failed. */
bc_status report_by_make(struct report_by *out, const struct bc_by *by, bc_timelines *timelines,
                         const struct bc_question *question,
                         const struct bc_report_options *options, struct bc_err *err);
/* Puts the lists of a date into the cells, if they are wanted (bc_report_show). */
void report_by_show(const struct report_by *by, size_t date);
void report_by_release(struct report_by *by); /* a zeroed one is fine */

#endif
