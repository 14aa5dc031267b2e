/* tools/show/labels.h - what people call what has a name in rules or answers: slices, steps,
 * states, stages. Where nothing stands here, the name itself. Of metrics and red lines:
 * rule_labels.h. */
#ifndef BC_TOOLS_SHOW_LABELS_H
#define BC_TOOLS_SHOW_LABELS_H

#include "projections/rules/rules.h"

/* "New business" */
struct bc_str labels_slice(struct bc_str name);
/* Of the hand-off: "data complete". */
struct bc_str labels_step(struct bc_str name);
/* Of a red line: "would breach". */
struct bc_str labels_state(struct bc_str name);
/* As the rules call it. */
struct bc_str labels_stage(const bc_rules *rules, struct bc_str id);
/* Of an event, "stage changed"; of a meeting that counts as one, "meeting held". */
void labels_body_add(struct bc_buf *out, struct bc_str name);

#endif
