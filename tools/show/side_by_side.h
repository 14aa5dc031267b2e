/* tools/show/side_by_side.h - one date under several rules, a column each. */
#ifndef BC_TOOLS_SHOW_SIDE_BY_SIDE_H
#define BC_TOOLS_SHOW_SIDE_BY_SIDE_H

#include "tools/show/report.h"

/* reports and parts: one for each reference of `asked`, each report with one date. What some of
 * the rules do not have is left empty under them. */
void side_by_side_print(const struct cmd_env *env, const struct basis *basis,
                        struct bc_report *const *reports, const struct report_part *parts);

#endif
