/* tools/pages/flow_parts.h - what pages say of a flow: its row as `flow --json` has it. */
#ifndef BC_TOOLS_PAGES_FLOW_PARTS_H
#define BC_TOOLS_PAGES_FLOW_PARTS_H

#include "tools/print/column.h"
#include "tools/print/html_out.h"

/* "10 qualified on 2025-12-28 +13 in: 13 new −9 out: 1 won, 8 lost = 14 on 2026-03-29", and how
 * many stayed. `what` is what those are that are counted, "qualified ", or ""; `now` a word
 * for the second date, or NULL. */
void flow_parts_sum(struct html_out *out, const struct row *flow, const char *what,
                    const char *now);
/* All moves as a table, folded. */
void flow_parts_moves(struct html_out *out, const struct row *flow, const char *summary);

column_draw_fn flow_parts_from,
    flow_parts_to; /* the stage of "from", of "to"; or that it was not there */

#endif
