/* tools/json/event_text.h - an event in one line, for people. */
#ifndef BC_TOOLS_JSON_EVENT_TEXT_H
#define BC_TOOLS_JSON_EVENT_TEXT_H

#include "ledger/record/event.h"
#include "tools/cli/names.h"
#include "tools/cli/times.h"

/* Adds the body and its fields: "stageChanged to=discovery observed", times by the clocks of
 * `times`, and who a field is about as `names` call them. A long value is cut; control characters
 * stay, for the printer to escape. */
void event_text_add(struct bc_buf *out, const struct bc_event *event, const struct times *times,
                    const struct names *names);

#endif
