/* projections/cohorts/by_values.h - a report split by the values of a key, as they are at the
 * dates.
 *
 * Unlike in a cohort a key is read at the dates: a property by its time mode, the others by what is
 * known then. */
#ifndef BC_PROJECTIONS_COHORTS_BY_VALUES_H
#define BC_PROJECTIONS_COHORTS_BY_VALUES_H

#include "projections/cohorts/cohort_keys.h"
#include "projections/report/question.h"

struct bc_by_values {
    struct bc_splitter splitter; /* for bc_report_make_split */
    struct bc_by by;
    struct bc_by_world world;
};

/* No key of published versions or of the calendar, which are the same for all deals at a date.
 * `out` must stay where it is; the rules and strings are borrowed. */
void bc_by_values_init(struct bc_by_values *out, const struct bc_by *by, const bc_rules *rules,
                       const bc_string_table *strings);

#endif
