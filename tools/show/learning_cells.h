/* tools/show/learning_cells.h - what all answers of the learning half have in common. */
#ifndef BC_TOOLS_SHOW_LEARNING_CELLS_H
#define BC_TOOLS_SHOW_LEARNING_CELLS_H

#include "ledger/record/event.h"
#include "projections/activity/last_activity.h"
#include "tools/cli/cmd.h"
#include "tools/print/row.h"

/* "since": when the window begins, itself outside; INT64_MIN, the beginning of time, is null. */
void learning_cells_since(struct row *row, int64_t since_us);
/* The deals that were to be listed, in a table, with their names; "no deals" where there are none.
 */
void learning_cells_deals(const struct cmd_env *env, const struct bc_str *deals, size_t n);
/* A list of texts, which live as long as the row; in a CSV they are joined by `;`. */
void learning_cells_list(struct row *row, const char *key, const struct bc_str *texts, size_t n);
/* Adds the name of a body in words, "stage changed". */
void learning_cells_body(struct bc_buf *out, enum bc_body body);
/* "lastActivity", of what and when; null where nothing was done. `last` lives as long as the row.
 */
void learning_cells_last(struct row *row, const struct bc_last_activity *last);
/* Adds in words what was done; as an activity a meeting is one that was held. */
void learning_cells_done(struct bc_buf *out, enum bc_body body);

#endif
