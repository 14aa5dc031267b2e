/* projections/diff/figure.h - a figure with all that is printed of it, and in what two differ. */
#ifndef BC_PROJECTIONS_DIFF_FIGURE_H
#define BC_PROJECTIONS_DIFF_FIGURE_H

#include "projections/report/report.h"

/* What is printed of a metric or a red line, beside its name: a constant here and a line in
 * figure.c for each. */
enum bc_figure_field {
    BC_FIGURE_STATE,
    BC_FIGURE_VALUE,
    BC_FIGURE_N, /* of a red line: its guard */
    BC_FIGURE_HIT,
    BC_FIGURE_LOW,
    BC_FIGURE_HIGH,
    BC_FIGURE_MEDIAN,
    BC_FIGURE_P90,
    BC_FIGURE_CLOSED_MEAN,
    BC_FIGURE_CLOSED_N,
    BC_FIGURE_EXCLUDED,
    BC_FIGURE_STALLED,
    BC_FIGURE_CAMPAIGNS,
    BC_FIGURE_GUARD_NEEDS,
    BC_FIGURE_THRESHOLD,
    BC_FIGURE_WORST,
    BC_FIGURE_FIELD_N
};
#define BC_FIGURE_BIT(field) (UINT32_C(1) << (field))
/* A figure is these; all else says more about it. */
#define BC_FIGURE_ITSELF                                                                           \
    (BC_FIGURE_BIT(BC_FIGURE_STATE) | BC_FIGURE_BIT(BC_FIGURE_VALUE) | BC_FIGURE_BIT(BC_FIGURE_N))

/* What a field is printed under; of a metric, or of a red line where that is NULL. */
const char *bc_figure_key(enum bc_figure_field field, const struct bc_metric_rule *metric);

struct bc_figure {
    bool there;     /* the rules have such a metric and slice */
    bool has_value; /* else null */
    double value;
    uint64_t n;                          /* of a red line: its guard */
    enum bc_red_line_state state;        /* of a red line */
    uint32_t more;                       /* bits: what else is known of it */
    const struct bc_cell *cell;          /* of a metric, where `more` is not 0; borrowed */
    const struct bc_red_line_cell *line; /* of a red line; the same */
};

/* As they are computed: all that is printed of such a metric, such a red line is known. */
struct bc_figure bc_figure_of_cell(const struct bc_metric_rule *rule, const struct bc_cell *cell);
struct bc_figure bc_figure_of_line(const struct bc_red_line_rule *rule,
                                   const struct bc_red_line_cell *line);

/* The fields in which two differ, of those that are known of both, as bits. All of the figure
 * itself where only one is there. */
uint32_t bc_figure_differ(const struct bc_figure *a, const struct bc_figure *b);

static inline double bc_figure_value(const struct bc_figure *figure)
{
    return figure->has_value ? figure->value : 0;
}

#endif
