/* tools/pages/loss_table.h - why deals were lost, in tables of several pages. */
#ifndef BC_TOOLS_PAGES_LOSS_TABLE_H
#define BC_TOOLS_PAGES_LOSS_TABLE_H

#include "tools/print/html_out.h"

/* Of losses_cells (tools/show/losses.h): by stage, by reason and by ICP, beside each other. */
void loss_table_put(struct html_out *out, const struct row *losses);
/* The reasons of each stage that was left. */
void loss_table_put_reasons(struct html_out *out, struct rows rows);
/* The deals with a day to ask again. */
void loss_table_put_reengage(struct html_out *out, struct rows rows);

#endif
