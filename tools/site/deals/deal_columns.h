/* tools/site/deals/deal_columns.h - for insiders: cells of a deal's row, as `deals --json`
 * has it. */
#ifndef BC_TOOLS_SITE_DEALS_DEAL_COLUMNS_H
#define BC_TOOLS_SITE_DEALS_DEAL_COLUMNS_H

#include "tools/print/column.h"
#include "tools/print/html_out.h"

column_draw_fn deal_columns_deal;   /* on a narrow page with the stage below */
column_draw_fn deal_columns_state;  /* stalled, or until when it is parked; or nothing */
column_draw_fn deal_columns_amount; /* with its currency, where that is not the rules' */
column_draw_fn deal_columns_mrr;
column_draw_fn deal_columns_findings; /* their number; 0 in grey */
column_draw_fn deal_columns_stage;    /* its label; a dash where it is in none */

#endif
