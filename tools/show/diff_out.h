/* tools/show/diff_out.h - what differs between two ways of asking, as JSON and for people. */
#ifndef BC_TOOLS_SHOW_DIFF_OUT_H
#define BC_TOOLS_SHOW_DIFF_OUT_H

#include "projections/diff/diff.h"
#include "tools/print/json_out.h"
#include "tools/print/table.h"

/* The members "metrics" and "redLines" of an object. */
void diff_out_json(struct json_out *json, const struct bc_diff *diff);

/* A table: each figure, and below it what each cause did, with the first few deals. Nothing where
 * nothing differs. */
void diff_out_print(const struct cmd_env *env, const struct bc_diff *diff);

#endif
