/* tools/show/event_words.h - what an event tells, in words, for pages: "to Outreach", "amount =
 * 3250", "First talk, 2025-12-29 14:30: scheduled". */
#ifndef BC_TOOLS_SHOW_EVENT_WORDS_H
#define BC_TOOLS_SHOW_EVENT_WORDS_H

#include "ledger/record/event.h"
#include "projections/rules/rules.h"
#include "tools/cli/names.h"

/* Its kind: "Stage", "Deal created". */
void event_words_kind_add(struct bc_buf *out, enum bc_body body);
/* What it says beyond that, times in the rules' zone; nothing of a retraction. A long value is cut.
 */
void event_words_add(struct bc_buf *out, const struct bc_event *event, const bc_rules *rules,
                     const struct names *names);

#endif
