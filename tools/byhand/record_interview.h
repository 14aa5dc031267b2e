/* tools/byhand/record_interview.h - a new deal by questions: what it is, and what happened, an
 * event after the other.
 *
 * An answer that will not do is said to be wrong, and asked for again; an empty one leaves out what
 * was asked for. Nothing is appended here. */
#ifndef BC_TOOLS_BYHAND_RECORD_INTERVIEW_H
#define BC_TOOLS_BYHAND_RECORD_INTERVIEW_H

#include "tools/byhand/dialogue.h"
#include "tools/byhand/record_sheet.h"

/* Asks for a deal that the desk's ledger does not know, and adds its events to the sheet; `actor`
 * is asked for where it is NULL. BC_DONE: the answers ended before the questions. */
bc_status record_interview(struct record_sheet *sheet, struct dialogue *dialogue,
                           const struct record_desk *desk, const char *actor,
                           struct record_leave leave, struct bc_err *err);

#endif
