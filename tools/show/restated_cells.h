/* tools/show/restated_cells.h - an issued report that was asked again, as the cells of a row. */
#ifndef BC_TOOLS_SHOW_RESTATED_CELLS_H
#define BC_TOOLS_SHOW_RESTATED_CELLS_H

#include "tools/show/restated.h"

/* The report, and what differs, or why that is not known. */
void restated_cells(struct row *row, const struct restated *restated);
/* Adds why something of it is not known. */
void restated_problem_add(struct bc_buf *out, const struct bc_err *problem);

#endif
