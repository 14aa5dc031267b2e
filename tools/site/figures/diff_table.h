/* tools/site/figures/diff_table.h - for insiders: what made a figure differ, of `diff`: the deals
 * that moved, by their causes, whose changes add up to the whole. */
#ifndef BC_TOOLS_SITE_FIGURES_DIFF_TABLE_H
#define BC_TOOLS_SITE_FIGURES_DIFF_TABLE_H

#include "tools/print/html_out.h"

/* Of a row of "metrics". */
void diff_table_put(struct html_out *out, const struct row *figure);
/* "late event" */
void diff_table_cause(struct html_out *out, const struct row *cause);
/* The change of a figure or of a cause, "+1.3 pt"; a grey 0 where there is none. */
void diff_table_change(struct html_out *out, const struct row *row);

#endif
