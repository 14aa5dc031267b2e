/* tools/show/red_lines.h - red lines through time, in each form. */
#ifndef BC_TOOLS_SHOW_RED_LINES_H
#define BC_TOOLS_SHOW_RED_LINES_H

#include "projections/flow/red_line_spans.h"
#include "tools/ask/basis.h"

/* Tables for spreadsheets, by name. */
enum red_lines_table {
    RED_LINES_DATES,
    RED_LINES_SPANS,
    RED_LINES_PIVOTS,
    RED_LINES_UNANSWERED,
    RED_LINES_TABLE_N
};
extern const char *const red_lines_tables[RED_LINES_TABLE_N];

struct red_lines_shown {
    const struct basis *basis;
    const struct bc_red_line_spans *spans;
    const int32_t *days; /* the dates */
    const char *every;   /* as typed */
};

void red_lines_show_json(const struct cmd_env *env, const struct red_lines_shown *shown);
void red_lines_show_csv(const struct cmd_env *env, const struct red_lines_shown *shown,
                        enum red_lines_table table);
/* The spans and the pivots, with the basis below. */
void red_lines_show(const struct cmd_env *env, const struct red_lines_shown *shown);

#endif
