/* tools/show/series_columns.h - what of a series people see: a column a metric, in the slice asked
 * for or in its headline. */
#ifndef BC_TOOLS_SHOW_SERIES_COLUMNS_H
#define BC_TOOLS_SHOW_SERIES_COLUMNS_H

#include "tools/show/series.h"

/* A metric under one of the rules asked for; of those of all the dates, the last that have it. */
struct series_column {
    const struct bc_metric_rule *metric;
    const bc_rules *rules;
    size_t ref;
};

/* `{ 0 }` is empty. */
struct series_columns {
    struct series_column *at;
    size_t n, cap;
};

/* A metric has a column of its own under each reference whose rules ever have it. */
void series_columns_choose(struct series_columns *out, const struct series *series);
void series_columns_release(struct series_columns *columns);

/* The metric of a column in an answer, and the slice that is shown, or NULL: not under its rules.
 * Where the answer is split, of the deals that have `value`, or NULL: no deal of the slice has it.
 */
const struct bc_cell *series_column_cell(const struct series_answer *answer,
                                         const struct series_column *column, struct bc_str value,
                                         const struct bc_metric_rule **rule, size_t *slice);

#endif
