/* tools/show/side_by_side.h - one date under several rules, a column each. */
#ifndef BC_TOOLS_SHOW_SIDE_BY_SIDE_H
#define BC_TOOLS_SHOW_SIDE_BY_SIDE_H

#include "tools/show/report.h"

/* One for each reference that was asked, each report with one date. */
struct sides {
    const struct basis *basis;
    struct bc_report *const *reports;
    const struct report_part *parts;
    const struct report_by *by; /* split by a key: the figures are those of its values; or NULL */
};

/* What some of the rules do not have is left empty under them. */
void side_by_side_print(const struct cmd_env *env, const struct sides *sides);

#endif
