/* tools/show/issued_figures.h - for pages: what of an issued report its list does not say, the date
 * it is of and its figures. */
#ifndef BC_TOOLS_SHOW_ISSUED_FIGURES_H
#define BC_TOOLS_SHOW_ISSUED_FIGURES_H

#include "tools/show/issued_report.h"

/* "asOf" and "figures", rows of name, slice, value and n as of that report. Nothing where it cannot
 * be read. */
void issued_figures_cells(struct row *row, const struct bc_issued *report);

#endif
