/* tools/show/stage_list.h - a set of stages, by their ids. */
#ifndef BC_TOOLS_SHOW_STAGE_LIST_H
#define BC_TOOLS_SHOW_STAGE_LIST_H

#include "projections/rules/rules.h"
#include "tools/print/row.h"

/* A list of them, in byte order; in a CSV joined by `;`. */
void stage_list_cell(struct row *row, const char *key, const bc_rules *rules, bc_stage_set set);
/* With commas between, in the order of the rules. */
void stage_list_add(struct bc_buf *out, const bc_rules *rules, bc_stage_set set);

#endif
