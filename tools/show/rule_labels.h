/* tools/show/rule_labels.h - what people call the metrics and red lines that have the names of the
 * built-in rules: "Mails opened, 30 days". Days and stages in it are those of the rules in hand. */
#ifndef BC_TOOLS_SHOW_RULE_LABELS_H
#define BC_TOOLS_SHOW_RULE_LABELS_H

#include "projections/rules/rules.h"

/* Adds the name itself where the built-in rules or those in hand have none of it, or where a label
 * would not be true of theirs: of another kind, without a window, out of several stages. */
void rule_labels_metric_add(struct bc_buf *out, const bc_rules *rules, struct bc_str name);
void rule_labels_red_line_add(struct bc_buf *out, const bc_rules *rules, struct bc_str name);

#endif
